"""The demonstration: 37 of 81 people, recorded as a phone's answers are, on both databases."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.demo import demo_card, load_demo
from surveyapp.model.response import Response
from surveyapp.model.survey import Phase, Survey
from surveyapp.model.team import DEMO_EMAIL, Account, Membership
from tests.visitor import Visitor


@pytest.fixture
def event(session: Session) -> Survey:
    """The demonstration, loaded."""
    survey = load_demo(session)
    session.commit()
    return survey


def test_the_event_is_open_and_81_people_came(session: Session, event: Survey) -> None:
    finished = session.scalars(select(Response.finished).where(Response.survey_id == event.id)).all()

    assert event.attendance == 81
    assert event.state == Phase.OPEN
    assert finished == [True] * 37


def test_the_cards_counted_everybody_once(session: Session, event: Survey) -> None:
    session.expire_all()

    assert sum(card.finished_count for card in event.cards) == 37
    assert [card.label for card in event.cards if card.source == "link"] == ["Link"]


def test_the_organiser_can_sign_in_as_printed(session: Session, event: Survey, app: Flask) -> None:
    account = session.scalars(select(Account).where(Account.email == DEMO_EMAIL)).one()
    visitor = Visitor(app.test_client())

    signed_in = visitor.submit(visitor.get("/sign-in"), {"email": DEMO_EMAIL, "password": "demo-demo-demo"}, "/sign-in")

    assert session.scalars(select(Membership.role).where(Membership.account_id == account.id)).all() == ["owner"]
    assert event.title in visitor.follow(signed_in).text


def test_the_printed_card_leads_to_the_survey(session: Session, event: Survey, ana: Visitor) -> None:
    code = demo_card(session)

    assert code in [card.code for card in event.cards if card.source == "qr"]
    assert ana.get(f"/s/{code}").h1


def test_without_the_demonstration_there_is_no_card(session: Session) -> None:
    assert demo_card(session) is None
    assert session.scalar(select(func.count()).select_from(Survey)) == 0
