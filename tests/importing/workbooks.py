"""Workbooks made for a test, and the real ones."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from surveyapp.importing.detect import questionnaire_from_file
from surveyapp.importing.imported import Imported
from surveyapp.model.questionnaire import Question

MATERIAL = Path(__file__).parents[1] / "material"
DEFINITIONS = MATERIAL / "definitions"

Rows = Sequence[Sequence[object]]
SURVEY: Rows = (("type", "name", "label"),)
CHOICES: Rows = (
    ("list_name", "name", "label"),
    ("yes_no", "yes", "Yes"),
    ("yes_no", "no", "No"),
    ("drinks", "tea", "Tea"),
    ("drinks", "coffee", "Coffee"),
)


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """An Excel workbook with these sheets of rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def form(*rows: Sequence[object], head: Sequence[object] = SURVEY[0], choices: Rows = CHOICES, **sheets: Rows) -> bytes:
    """An XLSForm whose sheet `survey` has these rows."""
    return workbook({"survey": [head, *rows], "choices": choices, **sheets})


def definition(name: str) -> bytes:
    """One of the real definitions."""
    return (DEFINITIONS / name).read_bytes()


def read(*rows: tuple[object, ...], head: str = "type name label", **sheets: Rows) -> Imported:
    """A form of these rows, read."""
    return questionnaire_from_file(form(*rows, head=head.split(), **sheets))


def only(*rows: tuple[object, ...], head: str = "type name label", **sheets: Rows) -> Question:
    """The last question of a form of these rows."""
    return read(*rows, head=head, **sheets).questionnaire.questions[-1]


def said(imported: Imported) -> str:
    """All that could not be kept."""
    return "\n".join(imported.left_out)
