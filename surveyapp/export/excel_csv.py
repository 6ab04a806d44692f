"""`excel.csv`: the wide table for reading in a spreadsheet, with questions as headings and words in place of codes.

It alone begins with a byte order mark, by which Excel knows UTF-8. Ratings stay numbers. Text that a spreadsheet would
take for a number, a day, an hour, a truth or an error, and so change, is guarded like a formula: a response's id may
look like 1e10, and SEPT2 becomes the second of September.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.dictionary import ColumnDescription, described
from surveyapp.export.guard import guarded_line
from surveyapp.export.rows import Batch, Snapshot

BYTE_ORDER_MARK = "\ufeff".encode()
CHOSEN = {"1": "Yes", "0": "No"}
_LIKE_A_NUMBER = re.compile(r"\A(?=.*\d)[\d\s.,:/%$£€()eE+-]+")
_TRUTHS = frozenset({
    "true", "false", "wahr", "falsch", "vrai", "faux", "verdadero", "falso", "vero", "prawda", "fałsz", "verdadeiro",
    "waar", "onwaar", "adevărat", "fals", "gwir", "anwir", "istina", "ложь", "истина", "правда", "неправда",
})  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OF_A_TIME = frozenset({"am", "pm", "a", "p", "st", "nd", "rd", "th", "t", "z", "e"}) | {
    name[:length] for name in (*_MONTHS, *_WEEKDAYS) for length in range(3, len(name) + 1)
}
_SHORT = 40  # no longer text is taken for a day
_LETTERS = re.compile(r"[^\W\d_]+")

Show = Callable[[Any], Any]


def excel_csv(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes."""
    columns = described(taken)
    lines = labelled_rows(columns, _as_text)
    return chain([BYTE_ORDER_MARK], csv_bytes(headings_of(columns), map(lines, taken.batches())))


def headings_of(columns: Sequence[ColumnDescription]) -> list[str]:
    """The questions, on one line and guarded."""
    return [guarded_line(column.heading) or "" for column in columns]


def labelled_rows(columns: Sequence[ColumnDescription], as_text: Show) -> Callable[[Batch], Iterable[tuple[Any, ...]]]:
    """What makes a batch's lines in words; `as_text` has the last word on every text, which is guarded already."""
    shown = [(column, _shown(column, as_text)) for column in columns]
    return lambda batch: zip(*(map(show, column.cells(batch)) for column, show in shown), strict=True)


def as_it_is(cell: Any) -> Any:
    """The cell."""
    return cell


def _shown(column: ColumnDescription, as_text: Show) -> Show:
    """How a cell of the column is shown."""
    if column.is_ordered:
        counting = {value.code: int(value.code) for value in column.categories}
        return counting.get
    if column.values:
        labels = CHOSEN if column.item else {value.code: as_text(guarded_line(value.label)) for value in column.values}
        return lambda code: labels.get(code, code)
    return as_text if column.type == "string" else as_it_is


def _as_text(cell: str | None) -> str | None:
    """Text, which is on one line and guarded already, as a cell that no spreadsheet changes."""
    return f"'{cell}" if cell and _is_changed(cell) else cell


def _is_changed(cell: str) -> bool:
    """Whether a spreadsheet might take the text for anything but text; rather once too often."""
    if cell.startswith("'"):
        return False
    return cell.startswith("#") or bool(_LIKE_A_NUMBER.fullmatch(cell)) or (len(cell) <= _SHORT and _is_short(cell))


def _is_short(cell: str) -> bool:
    """Whether a short text is a truth, or has digits and no other words than those of days and hours."""
    words = {word.casefold() for word in _LETTERS.findall(cell)}
    return cell.strip().casefold() in _TRUTHS or (any(map(str.isdigit, cell)) and words <= _OF_A_TIME)
