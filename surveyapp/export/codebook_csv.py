"""`codebook.csv`: what stands in `responses.csv`, a line for each column and one for each of its codes.

A column's line has no value: `n_answered` counts the responses with an answer that counts (of a choice's own column,
those who answered the question), `n_missing` all others, and both together are the lines of the file. A code's line
says how many hold it. A rating's “not sure” has its line though the rating's cell is then empty.
"""

from collections.abc import Iterator, Sequence

from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.dictionary import ColumnDescription, described
from surveyapp.export.export_counts import ExportCounts, count
from surveyapp.export.guard import guarded_line
from surveyapp.export.rows import Snapshot

HEADER = (
    "position", "column", "question_key", "item", "kind", "value", "value_label", "value_label_easy", "value_order",
    "counts_in_results", "question", "question_easy", "n_answered", "n_missing",
)  # fmt: skip


def codebook_csv(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes; the counting starts once the header is gone."""
    columns = described(taken)
    return csv_bytes(HEADER, (codebook_rows(columns, counted) for counted in _later(taken, columns)))


def codebook_of(columns: Sequence[ColumnDescription], counted: ExportCounts) -> Iterator[bytes]:
    """The file of what is counted already."""
    return csv_bytes(HEADER, [codebook_rows(columns, counted)])


def codebook_rows(
    columns: Sequence[ColumnDescription], counted: ExportCounts
) -> Iterator[tuple[str | int | None, ...]]:
    """The lines under the header."""
    for position, column in enumerate(columns, start=1):
        named = (position, column.name, column.question_key, column.item, column.kind)
        asked = (guarded_line(column.words), guarded_line(column.easy))
        yield *named, None, None, None, None, None, *asked, counted.answered(column), counted.missing(column)
        for order, value in enumerate(column.values, start=1):
            labels = (guarded_line(value.label), guarded_line(value.easy))
            chosen = counted.cells[column.name].codes[value.code]
            yield *named, value.code, *labels, order, int(value.counts), *asked, chosen, None


def _later(taken: Snapshot, columns: Sequence[ColumnDescription]) -> Iterator[ExportCounts]:
    yield count(taken, columns)
