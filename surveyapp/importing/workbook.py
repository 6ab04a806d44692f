"""The sheets of an Excel workbook as rows of text. Nothing in it is ever run or worked out."""

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from surveyapp.importing.archive import parts_of
from surveyapp.importing.imported import MEGABYTE, NotReadError, TooLargeError
from surveyapp.importing.plain import stored_text
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

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row that says something: its number in the sheet, and its text by column header."""

    number: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with a header row: its headers as they were written, and its rows."""

    name: str
    headers: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets that were asked for, by name in small letters; the names of all; whether any has formulas."""

    sheets: Mapping[str, Sheet]
    names: tuple[str, ...]
    has_formulas: bool


def read_workbook(content: bytes, wanted: Mapping[str, str]) -> Workbook:
    """The sheets of `wanted`, which maps each name to the header that marks its header row. Raises NotReadError."""
    has_formulas = parts_of(content).has_formulas
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about looks and extensions that are not read
            return _workbook(content, wanted, has_formulas)
    except NotReadError:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged workbook makes it trip over
        sentence = "The workbook is damaged. Open it in a spreadsheet program, save it again as .xlsx and send that."
        raise NotReadError(sentence) from error


def _workbook(content: bytes, wanted: Mapping[str, str], has_formulas: bool) -> Workbook:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    budget = _Budget()
    sheets: dict[str, Sheet] = {}
    for page in book.worksheets:
        name = page.title.strip().lower()
        if name in wanted and name not in sheets:
            sheets[name] = _sheet(page.title, _rows(page, budget), wanted[name])
    book.close()
    return Workbook(sheets, tuple(page.title for page in book.worksheets), has_formulas)


class _Budget:
    """How much text is still taken: one long text can stand in every cell."""

    def __init__(self) -> None:
        self.left = MOST_TEXT

    def take(self, text: str) -> str:
        self.left -= len(text)
        if len(text) > LONGEST_CELL or self.left < 0:
            raise TooLargeError("The workbook has more words than a survey can hold. Keep only the questions in it.")
        return text


def _rows(page: Any, budget: _Budget) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows that say something, with their numbers."""
    page.reset_dimensions()  # what a sheet says of its own size may be wrong
    found = 0
    farthest = {"max_row": FARTHEST_ROW, "max_col": FARTHEST_COLUMN}
    for number, values in enumerate(page.iter_rows(values_only=True, **farthest), start=1):
        texts = tuple(_text(value, budget) for value in values) if any(value is not None for value in values) else ()
        if any(texts):
            found += 1
            if found > MOST_ROWS:
                raise TooLargeError(f"The sheet {page.title} has more than {MOST_ROWS:,} rows. Take some out.")
            yield number, texts


def _sheet(name: str, rows: Iterator[tuple[int, tuple[str, ...]]], mark: str) -> Sheet:
    listed = list(rows)
    if not listed:
        return Sheet(name)
    heads = [place for place, (_number, texts) in enumerate(listed[:HEADER_WITHIN]) if _is_header(texts, mark)]
    head = heads[0] if heads else 0
    headers = listed[head][1]
    named = tuple(header for header in headers if header)
    _refuse_too_many_columns(name, named)
    below = tuple(Row(number, _cells(headers, texts)) for number, texts in listed[head + 1 :])
    return Sheet(name, tuple(dict.fromkeys(named)), tuple(row for row in below if row.cells))


def _refuse_too_many_columns(name: str, headers: Sequence[str]) -> None:
    """Translations of one column are not columns of their own: fourteen languages in two wordings make 28 of each."""
    meanings = {header.partition("::")[0].strip().lower() for header in headers}
    for count, most in ((len(headers), MOST_NAMED_COLUMNS), (len(meanings), MOST_COLUMNS)):
        if count > most:
            raise TooLargeError(f"The sheet {name} has {count} columns. {most} can be read. Take some out.")


def _is_header(texts: Sequence[str], mark: str) -> bool:
    return mark in {"_".join(text.lower().split()) for text in texts}


def _cells(headers: Sequence[str], texts: Sequence[str]) -> Cells:
    """Texts by header; of two columns with one name the first that says something counts."""
    cells: dict[str, str] = {}
    for header, text in zip(headers, texts, strict=False):
        if header and text:
            cells.setdefault(header, text)
    return cells


def _text(value: object, budget: _Budget) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return stored_text(budget.take(str(value)))
