"""A team's own cards: they keep their codes, and lead to whichever survey is open now."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.codes import shown_card_code
from surveyapp.model.survey import Card, Survey
from surveyapp.model.team import Team
from surveyapp.model.team_cards import TeamCard, TeamCardUse, leading, nearest_first, point
from tests.factories import make_survey
from tests.stored import stored_response
from tests.visitor import Page, Visitor, filled_in

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
MOMENTS = st.none() | st.sampled_from([NOW - 2 * HOUR, NOW - HOUR, NOW + HOUR, NOW + 2 * HOUR])


@pytest.fixture
def card(session: Session, team: Team) -> TeamCard:
    """The team's card “Table 1”."""
    made = TeamCard(code="k7q4mx", team_id=team.id, label="Table 1", position=1)
    session.add(made)
    session.commit()
    return made


def pointed(session: Session, card: TeamCard, survey: Survey, minutes: int = 0) -> Survey:
    """The survey after a team's card was pointed at it."""
    point([card], survey, NOW + timedelta(minutes=minutes))
    session.commit()
    return survey


def points(olu: Visitor, survey: Survey, *codes: str, status: int = 303) -> Page:
    """Tick cards and point them at a survey."""
    page = olu.get("/team/cards")
    token = filled_in(page.form("/point"))["csrf_token"]
    return olu.post("/team/cards/point", {"csrf_token": token, "survey": str(survey.id), "card": codes}, status)


def test_cards_are_added_from_a_list_once(session: Session, team: Team, olu: Visitor) -> None:
    for added, status in (("3 cards are added.", 303), ("All of these have a card already.", 422)):
        page = olu.submit(olu.get("/team/cards"), {"names": "Table 1 to 2\nDoor"}, "/team/cards", status)
        assert added in (olu.follow(page) if status == 303 else page).text
    cards = session.scalars(select(TeamCard).order_by(TeamCard.position)).all()
    assert [card.label for card in cards] == ["Table 1", "Table 2", "Door"]
    assert len({card.code for card in cards}) == 3
    assert shown_card_code(cards[0].code) in olu.get("/team/cards/print").text
    assert olu.client.get("/team/cards.pdf?sheet=tent").data.startswith(b"%PDF")


def test_card_follows_the_survey_that_is_open(
    session: Session, team: Team, card: TeamCard, olu: Visitor, ana: Visitor
) -> None:
    idle = ana.get(f"/s/{card.code}")
    assert "This survey is not open yet." in idle.text
    first = make_survey(session, team, title="Spring day")
    later = make_survey(session, team, title="Autumn day", opens_at=NOW + HOUR)
    for survey in (first, later):
        assert "leads to" in olu.follow(points(olu, survey, card.code)).text
    assert ana.get(f"/s/{card.code}").h1 == "Spring day"
    session.refresh(first)
    first.close(NOW)
    session.commit()
    coming = ana.get(f"/s/{card.code.upper()}")
    assert coming.h1 == "Autumn day"
    assert "You can answer from" in coming.text
    session.refresh(later)
    later.opens_at = NOW - HOUR
    session.commit()
    assert ana.get(f"/s/{card.code}").h1 == "Autumn day"
    assert "Autumn day" in olu.get("/team/cards").text


def test_answers_belong_to_the_survey_that_was_open_when_the_page_was(
    session: Session, team: Team, card: TeamCard, ana: Visitor
) -> None:
    first = pointed(session, card, make_survey(session, team, title="Spring day"))
    page = ana.get(f"/s/{card.code}")
    second = pointed(session, card, make_survey(session, team, title="Autumn day"), minutes=1)
    assert ana.get(f"/s/{card.code}").h1 == "Autumn day"
    ana.submit(page, {"overall": "5", "finish": "1", "response": str(uuid4())})
    session.rollback()
    stored = stored_response(session)
    assert (stored.survey_id, stored.source, stored.group) == (first.id, "qr", None)
    counts = session.execute(select(Card.survey_id, Card.finished_count).join(TeamCardUse)).all()
    assert {tuple(row) for row in counts} == {(first.id, 1), (second.id, 0)}


