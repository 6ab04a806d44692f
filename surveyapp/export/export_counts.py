"""Counting the cells of every column in one pass, in memory that doesn't grow with the responses."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from surveyapp.export.dictionary import ColumnDescription
from surveyapp.export.rows import Batch, Snapshot


@dataclass(slots=True)
class Cells:
    """One column's cells: how many are filled, how many hold each code, and the longest text in bytes of UTF-8."""

    filled: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    longest: int = 0

    def add(self, column: ColumnDescription, cells: Iterable[Any]) -> None:
        """Take in a batch's cells."""
        given = [cell for cell in cells if cell is not None]
        self.filled += len(given)
        if column.values:
            self.codes.update(given)
        elif column.type == "string":
            self.longest = max([self.longest, *(len(text.encode()) for text in given)])


@dataclass(frozen=True, slots=True)
class ExportCounts:
    """All columns' cells, and how many responses they are of."""

    responses: int
    cells: Mapping[str, Cells]

    def answered(self, column: ColumnDescription) -> int:
        """Responses whose cell holds something that counts; of a choice's own column, those who answered."""
        cells = self.cells[column.name]
        if column.item:
            return cells.filled
        return cells.filled - sum(cells.codes[value.code] for value in column.values if not value.counts)

    def missing(self, column: ColumnDescription) -> int:
        """All the other responses."""
        return self.responses - self.answered(column)


class ExportCounter:
    """Counts the columns' cells of the batches that pass by."""

    def __init__(self, columns: Sequence[ColumnDescription]) -> None:
        self._columns = columns
        self._cells = {column.name: Cells() for column in columns}
        self._responses = 0

    def through(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The same batches, each counted before it is handed on."""
        for batch in batches:
            self._responses += len(batch.ids)
            for column in self._columns:
                self._cells[column.name].add(column, column.cells(batch))
            yield batch

    @property
    def counted(self) -> ExportCounts:
        """What was counted so far."""
        return ExportCounts(self._responses, self._cells)


def count(taken: Snapshot, columns: Sequence[ColumnDescription]) -> ExportCounts:
    """Read the snapshot's responses once and count them."""
    counting = ExportCounter(columns)
    deque(counting.through(taken.batches()), maxlen=0)
    return counting.counted
