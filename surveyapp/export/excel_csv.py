"""`excel.csv`: the wide table for reading in a spreadsheet, with questions as headings and words in place of codes.

It alone begins with a byte order mark, by which Excel knows UTF-8. Ratings stay numbers. Text that a spreadsheet would
take for a number or a day, and so change, is guarded like a formula: a response's id may look like 1e10.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.dictionary import Described, described
from surveyapp.export.guard import on_one_line
from surveyapp.export.rows import Batch, Snapshot

BYTE_ORDER_MARK = "\ufeff".encode()
CHOSEN = {"1": "Yes", "0": "No"}
_LIKE_A_NUMBER = re.compile(r"\A(?=.*\d)[\d\s.,:/%$£€()eE+-]+")

Show = Callable[[Any], Any]


def excel_csv(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes."""
    columns = described(taken)
    lines = lines_of(columns, _as_text)
    return chain([BYTE_ORDER_MARK], csv_bytes(headings_of(columns), map(lines, taken.batches())))


def headings_of(columns: Sequence[Described]) -> list[str]:
    """The questions, on one line and guarded."""
    return [on_one_line(column.heading) or "" for column in columns]


def lines_of(columns: Sequence[Described], as_text: Show) -> Callable[[Batch], Iterable[tuple[Any, ...]]]:
    """What makes a batch's lines in words; `as_text` has the last word on every text, which is guarded already."""
    shown = [(column, _shown(column, as_text)) for column in columns]
    return lambda batch: zip(*(map(show, column.cells(batch)) for column, show in shown), strict=True)


def as_it_is(cell: Any) -> Any:
    """The cell."""
    return cell


def _shown(column: Described, as_text: Show) -> Show:
    """How a cell of the column is shown."""
    if column.is_ordered:
        counting = {value.code: int(value.code) for value in column.categories}
        return counting.get
    if column.values:
        labels = CHOSEN if column.item else {value.code: as_text(on_one_line(value.label)) for value in column.values}
        return lambda code: labels.get(code, code)
    return as_text if column.type == "string" else as_it_is


def _as_text(cell: str | None) -> str | None:
    """Text, which is on one line and guarded already, as a cell that no spreadsheet changes."""
    return f"'{cell}" if cell and _LIKE_A_NUMBER.fullmatch(cell) else cell
