"""The sheets of an Excel workbook as rows of text. Nothing in it is ever run or worked out."""

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveyapp.importing.archive import archive_parts, transitional
from surveyapp.importing.cells import ERRORS, cell_text, is_band_made_a_day
from surveyapp.importing.imported import MEGABYTE, FileTooLargeError, NotReadError
from surveyapp.lazy import openpyxl

MOST_ROWS = 5_000
MOST_COLUMNS = 80
"""How many columns may mean something of their own: `label::English (en)` and `label::Cymraeg (cy)` count as one."""
MOST_NAMED_COLUMNS = 400
FARTHEST_ROW = 25_000
FARTHEST_COLUMN = 1_000
LONGEST_CELL = 32_767
MOST_TEXT = 5 * MEGABYTE
HEADER_WITHIN = 10
DAMAGED = "The workbook is damaged. Open it in a spreadsheet program, save it again as .xlsx and send that."

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that says something: its number in the sheet, and its text by column header."""

    number: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A sheet with a header row: its headers as they were written, its rows, and the words above the header row."""

    name: str
    headers: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = ()
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets that were asked for, by name in small letters; the names of all; whether any has formulas.

    `unread` are the sheets that were not read; `days` the cells that show a day without its year, which may have been
    `5-10`; `errors` those that show an error.
    """

    sheets: Mapping[str, Worksheet]
    names: tuple[str, ...]
    has_formulas: bool
    unread: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


def read_workbook(content: bytes, wanted: Mapping[str, str]) -> Workbook:
    """The sheets of `wanted`, which maps each name to the header that marks its header row. Raises NotReadError."""
    has_formulas = archive_parts(content).has_formulas
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about looks and extensions that are not read
            return _workbook(content, wanted, has_formulas)
    except NotReadError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged workbook makes it trip over
        raise NotReadError(DAMAGED) from error


def first_rows(content: bytes) -> list[tuple[str, ...]]:
    """The rows of the first sheet that is shown; none where a sheet is named “survey”. Raises NotReadError."""
    archive_parts(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about looks and extensions that are not read
            book = openpyxl.load_workbook(io.BytesIO(transitional(content)), read_only=True, data_only=True)
            is_form = any(page.title.strip().lower() == "survey" for page in book.worksheets)
            page = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
            rows = [] if is_form or page is None else [texts for _number, texts in _rows(page, _Budget())]
            book.close()
    except NotReadError:
        raise
    except Exception as error:  # as below
        raise NotReadError(DAMAGED) from error
    return rows


def _workbook(content: bytes, wanted: Mapping[str, str], has_formulas: bool) -> Workbook:
    book = openpyxl.load_workbook(io.BytesIO(transitional(content)), read_only=True, data_only=True, keep_links=False)
    budget = _Budget()
    sheets: dict[str, Worksheet] = {}
    read: list[str] = []
    for page in sorted(book.worksheets, key=lambda page: page.sheet_state != "visible"):
        name = page.title.strip().lower()
        if name in wanted and name not in sheets:
            sheets[name] = _sheet(page.title, _rows(page, budget), wanted[name])
            read.append(page.title)
    book.close()
    names = tuple(page.title for page in book.worksheets)
    unread = tuple(name for name in names if name not in read)
    return Workbook(sheets, names, has_formulas, unread, tuple(budget.days), tuple(budget.errors))


class _Budget:
    """How much text is still taken: one long text can stand in every cell; and the cells that are told of."""

    def __init__(self) -> None:
        self.left = MOST_TEXT
        self.days: list[str] = []
        self.errors: list[str] = []

    def text(self, cell: Any, page: str) -> str:
        """What a cell shows; nothing for an error."""
        value = cell.value
        if value is None:
            return ""
        if isinstance(value, str):
            self.take(value)
        text = cell_text(value, cell.number_format or "General")
        if text in ERRORS:
            self.errors.append(f"{page} {cell.coordinate} ({text})")
            return ""
        if is_band_made_a_day(value, cell.number_format or ""):
            self.days.append(text)
        return text

    def take(self, text: str) -> str:
        self.left -= len(text)
        if len(text) > LONGEST_CELL or self.left < 0:
            raise FileTooLargeError(
                "The workbook has more words than a survey can hold. Keep only the questions in it."
            )
        return text


def _rows(page: Any, budget: _Budget) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows that say something, with their numbers."""
    page.reset_dimensions()  # what a sheet says of its own size may be wrong
    found = 0
    farthest = {"max_row": FARTHEST_ROW, "max_col": FARTHEST_COLUMN}
    for number, cells in enumerate(page.iter_rows(**farthest), start=1):
        is_any = any(cell.value is not None for cell in cells)
        texts = tuple(budget.text(cell, page.title) for cell in cells) if is_any else ()
        if any(texts):
            found += 1
            if found > MOST_ROWS:
                raise FileTooLargeError(f"The sheet {page.title} has more than {MOST_ROWS:,} rows. Take some out.")
            yield number, texts


def _sheet(name: str, rows: Iterator[tuple[int, tuple[str, ...]]], mark: str) -> Worksheet:
    listed = list(rows)
    if not listed:
        return Worksheet(name)
    heads = [place for place, (_number, texts) in enumerate(listed[:HEADER_WITHIN]) if _is_header(texts, mark)]
    head = heads[0] if heads else 0
    headers = listed[head][1]
    named = tuple(header for header in headers if header)
    _refuse_too_many_columns(name, named)
    below = tuple(SheetRow(number, _cells(headers, texts)) for number, texts in listed[head + 1 :])
    extra = (header for row in below for header in row.cells)
    above = tuple(text for _number, texts in listed[:head] for text in texts if text)
    return Worksheet(name, tuple(dict.fromkeys((*named, *extra))), tuple(row for row in below if row.cells), above)


def _refuse_too_many_columns(name: str, headers: Sequence[str]) -> None:
    """Translations of one column are not columns of their own: fourteen languages in two wordings make 28 of each."""
    meanings = {header.partition("::")[0].strip().lower() for header in headers}
    for count, most in ((len(headers), MOST_NAMED_COLUMNS), (len(meanings), MOST_COLUMNS)):
        if count > most:
            raise FileTooLargeError(f"The sheet {name} has {count} columns. {most} can be read. Take some out.")


def _is_header(texts: Sequence[str], mark: str) -> bool:
    return mark in {"_".join(text.lower().split()) for text in texts}


def _cells(headers: Sequence[str], texts: Sequence[str]) -> Cells:
    """Texts by header; of two columns with one name the first that says something counts, the other has a number.

    A column without a header is called by its letter, so that it can be told of.
    """
    cells: dict[str, str] = {}
    for place, text in enumerate(texts):
        if not text:
            continue
        header = headers[place] if place < len(headers) else ""
        name = header or f"(column {_letters(place)})"
        number = 1
        while cells.get(name, text) != text:
            number += 1
            name = f"{header} ({number})"
        cells[name] = text
    return cells


def _letters(place: int) -> str:
    """A column's letters: A, Z, AA."""
    first, last = divmod(place, 26)
    return (_letters(first - 1) if first else "") + chr(65 + last)
