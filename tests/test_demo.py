"""The demonstration: last time's event is over and shown, this time's is open, on both databases."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.demo import Events, demo_card, load_demo
from surveyapp.model.release import waiting
from surveyapp.model.response import InboxResponse, Response
from surveyapp.model.survey import Phase, Survey, today_at
from surveyapp.model.team import DEMO_EMAIL, Account, Membership, Team
from tests.export.packages import package_of
from tests.export.samples import records_of
from tests.factories import card_of, make_survey
from tests.results.answering import results_of
from tests.visitor import Page, Visitor

NOT_YET = "Nobody can see the answers until the survey is over."


@pytest.fixture
def events(session: Session) -> Events:
    """The demonstration, loaded."""
    loaded = load_demo(session)
    session.commit()
    return loaded


@pytest.fixture
def organiser(app: Flask, events: Events) -> Visitor:
    """Who tries it out, signed in as the terminal says."""
    visitor = Visitor(app.test_client())
    signed_in = visitor.submit(visitor.get("/sign-in"), {"email": DEMO_EMAIL, "password": "demo-demo-demo"}, "/sign-in")
    assert events.this_time.title in visitor.follow(signed_in).text
    return visitor


def answered(session: Session, survey: Survey) -> int:
    """How many the cards have counted."""
    session.expire_all()
    return sum(card.finished_count for card in survey.cards)


def told(organiser: Visitor, survey: Survey) -> dict[str, object]:
    """What `results.json` tells."""
    found: dict[str, object] = organiser.get(f"{results_of(survey)}.json").response.get_json()
    return found


def test_last_time_81_came_and_37_answered_and_it_was_shown_the_next_morning(session: Session, events: Events) -> None:
    """CM3: the demonstration is two events, in an empty database behind a loopback address alone."""
    survey = events.last_time
    shown = session.scalars(select(Response.released).where(Response.survey_id == survey.id)).all()

    assert (survey.attendance, survey.expected, survey.shows_openly) == (81, 81, False)
    assert survey.times.phase(datetime.now(UTC)) is Phase.CLOSED
    assert (survey.event_date, survey.released_on) == (date(2026, 10, 7), date(2026, 10, 8))
    assert shown == [True] * 37
    assert answered(session, survey) == 37


def test_this_time_40_are_expected_and_12_have_answered_of_whom_seven_were_moved(
    session: Session, events: Events
) -> None:
    """CM3: the demonstration is two events, in an empty database behind a loopback address alone."""
    survey = events.this_time
    moved = session.scalars(select(Response.released).where(Response.survey_id == survey.id)).all()
    stay = session.scalar(select(func.count()).select_from(InboxResponse).where(InboxResponse.survey_id == survey.id))

    assert (survey.attendance, survey.expected, survey.shows_openly) == (None, 40, False)
    assert survey.times.phase(datetime.now(UTC)) is Phase.OPEN
    assert survey.event_date == today_at(survey.zone)
    assert (moved, stay) == ([False] * 7, 5)
    assert answered(session, survey) == waiting(session, survey).phones == 12


def test_both_ask_the_same_in_one_series_from_cards_of_their_own(events: Events) -> None:
    last, this = events.last_time, events.this_time

    assert (last.title, last.series, last.draft) == (this.title, this.series, this.draft)
    assert [card.label for card in last.cards] == [card.label for card in this.cards]
    assert not {card.code for card in last.cards} & {card.code for card in this.cards}
    assert [card.label for card in this.cards if card.source == "link"] == ["Link"]
    assert last.event_key != this.event_key


def test_a_newcomer_answers_closes_shows_and_sees_everything(
    session: Session, events: Events, organiser: Visitor, ana: Visitor
) -> None:
    survey = events.this_time
    address = f"/s/{demo_card(session)}"
    before = told(organiser, survey)
    assert organiser.get(f"/surveys/{survey.id}/export/responses.csv", 409).text.count(NOT_YET)

    ana.submit(ana.get(address), {"overall": "5", "finish": "1"}, address)
    meanwhile = organiser.get(results_of(survey))
    press(organiser, organiser.get(f"/surveys/{survey.id}"), "/close")
    shown = press(organiser, organiser.get(results_of(survey)), "/release")

    assert (before["answered"], before["released"], before["questions"]) == (12, False, {})
    assert isinstance(before["headline"], dict)
    assert (before["headline"]["question"], before["headline"]["n"]) == ("overall", 7)
    assert "13 people have answered" in meanwhile.text
    assert "40 people are expected" in meanwhile.text
    assert "From 7 answers, chosen at random." in meanwhile.text
    assert "13 answers are shown now." in shown.text
    after = told(organiser, survey)
    assert (after["released"], after["responses"]) == (True, 13)
    assert len(records_of(package_of(organiser, survey)["responses.csv"])) == 13


def press(visitor: Visitor, page: Page, button: str) -> Page:
    """Press a button of a page by the end of its address, and see where that leads."""
    return visitor.follow(visitor.submit(page, {}, button))


def test_the_series_in_one_file_has_nobody_of_the_event_that_is_open(events: Events, organiser: Visitor) -> None:
    files = package_of(organiser, events.last_time, "?series=1")

    assert {row["event_key"] for row in records_of(files["responses.csv"])} == {events.last_time.event_key}
    assert len(records_of(files["responses.csv"])) == 37


def test_the_organiser_owns_the_team(session: Session, organiser: Visitor) -> None:
    account = session.scalars(select(Account).where(Account.email == DEMO_EMAIL)).one()

    assert session.scalars(select(Membership.role).where(Membership.account_id == account.id)).all() == ["owner"]
    assert organiser.get("/surveys").text.count("Patients and Carers Conference (demonstration)") >= 2


def test_the_printed_card_leads_to_the_event_that_is_open(session: Session, events: Events, ana: Visitor) -> None:
    code = demo_card(session)

    assert code == card_of(events.this_time).code
    assert ana.get(f"/s/{code}").h1


def test_the_printed_card_stays_with_the_event_whatever_the_newcomer_does(session: Session, events: Events) -> None:
    events.this_time.title, events.this_time.series = "My own name", ""
    own = make_survey(session, session.get_one(Team, events.this_time.team_id))
    assert own.state == "open"

    assert demo_card(session) == card_of(events.this_time).code
    events.this_time.close(datetime.now(UTC))
    session.commit()
    assert demo_card(session) == card_of(events.this_time).code


def test_without_the_demonstration_there_is_no_card(session: Session) -> None:
    assert demo_card(session) is None
    assert session.scalar(select(func.count()).select_from(Survey)) == 0
