"""The privacy page says what holds for the survey that led to it, and of no survey only what holds for all."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveyapp.model.survey import OPENLY, Survey
from surveyapp.model.team import Team
from surveyapp.model.team_cards import TeamCard, TeamCardUse
from tests.factories import make_survey
from tests.visitor import Visitor

TOGETHER_SAYS = "Nobody can see your answers until the survey is over."
OPENLY_SAYS = "We may guess which answers are yours."
NO_CARD_KEPT = "Which table or card you used."
GUESSED = "Somebody who knows you or how you write may guess which answers are yours."


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what a page says does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


def privacy(ana: Visitor, code: str = "") -> str:
    """What the page says, with the code of a card or without."""
    page = ana.get(f"/privacy?code={code}" if code else "/privacy")
    return " ".join("".join(page.tree.itertext()).split())


def test_of_no_survey_it_claims_neither(ana: Visitor) -> None:
    for words in (privacy(ana), privacy(ana, "222222")):
        assert "The first page of each survey says when the team can read your answers." in words
        assert "If your card is for one room, session or day: which one." in words
        assert GUESSED in words
        assert not [claim for claim in (TOGETHER_SAYS, OPENLY_SAYS, NO_CARD_KEPT) if claim in words]


def test_of_a_survey_it_says_when_its_answers_are_read(ana: Visitor, session: Session, team: Team) -> None:
    together = privacy(ana, make_survey(session, team, expected=81).cards[0].code)
    openly = privacy(ana, make_survey(session, team, sharing=OPENLY).cards[0].code)

    assert TOGETHER_SAYS in together
    assert OPENLY_SAYS not in together
    assert "The team can read what you write when the survey is over." in together
    assert OPENLY_SAYS in openly
    assert TOGETHER_SAYS not in openly
    assert all(GUESSED in words and NO_CARD_KEPT in words for words in (together, openly))


def test_a_card_that_keeps_a_room_says_which_and_claims_no_other(ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, expected=81)
    survey.cards[0].group = "Room 2"
    session.commit()

    words = privacy(ana, survey.cards[0].code)

    assert "We keep this with your answers: Room 2." in words
    assert NO_CARD_KEPT not in words


def test_a_teams_own_card_says_what_holds_for_the_survey_it_leads_to(
    ana: Visitor, session: Session, team: Team
) -> None:
    survey: Survey = make_survey(session, team, expected=81)
    own = TeamCard(code="bcdfgh", team_id=team.id, label="Door", position=1)
    session.add(own)
    session.flush()
    session.add(TeamCardUse(team_card=own.code, card=survey.cards[0].code, pointed_at=datetime.now(UTC)))
    session.commit()

    assert TOGETHER_SAYS in privacy(ana, own.code)
