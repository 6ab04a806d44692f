"""Words of an XLSForm's row, in all its languages and wordings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from surveyapp.importing.languages import Languages
from surveyapp.importing.plain import without_markup
from surveyapp.importing.workbook import SheetRow
from surveyapp.importing.xlsform.columns import FormTable
from surveyapp.model.questionnaire import Wording, Words

TOLD = ("label", "hint", "constraint_message", "required_message")
PIPED = re.compile(r"\$\{[^{}]{1,200}\}")


@dataclass(frozen=True, slots=True)
class WordsReader:
    """How a form's words are read: which languages it has, and whether it is our own form, kept as it is written."""

    languages: Languages
    own: bool = False

    def read(self, table: FormTable, row: SheetRow, base: str) -> Words:
        """A row's words of one meaning, such as its label."""
        found: dict[str, dict[str, str]] = {}
        for language, text in table.texts(row, base):
            said = self.languages.said(language)
            if said and (words := self._kept(text)):
                found.setdefault(said.tag, {}).setdefault(said.part, words)
        return {tag: self._wording(tag, found[tag]) for tag in self.languages.tags if tag in found}

    def texts(self, table: FormTable, row: SheetRow) -> list[str]:
        """All words of a row for people to read, as they are kept, in the languages that somebody knows here."""
        told = (pair for base in TOLD for pair in table.texts(row, base))
        return [words for language, text in told if self.languages.said(language) and (words := self._kept(text))]

    def _wording(self, tag: str, parts: Mapping[str, str]) -> Wording:
        """A wording; easy words alone are the words of a language that has no others."""
        standard = parts.get("standard", "")
        if not standard and not self.own and tag not in self.languages.in_full:
            standard = parts.get("easy", "") or parts.get("short", "")
        return Wording(standard, parts.get("easy", ""), parts.get("short", ""))

    def _kept(self, text: str) -> str:
        return text if self.own else without_markup(PIPED.sub("…", text))
