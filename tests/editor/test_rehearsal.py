"""A survey is tried out before it opens: the real page, whose answers are marked and never counted."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.model.response import Response, UnlinkedCount
from surveyapp.model.survey import Card, Survey
from surveyapp.model.team import Team
from tests.factories import every_kind, make_survey
from tests.visitor import Page, Visitor


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A draft of every kind of question, equality questions among them."""
    return make_survey(session, team, every_kind(), state="draft")


def begin(olu: Visitor, survey: Survey) -> str:
    """Begin a rehearsal; the address of its page."""
    page = olu.follow(olu.submit(olu.get(f"/surveys/{survey.id}/preview"), {}, "/rehearsal"))
    return next(link for link in page.links() if link.startswith("/s/"))


def answer(ana: Visitor, address: str) -> Page:
    typed = {"overall": "5", "best": "Only trying", "eq_condition": "yes", "finish": "1"}
    return ana.submit(ana.get(address), typed)


def count(session: Session, what: type[Response] | type[UnlinkedCount]) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(what)) or 0


def test_draft_is_answered_on_the_real_page_and_marked(
    olu: Visitor, ana: Visitor, survey: Survey, session: Session
) -> None:
    address = begin(olu, survey)
    assert "This is a rehearsal: your answers are not counted." in ana.get(address).text
    assert "We have your answers." in ana.follow(answer(ana, address)).text

    assert session.scalars(select(Response.source)).all() == ["rehearsal"]
    assert count(session, UnlinkedCount) == 0


def test_rehearsal_follows_the_draft(olu: Visitor, ana: Visitor, survey: Survey) -> None:
    address = begin(olu, survey)
    before = ana.get(address)
    page = olu.get(f"/surveys/{survey.id}/edit/best")
    olu.submit(page, {"words-standard": "What did you like?"}, "/edit/best")

    assert "What did you like?" in ana.get(address).text
    ana.submit(before, {"overall": "5", "finish": "1"})


def test_rehearsal_is_in_no_figure_and_no_file_once_the_survey_opens(
    olu: Visitor, ana: Visitor, survey: Survey
) -> None:
    answer(ana, begin(olu, survey))
    olu.submit(olu.get(f"/surveys/{survey.id}"), {}, "/open")
    figures = olu.client.get(f"/surveys/{survey.id}/results.json").get_json()

    assert figures["responses"] == 0
    assert "Only trying" not in olu.client.get(f"/surveys/{survey.id}/export/comments.csv").text
    assert "Only trying" not in olu.get(f"/surveys/{survey.id}/results").text
    assert "The survey has opened." in olu.get(f"/surveys/{survey.id}/export/responses.csv?rehearsal=1", 409).text


def test_rehearsal_counts_nowhere_before_it_is_swept_away(olu: Visitor, ana: Visitor, survey: Survey) -> None:
    answer(ana, begin(olu, survey))
    page = olu.get(f"/surveys/{survey.id}")

    assert "Rehearsal" not in page.text
    assert "Only trying" not in olu.client.get(f"/surveys/{survey.id}/export/responses.csv").text
    assert olu.client.get(f"/surveys/{survey.id}/results.json").get_json()["responses"] == 0


def test_rehearsal_is_swept_away_at_opening(olu: Visitor, ana: Visitor, survey: Survey, session: Session) -> None:
    address = begin(olu, survey)
    answer(ana, address)
    olu.submit(olu.get(f"/surveys/{survey.id}"), {}, "/open")

    assert count(session, Response) == 0
    assert session.scalars(select(Card.source).where(Card.source == "rehearsal")).all() == []
    ana.get(address, 404)


def test_second_rehearsal_is_the_same_one(olu: Visitor, survey: Survey) -> None:
    page = olu.get(f"/surveys/{survey.id}/preview")
    first = begin(olu, survey)

    olu.submit(page, {}, "/rehearsal")
    assert first in olu.get(f"/surveys/{survey.id}/preview").links()


def test_draft_stays_shut_on_its_real_cards(olu: Visitor, ana: Visitor, survey: Survey) -> None:
    begin(olu, survey)

    assert "How was overall?" not in ana.get(f"/s/{survey.cards[0].code}").text
