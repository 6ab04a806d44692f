"""Who sends after the answers were shown is told that few do, and chooses what becomes of theirs (rule 5)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.answer.opened_token import make_opened_token
from surveyapp.model.response import InboxResponse, UnlinkedAnswer
from surveyapp.model.survey import OPENLY, TOGETHER, Survey
from surveyapp.model.team import Team
from tests.conftest import SECRET
from tests.factories import card_of, make_question, make_questionnaire, make_survey
from tests.visitor import Page, Visitor

NOW = datetime.now(UTC)
ANSWER = {"overall": "5", "best": "Tea\nand “cake” <b>", "finish": "1"}
FEW = "Few people send their answers so late."
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey that closed five minutes ago and whose answers were shown since."""
    made = make_survey(session, team, closes_at=NOW - timedelta(minutes=5), sharing=TOGETHER)
    made.is_released, made.released_on = True, NOW.date()
    session.commit()
    return made


def send(ana: Visitor, survey: Survey, status: int = 303, headers: Any = None, **more: str) -> Page:
    """A page that was opened in time is sent now."""
    opened = make_opened_token(SECRET.encode(), survey.id, 1, NOW - timedelta(minutes=20))
    path = f"/s/{card_of(survey).code}"
    return ana.post(path, {**ANSWER, "opened": opened, **more}, status, headers=headers or {})


def waits(session: Session) -> list[tuple[Any, ...]]:
    """What is stored: whether it is late, what was chosen, the answers."""
    session.rollback()
    return [(row.late, row.late_choice, row.answers) for row in session.scalars(select(InboxResponse))]


KEPT = {"overall": "5", "best": "Tea\nand “cake” <b>"}


CHOSEN = {
    "count": ({}, "We count you. We do not keep your answers."),
    "show": (KEPT, "The team can read your answers 30 days after the survey closed."),
}


@pytest.mark.parametrize("choice", CHOSEN)
def test_nothing_is_sent_before_somebody_chose(ana: Visitor, session: Session, survey: Survey, choice: str) -> None:
    stored, told = CHOSEN[choice]
    page = send(ana, survey, 200)
    assert FEW in page.text
    assert "X-Saved" not in page.response.headers
    assert waits(session) == []

    thanks = ana.follow(ana.submit(page, {"late_choice": choice}))

    assert waits(session) == [(True, choice, stored)]
    assert told in thanks.text
    session.refresh(survey.cards[1])
    assert sum(card.finished_count for card in survey.cards) == 1


def test_a_phone_that_sends_by_itself_is_taken_and_its_person_chooses_on_the_page_after(
    ana: Visitor, session: Session, survey: Survey
) -> None:
    sent = send(ana, survey, 200, headers=SCRIPT)
    assert "X-Saved" in sent.response.headers
    assert waits(session) == [(True, None, KEPT)]

    page = ana.get((sent.response.json or {})["page"])
    assert FEW in page.text
    assert "if ten or more come so late." in page.text
    thanks = ana.follow(ana.submit(page, {"late_choice": "count"}, "/thanks"))

    assert "We do not keep your answers." in thanks.text
    assert waits(session) == [(True, "count", {})]


def test_what_was_only_counted_is_not_brought_back_by_a_phone_that_sends_it_again(
    ana: Visitor, session: Session, survey: Survey
) -> None:
    one = "7c0f6a8e-0d3b-4f4c-9a53-6f2a5f1f9a10"
    sent = send(ana, survey, 200, headers=SCRIPT, response=one, revision="2")
    ana.submit(ana.get((sent.response.json or {})["page"]), {"late_choice": "count"}, "/thanks")

    again = send(ana, survey, 200, headers=SCRIPT, response=one, revision="2")

    assert "X-Saved" in again.response.headers
    assert waits(session) == [(True, "count", {})]


def test_what_a_browsers_helper_added_and_no_page_can_print_stops_nobody(
    ana: Visitor, session: Session, survey: Survey
) -> None:
    page = send(ana, survey, 200, helper="\udcff\0")

    ana.submit(page, {"late_choice": "show"})

    assert waits(session) == [(True, "show", KEPT)]


