"""`excel.xlsx`: the table in words as a workbook; every text is a text, no line too many, and nothing left behind."""

import tempfile
from collections.abc import Generator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.export import sheets
from surveyapp.export.excel_xlsx import excel_xlsx
from surveyapp.export.rows import snapshot
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.model.validation import FIXED_NAMES
from tests.export.samples import asked_everything, connections_in_use, engine_of, file_of, put, put_many, records_of
from tests.factories import make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

Table = list[tuple[Any, ...]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


def sheets_of(file: bytes) -> dict[str, Table]:
    """A workbook's sheets by name, each a list of lines; no cell is anything but what it is."""
    book = openpyxl.load_workbook(BytesIO(file))
    assert {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_workbook_holds_the_table_in_words_the_codebook_and_a_page_about_it(
    olu: Visitor, session: Session, team: Team
) -> None:
    survey = make_survey(session, team, asked_everything())
    put(session, survey, 1, {"overall": "not_applicable"}, group="1-2")
    full = {"overall": "4", "listened": "no", "role": ["carer", "other"], "role__other_text": "=Nurse", "visits": 0}
    put(session, survey, 2, full | {"best": 'The "tea",\r\nكل'})

    found = sheets_of(file_of(olu, survey, "excel.xlsx"))
    words = records_of(file_of(olu, survey, "excel.csv").removeprefix(b"\xef\xbb\xbf"))
    heading, first, second = found["Answers"]
    line = dict(zip(heading, second, strict=True))

    assert list(found) == ["Answers", "Codebook", "About"]
    assert list(heading) == list(words[0])
    assert first[4] == "1-2"  # text stays text: no guard against what looks like a day
    assert line["The day, by the event's own clock"] == datetime(2026, 10, 7)  # noqa: DTZ001 -- a day, as openpyxl reads it
    assert (line["How was overall?"], line["How many times did you come?"], line["Did people listen?"]) == (4, 0, "No")
    assert (line["Who are you? [Carer]"], line["Who are you? [other]"]) == ("Yes", "'=Nurse")
    assert line["What was good?"] == 'The "tea", / كل'
    assert len(found["Codebook"]) == 1 + len(records_of(file_of(olu, survey, "codebook.csv")))
    assert ("2 responses. Only finished responses are in it.",) in found["About"]


HARD = (
    "=1+1", "007", "12345678901234567890", "1/2", "اردو 😀", "http://example.org", "mailto:a@example.org", "<r>",
    "<r><t>x</t></r>", "_x0041_", "\x08\x0b\x1f", "\ufffe\uffff", " spaces ", "TRUE", "#N/A", "a\tb",
)  # fmt: skip


def test_every_text_is_a_text_and_runs_nothing(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    for start, text in enumerate(HARD):
        put(session, survey, start, {"best": text})

    file = file_of(olu, survey, "excel.xlsx")
    texts = [line[-1] for line in sheets_of(file)["Answers"][1:]]

    escaped = {"\x08\x0b\x1f": "_x0008_ / _x001F_", "\ufffe\uffff": "_xFFFE__xFFFF_", "_x0041_": "_x005F_x0041_"}
    assert texts == [("'" if text[0] == "=" else "") + escaped.get(text, text) for text in HARD]
    with ZipFile(BytesIO(file)) as parts:
        assert not [name for name in parts.namelist() if "rels" in name and b"hyperlink" in parts.read(name)]
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert b"T00:00:00Z" in parts.read("docProps/core.xml")  # a day, and no finer time


def test_more_lines_than_a_sheet_holds_go_on_in_the_next(
    olu: Visitor, session: Session, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = make_survey(session, team)
    for start in range(5):
        put(session, survey, start, {"overall": "5"})
    monkeypatch.setattr(sheets, "LINES", 3)

    found = sheets_of(file_of(olu, survey, "excel.xlsx"))

    assert [len(found[name]) for name in ("Answers", "Answers 2", "Answers 3")] == [3, 3, 2]
    assert found["Answers 3"][0] == found["Answers"][0]


def test_text_too_long_for_a_cell_stands_whole_on_a_sheet_of_its_own(
    olu: Visitor, session: Session, team: Team
) -> None:
    survey = make_survey(session, team)
    long = "😀" * 16_384 + "the end"
    put(session, survey, 1, {"best": long})
    put(session, survey, 2, {"best": "x" * 32_767})

    found = sheets_of(file_of(olu, survey, "excel.xlsx"))

    named, whole = (line[-1] for line in found["Answers"][1:])
    assert named == "See text 1 on the sheet “Long texts”: it is too long for a cell."
    assert "".join(words for _text, _piece, words in found["Long texts"][1:]) == long
    assert whole == "x" * 32_767


def test_more_columns_than_a_sheet_holds_are_refused_in_a_sentence(
    app: Flask, olu: Visitor, session: Session, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    choices = tuple(make_choice(f"c{number}") for number in range(60))
    survey = make_survey(session, team, make_questionnaire(make_question("pick", "multiple", choices=choices)))
    monkeypatch.setattr(sheets, "COLUMNS", 70)
    before = connections_in_use(app)

    page = olu.get(f"/surveys/{survey.id}/export/excel.xlsx", 409)

    told = f"These answers have {len(FIXED_NAMES) + 60} columns, and a sheet holds 70. Take excel.csv or responses.csv."
    assert told in page.text
    assert connections_in_use(app) == before


@pytest.fixture
def many(session: Session, team: Team) -> Survey:
    """A survey with many responses."""
    made = make_survey(session, team)
    put_many(session, made)
    return made


def test_nothing_is_left_behind_whether_it_is_sent_or_not(
    app: Flask, many: Survey, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begun() -> Generator[bytes]:
        with snapshot(engine_of(app), many.id) as taken:
            yield from excel_xlsx(taken)

    chunks = begun()
    first = next(chunks)
    assert first.startswith(b"PK")
    assert [path.name for made in folder.iterdir() for path in made.iterdir()] == ["excel.xlsx"]
    chunks.close()
    assert list(folder.iterdir()) == []

    def disk_is_full(*_cells: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sheets.Book, "write", disk_is_full)
    with pytest.raises(OSError, match="No space left"):
        next(begun())
    assert list(folder.iterdir()) == []
