"""LibreOffice opens `excel.csv` and `excel.xlsx`: every cell as it was typed, no formula, no link, nothing changed."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlalchemy.orm import Session

from surveyapp.export.guard import unguarded
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.analysts.programs import soffice
from tests.export.naughty import cells_of, filled_with_naughty_strings
from tests.export.samples import asked_everything, file_of, put
from tests.factories import make_survey
from tests.visitor import Visitor

pytestmark = [
    pytest.mark.analysts,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
AS_COMMA_AND_UTF8 = "--infilter=CSV:44,34,76,1"
AS_CSV_AND_UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
TYPED = ("=1+1", "+1", "-2", "@SUM(1)", "'quoted", "007", "1e10", "12345678901234567890", "1/2", "10:30", "50%",
         "اردو میں", "😀🏳️‍🌈", "http://example.org", "TRUE", "  spaces  ", "a\tb", "<r><t>x</t></r>", "#N/A",
         '=HYPERLINK("http://example.org","x")', "ￜ", "＝1+1", "O’Neil, \"x\"",
         "SEPT2", "MARCH1", "5 May", "1-2", "12-Dec", "3 pm", "Sat 3 Oct 2026", "10:30 am",
         "2026-10-07T10:00", "#REF!", "#1", "false", "4E5", "1 1/2", "May 5, 26", "Dec-99", "0x1F",
         "12345678901234567890123", "€5", "5th May")  # fmt: skip
TABLE, OFFICE, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "office", "text"))


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with a typed text in each response, and one response with everything."""
    made = make_survey(session, team, asked_everything())
    for start, text in enumerate(TYPED):
        put(session, made, start, {"best": text})
    put(session, made, 99, {"overall": "4", "role": ["carer"], "visits": 3, "recommend": 10}, group="1-2")
    return made


@pytest.mark.parametrize("name", ["excel.csv", "excel.xlsx"])
def test_every_text_is_as_typed_and_nothing_runs(olu: Visitor, survey: Survey, tmp_path: Path, name: str) -> None:
    header, *lines = opened(olu, survey, tmp_path, name)
    best = header.index("What was good?")

    assert [unguarded(line[best]) for line in lines[:-1]] == list(TYPED)
    last = dict(zip(header, lines[-1], strict=True))
    assert (last["How was overall?"], last["How many times did you come?"]) == ("4", "3")
    assert (last["Who are you? [Carer]"], unguarded(last["The group that the card carried"])) == ("Yes", "1-2")
    assert last["The day, by the event's own clock"] == "2026-10-07"


def test_workbook_of_nasty_strings_holds_them_all(olu: Visitor, session: Session, team: Team, tmp_path: Path) -> None:
    survey = filled_with_naughty_strings(session, team)
    (tmp_path / "excel.xlsx").write_bytes(file_of(olu, survey, "excel.xlsx"))
    soffice(tmp_path, "--headless", "--convert-to", AS_CSV_AND_UTF8, "excel.xlsx")

    shown, meant = cells_of((tmp_path / "excel.csv").read_bytes()), cells_of(file_of(olu, survey, "excel.csv"))

    assert [list(map(unguarded, line)) for line in shown] == [list(map(unguarded, line)) for line in meant]


def opened(visitor: Visitor, survey: Survey, folder: Path, name: str) -> list[list[str]]:
    """The first sheet's cells as LibreOffice shows them; none is a formula or a link."""
    (folder / name).write_bytes(file_of(visitor, survey, name))
    how = [AS_COMMA_AND_UTF8] if name.endswith(".csv") else []
    soffice(folder, "--headless", *how, "--convert-to", "fods", "--outdir", "shown", name)
    sheet = ElementTree.parse(folder / "shown" / "excel.fods").getroot().find(f".//{TABLE}table")  # noqa: S314 -- our own file
    assert sheet is not None
    lines = [_line(row) for row in sheet.iter(f"{TABLE}table-row")]
    width = len([cell for cell in lines[0] if cell])
    return [[*line, *[""] * width][:width] for line in lines if any(line)]


def _line(row: ElementTree.Element) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{TABLE}table-cell"):
        assert f"{TABLE}formula" not in cell.attrib
        assert cell.find(f".//{TEXT}a") is None
        times = min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), 100)
        cells += [cell.get(f"{OFFICE}date-value") or "\n".join(map(_words, cell.iter(f"{TEXT}p")))] * times
    return cells


def _words(paragraph: ElementTree.Element) -> str:
    """A paragraph's text, with the spaces and tabs that stand there as elements."""
    said = paragraph.text or ""
    for part in paragraph:
        if part.tag == f"{TEXT}s":
            said += " " * int(part.get(f"{TEXT}c", "1"))
        elif part.tag == f"{TEXT}tab":
            said += "\t"
        else:
            said += _words(part)
        said += part.tail or ""
    return said