def test_survey_shows_the_code_that_is_printed(session: Session, team: Team, card: TeamCard, olu: Visitor) -> None:
    survey = pointed(session, card, make_survey(session, team))
    page = olu.get(f"/surveys/{survey.id}/cards")
    assert "Table 1 (team card) the team's card K7Q-4MX" in page.text
    assert "K7Q-4MX" not in olu.get(f"/surveys/{survey.id}/cards/print").text
    stand_in = next(one for one in survey.cards if one.label.endswith("(team card)"))
    assert "printed already" in olu.get(f"/surveys/{survey.id}/cards/{stand_in.code}").text
    olu.submit(olu.get(f"/surveys/{survey.id}/cards/{stand_in.code}"), {}, "/remove")
    assert "No survey yet" in olu.get("/team/cards").text


def test_nothing_ticked_is_told(session: Session, team: Team, card: TeamCard, olu: Visitor) -> None:
    page = points(olu, make_survey(session, team), status=422)
    assert "Tick the cards that should lead to the survey." in page.text


def test_other_teams_cards_and_surveys_are_out_of_reach(
    session: Session, team: Team, card: TeamCard, petra: Visitor, olu: Visitor
) -> None:
    assert "K7Q-4MX" not in petra.get("/team/cards").text
    petra.get(f"/team/cards?team={team.id}", 404)
    token = filled_in(petra.get("/team/cards").form("/team/cards"))["csrf_token"]
    survey = make_survey(session, team)
    for fields in ({"survey": str(survey.id), "card": card.code}, {"team": str(team.id), "card": card.code}):
        page = petra.post("/team/cards/point", {"csrf_token": token, **fields}, 404 if "team" in fields else 422)
        assert survey.title not in page.text


def test_card_is_renamed_and_an_unused_one_removed(session: Session, team: Team, card: TeamCard, olu: Visitor) -> None:
    change = "/team/cards/change"
    page = olu.get(f"/team/cards?change={card.code}")
    assert "The card “Window” is saved." in olu.follow(olu.submit(page, {"label": "Window"}, change)).text
    assert "Give the card a name." in olu.submit(page, {"label": " "}, change, 422).text
    survey = pointed(session, card, make_survey(session, team))
    assert "has been used at an event" in olu.follow(olu.submit(page, {"remove": "1"}, change)).text
    unused = next(one for one in survey.cards if one.label == "Table 1 (team card)")
    olu.submit(olu.get(f"/surveys/{survey.id}/cards/{unused.code}"), {}, "/remove")
    assert "The card “Window” is removed." in olu.follow(olu.submit(page, {"remove": "1"}, change)).text
    assert "That card is gone." in olu.follow(olu.submit(page, {"remove": "1"}, change)).text


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(times=st.lists(st.tuples(st.sampled_from(["draft", "open", "closed"]), MOMENTS, MOMENTS, MOMENTS), max_size=5))
def test_database_and_page_choose_the_same_survey(
    times: list[tuple[str, datetime | None, datetime | None, datetime | None]],
    session: Session, team: Team, card: TeamCard,
) -> None:  # fmt: skip
    session.rollback()
    for place, (state, opens_at, closes_at, closed_at) in enumerate(times):
        survey = make_survey(session, team, state="draft", opens_at=opens_at, closes_at=closes_at, closed_at=closed_at)
        survey.state = state
        pointed(session, card, survey, minutes=place)
    session.commit()
    session.refresh(card)
    uses = select(TeamCardUse).join(Card).join(Survey).where(TeamCardUse.team_card == card.code)
    chosen = session.scalars(uses.order_by(*nearest_first(NOW)).limit(1)).first()
    assert chosen is leading(card.uses, NOW)
    for use in card.uses:
        session.delete(use)
    session.commit()
