"""`responses.parquet`: the wide table with types, for a million rows and more. Needs the extra package pyarrow.

The columns and values are those of `responses.csv`, but every text stands as it was typed, with its line breaks and
without a guard, since no spreadsheet opens this. Codes, groups and languages are dictionaries, days are dates; what
is 1 or 0 there is 1 or 0 here. Rows go out in groups; a transfer that breaks off lacks the footer and can't be read.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from surveyapp.export.dictionary import ColumnDescription, described
from surveyapp.export.rows import Batch, Snapshot

ROWS = 5_000  # of a group: memory for that many, and not for all
REPEATED = frozenset({"event_key", "group", "language"})  # texts that few values fill


class _ParquetBuffer:
    """What Parquet is written into: it is only ever appended to."""

    closed = False

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes) -> int:
        self._written += memoryview(data)
        return len(data)

    def flush(self) -> None:
        """Nothing to do: what is written is taken by `taken`."""

    def close(self) -> None:
        """Nothing to close."""

    def taken(self) -> Iterator[bytes]:
        if self._written:
            yield bytes(self._written)
            self._written.clear()


def responses_parquet(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes, one for each group of rows."""
    columns = described(taken)
    fields = [_field(column) for column in columns]
    schema = pa.schema(fields, metadata={"title": taken.title, "event_key": taken.key})
    outlet = _ParquetBuffer()
    with parquet.ParquetWriter(pa.PythonFile(outlet, mode="w"), schema) as writer:
        yield from outlet.taken()
        for group in _groups(columns, taken.batches()):
            arrays = [_array(column, field, cells) for column, field, cells in zip(columns, fields, group, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            yield from outlet.taken()
    yield from outlet.taken()


def _groups(columns: Sequence[ColumnDescription], batches: Iterable[Batch]) -> Iterator[list[list[Any]]]:
    """The columns' cells, some thousands of responses at a time."""
    reads = [_read(column) for column in columns]
    group: list[list[Any]] = [[] for _ in columns]
    for batch in batches:
        for cells, read in zip(group, reads, strict=True):
            cells.extend(read(batch))
        if len(group[0]) >= ROWS:
            yield group
            group = [[] for _ in columns]
    if group[0]:
        yield group


def _read(column: ColumnDescription) -> Callable[[Batch], Iterable[Any]]:
    """What gives a batch's cells: numbers as numbers, texts as typed."""
    if column.name == "group":
        return lambda batch: batch.groups
    if column.question_key and column.type == "string" and not column.values:
        return replace(column, read=lambda batch: [answers.get(column.name) for answers in batch.answers]).cells
    if column.type == "integer" and column.values:
        numbers = {value.code: int(value.code) for value in column.categories}
        return lambda batch: map(numbers.get, column.cells(batch))
    return column.cells


def _field(column: ColumnDescription) -> Any:
    return pa.field(column.name, _type(column), metadata={"label": column.heading})


def _type(column: ColumnDescription) -> Any:
    if column.type == "date":
        return pa.date32()
    if column.type == "integer":
        return pa.int8() if column.values or column.holds == "point" else pa.int32()
    is_repeated = column.values or column.name in REPEATED
    return pa.dictionary(pa.int32(), pa.string()) if is_repeated else pa.string()


def _array(column: ColumnDescription, field: Any, cells: list[Any]) -> Any:
    """A group's column; codes by their place among all codes, so that every group has the same dictionary."""
    if column.type == "string" and column.values:
        codes = [value.code for value in column.values]
        places = {code: place for place, code in enumerate(codes)}
        indices = [None if code is None else places[code] for code in cells]
        return pa.DictionaryArray.from_arrays(pa.array(indices, pa.int32()), pa.array(codes, pa.string()))
    return pa.array(cells, field.type)
