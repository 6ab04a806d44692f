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
_LIKE_A_NUMBER = re.compile(r"(?=.*\d)[\d\s.,:/%$£€()eE+-]+")


def excel_csv(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes."""
    columns = described(taken)
    shown = [(column, _shown(column)) for column in columns]
    headings = [on_one_line(column.heading) or "" for column in columns]
    return chain([BYTE_ORDER_MARK], csv_bytes(headings, (_lines(batch, shown) for batch in taken.batches())))


def _lines(batch: Batch, shown: Sequence[tuple[Described, Callable[[Any], Any]]]) -> Iterable[tuple[object, ...]]:
    return zip(*(map(show, column.cells(batch)) for column, show in shown), strict=True)


def _shown(column: Described) -> Callable[[Any], Any]:
    """How a cell of the column is shown."""
    if column.is_ordered:
        counting = {value.code: int(value.code) for value in column.categories}
        return counting.get
    if column.values:
        labels = CHOSEN if column.item else {value.code: _as_text(on_one_line(value.label)) for value in column.values}
        return lambda code: labels.get(code, code)
    return _as_text if column.type == "string" else _as_it_is


def _as_it_is(cell: Any) -> Any:
    return cell


def _as_text(cell: str | None) -> str | None:
    """Text, which is on one line and guarded already, as a cell that no spreadsheet changes."""
    return f"'{cell}" if cell and _LIKE_A_NUMBER.fullmatch(cell) else cell
