"""A sample of the sheets is keyed in a second time, and where the two differ somebody decides."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.paper import PaperSheet, draw_sample, to_check
from surveyapp.model.survey import TOGETHER, Survey
from surveyapp.model.team import Team
from tests.conftest import signed_in
from tests.factories import make_account, make_survey
from tests.keying.piles import EIGHT, begin, eight_questions, end, key_in, page_of, stored
from tests.visitor import Page, Visitor

ALL_FIVE = dict.fromkeys(EIGHT, "5")


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey of eight ratings."""
    return make_survey(session, team, eight_questions(), sharing=TOGETHER)


def keyed(olu: Visitor, survey: Survey, sheets: int) -> Page:
    """Key so many sheets in."""
    page = begin(olu, survey, str(sheets))
    for number in range(sheets):
        page = key_in(olu, page, {**ALL_FIVE, "food": str(1 + number % 5)})
    return page


def checked(olu: Visitor, page: Page, changes: dict[str, str]) -> Page:
    """Key the sheet that the page asks for once more, with what differs from the first time."""
    number = int(page.h1.split("sheet ")[1].split()[0])
    typed = {**ALL_FIVE, "food": str(1 + (number - 1) % 5), **changes}
    return olu.follow(olu.submit(page, {f"q-{name}": mark for name, mark in typed.items()}, "/paper/check"))


def test_a_sample_is_keyed_blind_and_differences_are_decided(olu: Visitor, survey: Survey, session: Session) -> None:
    page = olu.follow(olu.submit(keyed(olu, survey, 20), {}, "/paper/sample"))
    assert "3 are left to check" in page.text
    assert {one.get("value") for one in page.tree.iter("input") if (one.get("name") or "").startswith("q-")} == {""}

    page = checked(olu, page, {"talks": "2", "time": ""})

    assert page.h1.endswith("which is right?")
    assert "4. How was talks? 5 – Very good keyed in first 2 – Bad keyed in now" in page.text
    assert "5. How was time? 5 – Very good keyed in first nothing keyed in now" in page.text
    page = olu.follow(olu.submit(page, {"right-talks": "second", "right-time": "first"}, "/paper/check"))
    page = checked(olu, checked(olu, page, {}), {})
    assert "3 sheets are checked. 2 of 24 answers differed." in page.text
    assert "Check more sheets" in page.text
    end(olu, survey)
    assert [one.answers["talks"] for one in stored(session)].count("2") == 1
    assert [one.answers["time"] for one in stored(session)] == ["5"] * 20


def test_an_answer_that_only_the_second_keying_left_out_can_be_taken_away(
    olu: Visitor, survey: Survey, session: Session
) -> None:
    page = olu.follow(olu.submit(keyed(olu, survey, 1), {}, "/paper/sample"))

    page = checked(olu, page, {"time": ""})
    olu.submit(page, {"right-time": "second"}, "/paper/check")

    end(olu, survey)
    assert "time" not in stored(session)[0].answers


@pytest.fixture
def eddy(app: Flask, session: Session, team: Team) -> Visitor:
    """An editor of Olu's team, signed in."""
    make_account(session, team, "eddy@example.org", "editor")
    return signed_in(app, "eddy@example.org")


def test_a_colleague_checks_and_somebody_of_another_team_does_not(
    olu: Visitor, eddy: Visitor, petra: Visitor, survey: Survey
) -> None:
    keyed(olu, survey, 3)
    page = eddy.get(page_of(survey))
    assert "Olu is keying in: 3 sheets so far" in page.text

    page = eddy.follow(eddy.submit(page, {}, "/paper/sample"))

    assert "a second time" in page.h1
    petra.get(page.response.request.full_path, 404)


def test_a_sample_that_can_not_be_read_is_asked_for_again(olu: Visitor, survey: Survey) -> None:
    page = olu.follow(olu.submit(keyed(olu, survey, 1), {}, "/paper/sample"))

    assert "Question 1: type one of" in olu.submit(page, {"q-welcome": "9"}, "/paper/check", 422).text
    assert "Nothing is keyed in" in olu.submit(page, {}, "/paper/check", 422).text


def test_a_sheet_that_is_put_right_while_two_keyings_differ_is_checked_anew(
    olu: Visitor, survey: Survey, session: Session
) -> None:
    page = olu.follow(olu.submit(keyed(olu, survey, 1), {}, "/paper/sample"))
    checked(olu, page, {"talks": "2"})

    key_in(olu, olu.get(f"{page_of(survey)}?sheet=1"), {"talks": "3"})

    (sheet,) = session.scalars(select(PaperSheet))
    assert (sheet.second, sheet.differed) == (None, None)


def test_a_sample_is_a_tenth_and_three_at_least_and_grows_when_it_is_done() -> None:
    sheets = [PaperSheet(number=number, first={}, is_sample=False) for number in range(1, 51)]

    draw_sample(sheets)
    draw_sample(sheets)

    assert len(to_check(sheets)) == 5
    for sheet in to_check(sheets):
        sheet.differed = 0
    draw_sample(sheets)
    assert sum(sheet.is_sample for sheet in sheets) == 10
