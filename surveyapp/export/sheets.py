"""Tables in a workbook: as many sheets as the lines need, and no text is cut or taken for anything but text.

A sheet holds 1,048,576 lines and 16,384 columns, a cell 32,767 characters of UTF-16. What is beyond is neither dropped
nor cut: further lines go on in a sheet “Answers 2”, a longer text stands in pieces on a sheet of its own that its cell
names, and more columns are refused.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from surveyapp.export.refusal import CannotExport

LINES = 1_048_576
COLUMNS = 16_384
CELL = 32_767
PIECE = 16_000  # characters, each of one or two of UTF-16
LONG_TEXTS = "Long texts"
MIDNIGHT = time()

Cell = str | int | date | None


class PlainSheet(Worksheet):
    """A sheet whose texts are never read as markup: XlsxWriter takes `<r>…</r>` for formatting of its own."""

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        self._xml_inline_string(string, True, list(attributes))


class Book:
    """A workbook that is written line by line; the texts too long for a cell are kept for its last sheet."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.bold = workbook.add_format({"bold": True})
        self._long: list[str] = []

    def table(self, name: str, headings: Sequence[str], lines: Iterable[Iterable[Cell]]) -> None:
        """Write a table into as many sheets as it needs. Raises CannotExport."""
        if len(headings) > COLUMNS:
            raise CannotExport("too_wide", columns=len(headings), most=COLUMNS)
        sheet, at = self._sheet(name, headings), 1
        count = 1
        for line in lines:
            if at == LINES:
                count += 1
                sheet, at = self._sheet(f"{name} {count}", headings), 1
            self._line(sheet, at, line)
            at += 1

    def write(self) -> None:
        """Write the long texts, if there are any, and the file."""
        if self._long:
            texts = list(self._long)
            self.table(LONG_TEXTS, ("Text", "Piece", "Words"), _pieces(texts))
        self.workbook.close()

    def close(self) -> None:
        """Let go of its temporary files, whether it was written or not."""
        for sheet in self.workbook.worksheets():
            sheet._opt_close()

    def _sheet(self, name: str, headings: Sequence[str]) -> Worksheet:
        sheet = self.workbook.add_worksheet(name, PlainSheet)
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, self._fitting(heading), self.bold)
        return sheet

    def _line(self, sheet: Worksheet, at: int, line: Iterable[Cell]) -> None:
        for place, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(at, place, self._fitting(cell))
            elif isinstance(cell, date):
                sheet.write_datetime(at, place, datetime.combine(cell, MIDNIGHT))
            elif cell is not None:
                sheet.write_number(at, place, cell)

    def _fitting(self, text: str) -> str:
        """The text, or where the whole of it stands."""
        if len(text) <= CELL // 2 or len(text.encode("utf-16-le")) // 2 <= CELL:
            return text
        self._long.append(text)
        return f"See text {len(self._long)} on the sheet “{LONG_TEXTS}”: it is too long for a cell."


def _pieces(texts: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    for number, text in enumerate(texts, start=1):
        for piece, start in enumerate(range(0, len(text), PIECE), start=1):
            yield number, piece, text[start : start + PIECE]
