"""`excel.csv`: the wide table in words, which a spreadsheet opens without changing or running anything."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from surveyapp.export.excel_csv import BYTE_ORDER_MARK
from surveyapp.model.response import Response
from surveyapp.model.team import Team
from tests.export.samples import asked_everything, file_of, put, records_of
from tests.factories import make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor


def test_table_is_as_the_layout_says_to_the_byte(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked_everything())
    full = {"overall": "4", "listened": "no", "drink": "tea", "role": ["carer", "other"], "role__other_text": "=Nurse"}
    put(session, survey, 2, full | {"visits": 0, "recommend": 10, "best": 'The "tea",\r\nكل', "heard": "poster"})
    put(session, survey, 1, {"overall": "not_applicable"}, group="1-2", late=True)

    file = file_of(olu, survey, "excel.csv")

    fixed = "carers-day-2026-10-07,1,2026-10-07"
    assert file.startswith(b"\xef\xbb\xbf")
    headings, *lines = file.decode("utf-8-sig").split("\r\n")
    assert headings.partition("same page,")[2] == (
        "How was overall?,Did people listen?,What did you drink?,Who are you? [Patient],Who are you? [Carer],"
        "Who are you? [Someone else],Who are you? [I do not want to say],Who are you? [other],"
        "How many times did you come?,Would you tell a friend?,What was good?,What went wrong?,"
        "How did you hear of us?,How did you hear of us? [elsewhere]"
    )
    assert lines == [
        f"01ababababababab,{fixed},'1-2,standard,en,qr,Yes,Yes,,,,,,,,,,,,,,,",
        f"02ababababababab,{fixed},,standard,en,qr,Yes,No,,4,No,Tea,No,Yes,Yes,No,'=Nurse,0,10,"
        '"The ""tea"", / كل",,Poster,',
        "",
    ]


CHANGED = (
    "SEPT2", "MARCH1", "5 May", "TRUE", "#N/A",
    "1-2", "12-Dec", "3 pm", "Sat 3 Oct 2026", "2026-10-07T10:00", "#REF!", "false", "5th May",
    "12345678901234567890123", "VRAI", "May 5, 26",
)  # fmt: skip


@pytest.mark.parametrize("typed", CHANGED)
def test_what_a_spreadsheet_would_change_is_left_as_typed(
    olu: Visitor, session: Session, team: Team, typed: str
) -> None:
    survey = make_survey(session, team)
    put(session, survey, 1, {"best": typed})

    (row,) = records_of(file_of(olu, survey, "excel.csv").removeprefix(BYTE_ORDER_MARK))
    assert row["What was good?"] == f"'{typed}"


@pytest.mark.parametrize("typed", ["Table 7", "Room 12b", "May I say", "It was true", "Not #1", "3 cups of tea"])
def test_words_that_no_spreadsheet_changes_have_no_sign(olu: Visitor, session: Session, team: Team, typed: str) -> None:
    survey = make_survey(session, team)
    put(session, survey, 1, {"best": typed})

    (row,) = records_of(file_of(olu, survey, "excel.csv").removeprefix(BYTE_ORDER_MARK))
    assert row["What was good?"] == typed


@pytest.mark.parametrize("typed", ["007", "1e10", "12345678901234567890", "1/2", "3.10", "10:30", "50%", "£5", "(3)"])
def test_what_looks_like_a_number_is_left_as_typed(olu: Visitor, session: Session, team: Team, typed: str) -> None:
    survey = make_survey(session, team)
    put(session, survey, 1, {"best": typed})

    (record,) = records_of(file_of(olu, survey, "excel.csv").removeprefix(b"\xef\xbb\xbf"))

    assert record["What was good?"] == f"'{typed}"


def test_id_that_looks_like_a_number_is_guarded_and_no_sign_twice(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    put(session, survey, 1, {"best": "-5"})
    put(session, survey, 0x1E, {"best": "Tea 5"})
    session.execute(update(Response).where(Response.key > b"\x02").values(key=bytes.fromhex("1e10000000000000") * 4))
    session.commit()

    records = records_of(file_of(olu, survey, "excel.csv").removeprefix(b"\xef\xbb\xbf"))

    assert [next(iter(record.values())) for record in records] == ["01ababababababab", "'1e10000000000000"]
    assert [record["What was good?"] for record in records] == ["'-5", "Tea 5"]


def test_headings_and_labels_are_guarded(olu: Visitor, session: Session, team: Team) -> None:
    choices = (make_choice("a", "=A1"), make_choice("b", "2"))
    survey = make_survey(session, team, make_questionnaire(make_question("pick", "single", "+Pick", choices=choices)))
    put(session, survey, 1, {"pick": "a"})
    put(session, survey, 2, {"pick": "b"})

    lines = file_of(olu, survey, "excel.csv").decode().split("\r\n")

    assert [line.rpartition(",")[2] for line in lines[:-1]] == ["'+Pick", "'=A1", "'2"]
