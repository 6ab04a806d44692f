"""An XLSForm sheet's columns: what each header means, in any of the ways in which people write it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveyapp.importing.workbook import SheetRow, Worksheet

OWN = "ea_"
"""Our own columns begin so: other programs pass over columns that they don't know."""
ALIASES = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "relevance": "relevant",
    "skip_logic": "relevant",
    "calculate": "calculation",
    "readonly": "read_only",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "list": "list_name",
    "listname": "list_name",
    "count": "repeat_count",
    "form_name": "form_title",
    "title": "form_title",
}
SAME = "a column that is there already"
_COLONS = re.compile(r"::?")
_SIGNS = re.compile(r"[\s-]+")
PREFIXES = ("bind", "control", "body", "media")
MEDIA = ("image", "big_image", "audio", "video")
TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message", *MEDIA)


@dataclass(frozen=True, slots=True)
class FormColumn:
    """What a header means, and the language's name that it carries, if any."""

    base: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class FormTable:
    """A sheet whose columns are understood."""

    columns: Mapping[str, FormColumn]
    rows: tuple[SheetRow, ...]

    def has(self, base: str) -> bool:
        """Whether there is such a column."""
        return any(column.base == base for column in self.columns.values())

    def text(self, row: SheetRow, base: str) -> str:
        """A row's text in a column, of whichever language comes first."""
        return next((row.cells[header] for header in self._of(base) if header in row.cells), "")

    def texts(self, row: SheetRow, base: str) -> list[tuple[str, str]]:
        """A row's texts in the columns of one meaning: language's name and text; those that name one come first."""
        found = [(self.columns[header].language, row.cells[header]) for header in self._of(base) if header in row.cells]
        return sorted(found, key=lambda pair: not pair[0])

    def languages(self, *bases: str) -> list[str]:
        """The names of the languages in the headers of some columns, in order."""
        return [column.language for column in self.columns.values() if column.base in bases]

    def unused(self, known: Iterable[str]) -> list[str]:
        """The headers that mean nothing here."""
        meant = set(known)
        return [header for header, column in self.columns.items() if column.base not in meant]

    def _of(self, base: str) -> list[str]:
        return [header for header, column in self.columns.items() if column.base == base]


def form_table(sheet: Worksheet) -> FormTable:
    """Read a sheet's headers."""
    columns = {
        header: FormColumn(SAME) if is_again(header, sheet.headers) else column_of(header) for header in sheet.headers
    }
    return FormTable(columns, sheet.rows)


def is_again(header: str, headers: Iterable[str]) -> bool:
    """Whether a header is that of a second column with the name of another: `label (2)`."""
    return (
        header.endswith(")") and header.rpartition(" (")[2][:-1].isdecimal() and header.rpartition(" (")[0] in headers
    )


def column_of(header: str) -> FormColumn:
    """What `label::English (en)`, `Media::Image`, `bind::relevant` or `List Name` means."""
    parts = [part.strip() for part in _COLONS.split(" ".join(header.split()))]
    names = [_SIGNS.sub("_", part.lower()) for part in parts]
    if len(parts) > 1 and names[0] in PREFIXES:
        parts, names = parts[1:], names[1:]
    if names[0] == "jr" and len(names) > 1:
        parts, names = parts[1:], names[1:]
    base = ALIASES.get(names[0], names[0])
    language = ":".join(parts[1:]) if base in TRANSLATED or base == "form_title" else ""
    return FormColumn(base if language or len(parts) == 1 else "::".join([base, *names[1:]]), language)
