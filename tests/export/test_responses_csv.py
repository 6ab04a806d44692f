"""The wide table, to the byte."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.model.validation import FIXED_NAMES
from tests.export.samples import asked_everything, file_of, put, records_of
from tests.factories import make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

FULL: dict[str, Any] = {
    "overall": "5",
    "listened": "no",
    "drink": "tea",
    "role": ["carer", "other"],
    "role__other_text": "=Volunteer",
    "visits": 0,
    "recommend": 10,
    "best": 'The "tea",\r\nand the company ❤️',
    "why_not": "-1",
    "heard": "elsewhere",
    "heard__other_text": "A poster\nat work",
}
HEADER = (
    "response_id,event_key,edition,finished_on,group,view,language,source,finished,late,follows,"
    "overall,listened,drink,role__patient,role__carer,role__other,role__prefer_not_to_say,role__other_text,"
    "visits,recommend,best,why_not,heard,heard__other_text"
)


def _publish(session: Session, survey: Survey, questionnaire: Questionnaire) -> None:
    survey.draft = questionnaire.to_json()
    survey.publish()
    session.commit()


def test_wide_table_is_as_the_layout_says_to_the_byte(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked_everything())
    put(session, survey, 0x02, FULL, group="-Room 1", view="easy", language="bn", source="link", late=True)
    put(session, survey, 0x01, {"overall": "not_applicable", "listened": "not_sure", "role": ["prefer_not_to_say"]})
    put(session, survey, 0x03, {"visits": 52}, follows=b"\x02" + b"\xab" * 31)

    assert file_of(olu, survey, "responses.csv").decode().split("\r\n") == [
        HEADER,
        "01ababababababab,carers-day-2026-10-07,1,2026-10-07,,standard,en,qr,1,0,,,not_sure,,0,0,0,1,,,,,,,",
        "02ababababababab,carers-day-2026-10-07,1,2026-10-07,'-Room 1,easy,bn,link,1,1,,"
        '5,no,tea,0,1,1,0,\'=Volunteer,0,10,"The ""tea"", / and the company ❤️",\'-1,elsewhere,A poster / at work',
        "03ababababababab,carers-day-2026-10-07,1,2026-10-07,,standard,en,qr,1,0,02ababababababab,,,,,,,,,52,,,,,",
        "",
    ]


def test_survey_without_answers_gives_the_header_alone(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked_everything())

    assert file_of(olu, survey, "responses.csv") == f"{HEADER}\r\n".encode()


def test_negative_number_stays_a_number(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, make_questionnaire(make_question("degrees", "number")))
    put(session, survey, 1, {"degrees": -4})

    assert records_of(file_of(olu, survey, "responses.csv"))[0]["degrees"] == "-4"


def test_withdrawn_and_rehearsed_responses_are_never_there(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    put(session, survey, 1, {}, withdrawn=True)
    put(session, survey, 2, {"overall": "1"}, source="rehearsal")
    kept = put(session, survey, 3, {"overall": "4"})

    for name in ("responses.csv", "answers.csv"):
        file = file_of(olu, survey, name)
        assert {record["response_id"] for record in records_of(file)} == {kept}


def test_unfinished_responses_come_only_when_asked_for(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="closed", is_released=True)
    for start in range(1, 6):
        put(session, survey, start, {"overall": "2"}, finished=False, day=None)
    ended = put(session, survey, 7, {"overall": "4"})

    usual = records_of(file_of(olu, survey, "responses.csv"))
    every = records_of(file_of(olu, survey, "responses.csv", "?unfinished=1"))

    assert [record["response_id"] for record in usual] == [ended]
    assert sorted((record["finished"], record["finished_on"]) for record in every) == [
        *[("0", "")] * 5,
        ("1", "2026-10-07"),
    ]


@pytest.mark.parametrize(("people", "is_released"), [(4, True), (5, False)])
def test_unfinished_responses_wait_for_the_end_and_for_five(
    olu: Visitor, session: Session, team: Team, people: int, is_released: bool
) -> None:
    survey = make_survey(session, team, is_released=is_released)
    for start in range(people):
        put(session, survey, start, {"overall": "2"}, finished=False, day=None)

    refused = olu.get(f"/surveys/{survey.id}/export/responses.csv?unfinished=1", 409)

    assert "once the survey is over" in refused.text


def test_other_surveys_responses_are_not_in_the_file(olu: Visitor, session: Session, team: Team) -> None:
    survey, other = make_survey(session, team), make_survey(session, team)
    put(session, other, 1, {"overall": "5"})

    assert records_of(file_of(olu, survey, "responses.csv")) == []


def test_two_editions_stand_in_one_table(olu: Visitor, session: Session, team: Team) -> None:
    tea, milk, water = make_choice("tea"), make_choice("milk"), make_choice("water")
    drinks = make_question("drinks", "multiple", choices=(tea, milk))
    survey = make_survey(session, team, make_questionnaire(make_question(), make_question("old", "comment"), drinks))
    changed = make_question("drinks", "multiple", choices=(tea, water))
    _publish(session, survey, make_questionnaire(make_question("new", "nps"), changed, make_question()))
    put(session, survey, 1, {"overall": "5", "old": "Kept", "drinks": ["milk"]})
    put(session, survey, 2, {"overall": "4", "new": 9, "drinks": ["tea"]}, edition=2, day=date(2026, 10, 8))
    put(session, survey, 3, {"overall": "3"})

    lines = file_of(olu, survey, "responses.csv").decode().split("\r\n")

    fixed = len(FIXED_NAMES)
    assert [",".join(line.split(",")[fixed:]) for line in lines[:-1]] == [
        "new,drinks__tea,drinks__water,overall,old,drinks__milk",
        ",0,,5,Kept,1",
        "9,1,0,4,,",
        ",,,3,,",
    ]
    assert [line.split(",")[2] for line in lines[1:-1]] == ["1", "2", "1"]
