"""The table of a file that another program wrote: its encoding, its separator, its headings, its rows.

Google Forms, Microsoft Forms and LimeSurvey write one line of headings; Qualtrics writes three: short names, questions,
and what its own import reads.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.importing.imported import NotReadError

MOST_BYTES = 100_000_000
LONGEST_CELL = 100_000  # characters
MOST_COLUMNS = 2_000
SEPARATORS = ",;\t"
_IMPORT_ID = '{"ImportId"'


@dataclass(frozen=True, slots=True)
class AnswersTable:
    """A column's headings (short name and words, where it has both), and the rows with the line each begins at."""

    headings: Sequence[tuple[str, ...]]
    rows: Sequence[Sequence[str]]


def read_table(content: bytes) -> AnswersTable:
    """Read a file. Raises NotReadError with a sentence for what is no table of answers."""
    if len(content) > MOST_BYTES:
        raise NotReadError(
            f"The file is larger than {MOST_BYTES // 1_000_000} MB: these can't be one survey's answers."
        )
    text = _decoded(content)
    if not text.strip():
        raise NotReadError("The file is empty.")
    lines = _lines(text)
    headings, rows = _headed(lines)
    for number, row in enumerate(rows, start=2):
        if [cell.strip() for cell in row] == [cell.strip() for cell in lines[0]]:
            raise NotReadError(
                f"Row {number} is the headings again: two files seem to be put together. Take them apart."
            )
    if not rows:
        raise NotReadError("The file has headings and no answers.")
    return AnswersTable(headings, rows)


def _decoded(content: bytes) -> str:
    encodings: tuple[str, ...]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    elif content[:200].count(0) > len(content[:200]) // 4:
        encodings = ("utf-16-le",)
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotReadError("The file is no text: save it as CSV first.")


def _lines(text: str) -> list[list[str]]:
    if text.startswith("PK\x03\x04") or "\0" in text:
        raise NotReadError("The file is a workbook or no text: save it as CSV first.")
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if any(line)]
    except csv.Error as error:
        raise NotReadError(f"The file can't be read as CSV: {error}.") from error
    width = len(lines[0])
    if width > MOST_COLUMNS:
        raise NotReadError(f"The file has {width} columns, and {MOST_COLUMNS} are the most.")
    for number, line in enumerate(lines, start=1):
        if any(len(cell) > LONGEST_CELL for cell in line):  # a limit of `csv` itself belongs to the whole process
            raise NotReadError(f"The file can't be read as CSV: a cell of row {number} has no end.")
        if any(line[width:]):
            raise NotReadError(
                f"Row {number} has {len(line)} cells and the headings are {width}: are they of one survey?"
            )
    return [[*line, *[""] * width][:width] for line in lines]


def _headed(lines: list[list[str]]) -> tuple[list[tuple[str, ...]], list[list[str]]]:
    """The headings, and the rows under them."""
    if len(lines) > 2 and any(cell.startswith(_IMPORT_ID) for cell in lines[2]):
        return [*zip(lines[0], lines[1], strict=True)], lines[3:]
    return [(cell,) for cell in lines[0]], lines[1:]