@pytest.mark.parametrize("choice", CHOSEN)
def test_who_goes_back_and_chooses_again_has_the_last_choice(
    ana: Visitor, session: Session, survey: Survey, choice: str
) -> None:
    """The Back button leads to the page that asks: what was chosen first must not stay beside a page that denies it."""
    page = send(ana, survey, 200)
    ana.submit(page, {"late_choice": "show"})

    thanks = ana.follow(ana.submit(page, {"late_choice": choice}))

    stored, told = CHOSEN[choice]
    assert told in thanks.text
    assert waits(session) == [(True, choice, stored)]
    session.refresh(survey.cards[1])
    assert sum(card.finished_count for card in survey.cards) == 1


@pytest.mark.parametrize("choice", CHOSEN)
def test_a_choice_goes_for_what_the_phone_had_sent_by_itself(
    ana: Visitor, session: Session, survey: Survey, choice: str
) -> None:
    one = "7c0f6a8e-0d3b-4f4c-9a53-6f2a5f1f9a10"
    send(ana, survey, 200, headers=SCRIPT, response=one, revision="2")

    ana.submit(send(ana, survey, 200, response=one), {"late_choice": choice})

    assert waits(session) == [(True, choice, CHOSEN[choice][0])]


def test_who_is_only_to_be_counted_is_not_shown_where_the_survey_was_opened_again_meanwhile(
    ana: Visitor, session: Session, survey: Survey
) -> None:
    page = send(ana, survey, 200)
    survey.closes_at, survey.is_released = None, False
    session.commit()

    thanks = ana.follow(ana.submit(page, {"late_choice": "count"}))

    assert "We do not keep your answers." in thanks.text
    assert waits(session) == [(False, "count", {})]


@pytest.mark.parametrize("fields", [{"receipt": "BCDF-GHJK-MNPQ", "late_choice": "count"}, {"late_choice": "show"}, {}])
def test_nobody_chooses_for_others(ana: Visitor, session: Session, survey: Survey, fields: dict[str, str]) -> None:
    send(ana, survey, 200, headers=SCRIPT)

    ana.post(f"/s/{card_of(survey).code}/thanks", fields)
    ana.post(f"/s/{card_of(survey).code}/thanks", fields, 403, headers={"Sec-Fetch-Site": "cross-site"})

    assert waits(session) == [(True, None, KEPT)]


def test_before_the_release_and_where_answers_are_shown_openly_nobody_is_asked(
    ana: Visitor, session: Session, team: Team
) -> None:
    waiting = make_survey(session, team, closes_at=NOW - timedelta(minutes=5), sharing=TOGETHER)
    openly = make_survey(session, team, closes_at=NOW - timedelta(minutes=5), sharing=OPENLY)
    openly.is_released, openly.released_on = True, NOW.date()
    session.commit()

    for survey in (waiting, openly):
        assert FEW not in ana.follow(send(ana, survey)).text


def test_equality_answers_that_come_after_the_release_are_kept_nowhere(
    ana: Visitor, session: Session, team: Team
) -> None:
    """Rule 7: later ones are never shown; and who is only to be counted is told that no answer is kept."""
    asked = make_questionnaire(make_question(), make_question("eq_carer", "yes_no", linked=False))
    survey = make_survey(session, team, asked, closes_at=NOW - timedelta(minutes=5), sharing=TOGETHER)
    send(ana, survey, 200, headers=SCRIPT, eq_carer="yes")
    assert len(session.scalars(select(UnlinkedAnswer)).all()) == 1
    survey.is_released, survey.released_on = True, NOW.date()
    session.commit()

    send(ana, survey, 200, headers=SCRIPT, eq_carer="yes")

    session.rollback()
    assert len(session.scalars(select(UnlinkedAnswer)).all()) == 1


def test_a_page_that_was_not_sent_yet_asks_nobody(ana: Visitor, session: Session, survey: Survey) -> None:
    page = send(ana, survey, 422, best="B" * 6000)

    assert FEW not in page.text
    assert waits(session) == []
