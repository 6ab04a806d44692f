"""An XLSForm spreadsheet as a questionnaire, with a list of what it can't hold.

Rules are never worked out: the simplest say when a question is asked or which numbers are taken, the others are named,
and their question is asked of everybody.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from surveyapp.importing.imported import Imported, NotReadError, within_limits
from surveyapp.importing.languages import Languages, languages_of
from surveyapp.importing.plain import quoted
from surveyapp.importing.scales import with_headline
from surveyapp.importing.workbook import SheetRow, Workbook, Worksheet, read_workbook
from surveyapp.importing.xlsform import choices
from surveyapp.importing.xlsform.columns import MEDIA, OWN, SAME, FormColumn, FormTable, form_table
from surveyapp.importing.xlsform.form import Form
from surveyapp.importing.xlsform.left_out import LeftOut
from surveyapp.importing.xlsform.questions import add_question, without_idle_headings
from surveyapp.importing.xlsform.rows import items_of
from surveyapp.importing.xlsform.types import row_type
from surveyapp.importing.xlsform.words import PIPED, WordsReader
from surveyapp.model.names import raw_name
from surveyapp.model.questionnaire import Question, Questionnaire, Wording, Words

SHEETS = {"survey": "type", "choices": "list_name", "settings": "form_title"}
OWN_COLUMNS = tuple(
    f"{OWN}{name}"
    for name in (
        "kind",
        "symbol",
        "report",
        "scoring",
        "linked",
        "describes_people",
        "asks_who",
        "fixed_wording",
        "signed",
    )
)
OWN_SETTINGS = tuple(f"{OWN}{name}" for name in ("key", "purpose", "minutes", "title"))
KNOWN = (
    "type", "name", "label", "hint", "guidance_hint", "relevant", "constraint", "constraint_message", "required",
    "required_message", "default", "calculation", "choice_filter", "parameters", "appearance", "read_only",
    "repeat_count", "disabled", *MEDIA, *OWN_COLUMNS,
)  # fmt: skip
KNOWN_SETTINGS = ("form_title", "form_id", "id_string", "version", "default_language", *OWN_SETTINGS)
AGAIN = "Then send the file again, or copy the questions and paste them."


def read_xlsform(content: bytes) -> Imported:
    """Read a workbook. Raises NotReadError."""
    book = read_workbook(content, SHEETS)
    survey = _survey_table(book)
    listed = form_table(book.sheets.get("choices", Worksheet("choices")))
    _check_choices(book, survey, listed)
    settings = _Settings(form_table(book.sheets.get("settings", Worksheet("settings"))))
    left_out = LeftOut()
    names = [*survey.languages("label", "hint"), *listed.languages("label")]
    languages = languages_of(names, settings.text("default_language"), unnamed="" in survey.languages("label"))
    words = WordsReader(languages, own=survey.has(f"{OWN}kind"))
    form = Form(survey, choices.lists_of(listed, words, left_out), words, left_out)
    for item in items_of(survey, left_out):
        add_question(form, item)
    _say_what_is_not_read(book, (survey, listed), settings, left_out)
    left_out.words("language", *languages.unknown)
    questionnaire = settings.questionnaire(without_idle_headings(form), languages, own=words.own)
    _told(questionnaire, left_out)
    _say_what_words_are_nowhere(form, listed, questionnaire)
    return Imported(within_limits(questionnaire), left_out.sentences())


def _survey_table(book: Workbook) -> FormTable:
    """The sheet of questions, if there is one with types."""
    sheet = book.sheets.get("survey")
    if sheet is None:
        names = ", ".join(quoted(name) for name in book.names[:10]) or "none"
        raise NotReadError(
            f"There is no sheet named “survey”. The sheets are named: {names}. "
            f"Name the sheet with the questions “survey”, and the one with the answers “choices”. {AGAIN}"
        )
    table = form_table(sheet)
    if not table.has("type"):
        raise NotReadError(
            f"The sheet “survey” has no column “type”, which says how a question is answered. Add it. {AGAIN}"
        )
    return table


def _check_choices(book: Workbook, survey: FormTable, listed: FormTable) -> None:
    """Refuse a form whose answers are nowhere to be found."""
    selects = [row for row in survey.rows if row_type(survey.text(row, "type")).what in ("single", "multiple")]
    if selects and "choices" not in book.sheets:
        names = ", ".join(quoted(name) for name in book.names[:10])
        number = len(selects)
        take = "1 question takes its" if number == 1 else f"{number} questions take their"
        raise NotReadError(
            f"There is no sheet named “choices”, from which {take} answers. "
            f"The sheets are named: {names}. Name the one with the answers “choices”. {AGAIN}"
        )
    if selects and not (listed.has("list_name") and listed.has("name")):
        raise NotReadError(f"The sheet “choices” needs the columns “list_name”, “name” and “label”. Add them. {AGAIN}")


def _told(questionnaire: Questionnaire, left_out: LeftOut) -> None:
    if not questionnaire.questions and not left_out.sentences():
        raise NotReadError(f"The sheet “survey” has no questions. Write one a row. {AGAIN}")


def _say_what_words_are_nowhere(form: Form, listed: FormTable, questionnaire: Questionnaire) -> None:
    """Name the words of every cell that no question or answer has, unless its row is named already."""
    said = (wording for words in questionnaire.texts() for wording in words.values())
    kept = {text for wording in said for text in (wording.standard, wording.easy, wording.short)}
    taken = {row_type(form.text(row, "type")).name for row in form.table.rows}
    form.left_out.add("lists", *(name for name in form.lists if name not in taken))
    name = ""
    for table in (form.table, listed):
        for row in table.rows:
            name = " ".join(table.text(row, "list_name").split()) or name
            if table is listed and name not in taken:
                continue
            own = [table.text(row, "label"), raw_name(table.text(row, "name")), table.text(row, "hint")]
            if not any(text and form.left_out.names(PIPED.sub("…", text)) for text in own):
                form.left_out.words("beside", *(words for words in form.words.texts(table, row) if words not in kept))


def _say_what_is_not_read(
    book: Workbook, tables: Iterable[FormTable], settings: "_Settings", left_out: LeftOut
) -> None:
    survey, listed = tables
    if book.has_formulas:
        left_out.add("formulas")
    left_out.add("settings", *settings.unused())
    unused = [*survey.unused(KNOWN), *listed.unused((*choices.KNOWN, *choices.OWN_COLUMNS))]
    same = [header for header in unused if FormColumn(SAME) in (survey.columns.get(header), listed.columns.get(header))]
    left_out.add("same_columns", *same)
    left_out.add("columns", *(header for header in unused if header not in same))
    left_out.add("sheets", *book.unread)
    left_out.words("above", *(text for sheet in book.sheets.values() for text in sheet.above))
    left_out.words("days", *book.days)
    left_out.add("errors", *book.errors)


class _Settings:
    """The sheet `settings`: one row."""

    def __init__(self, table: FormTable) -> None:
        self._table = table
        self._row = table.rows[0] if table.rows else SheetRow(0, {})

    def text(self, base: str) -> str:
        return self._table.text(self._row, base)

    def unused(self) -> list[str]:
        return [header for header in self._table.unused(KNOWN_SETTINGS) if header in self._row.cells]

    def questionnaire(self, questions: list[Question], languages: Languages, *, own: bool) -> Questionnaire:
        """The questions under the form's title; in a form from elsewhere the first rating is the headline."""
        made = Questionnaire(
            title=self._title(languages),
            questions=tuple(questions if own else with_headline(questions)),
            languages=languages.tags,
        )
        if not own:
            return made
        key, purpose = self.text(f"{OWN}key"), self.text(f"{OWN}purpose")
        return replace(made, key=key, purpose=purpose, minutes=_minutes(self.text(f"{OWN}minutes")))

    def _title(self, languages: Languages) -> Words:
        """The title in all its wordings; what somebody wrote over the plain one counts."""
        written = dict(_own_title(self.text(f"{OWN}title")))
        text, first = self.text("form_title"), languages.tags[0]
        if text:
            written[first] = replace(written.get(first, Wording("")), standard=text)
        return written


def _own_title(text: str) -> Words:
    """The title in all its wordings, as our own form keeps it in one cell."""
    try:
        said: Any = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, Mapping) or not all(isinstance(parts, Mapping) for parts in said.values()):
        return {}
    parts = {
        tag: {name: str(wording.get(name, "")) for name in ("standard", "easy", "short")}
        for tag, wording in said.items()
    }
    return {tag: Wording(**wording) for tag, wording in parts.items()}


def _minutes(text: str) -> float | None:
    try:
        minutes = float(text)
    except ValueError:
        return None
    return minutes if 0 <= minutes <= 1_000 else None
