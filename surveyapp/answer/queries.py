"""What the attendee's side reads: one indexed statement for card, survey and newest edition."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from flask import current_app
from sqlalchemy import Row, ScalarSelect, func, literal, select
from sqlalchemy.orm import Session, aliased

from surveyapp.answer.cache import Cache
from surveyapp.db import sessions as db
from surveyapp.model.action import Action
from surveyapp.model.document import read_questionnaire
from surveyapp.model.languages import offered
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import REHEARSAL, Card, Edition, Survey
from surveyapp.model.team import Team
from surveyapp.model.team_cards import TeamCard, TeamCardUse, nearest_first
from surveyapp.rendering.card_facts import CardFacts, facts_of, idle_facts

CARD_SECONDS = 5.0
CARDS = 5_000
EDITIONS = 500


@dataclass(frozen=True, slots=True)
class Caches:
    """One app's caches."""

    cards: Cache[CardFacts | None]
    editions: Cache[Questionnaire]


def new_caches(card_seconds: float) -> Caches:
    """Empty caches for one app."""
    return Caches(Cache(CARDS, card_seconds), Cache(EDITIONS))


def card_facts(code: str) -> CardFacts | None:
    """What a card leads to; at most one statement, none while it's cached."""
    caches: Caches = current_app.extensions["answer_caches"]
    return caches.cards.get(code, lambda: _read_card(code, caches))


def edition_questionnaire(survey_id: UUID, number: int) -> Questionnaire | None:
    """An edition's questionnaire, in the languages that it can be answered in; read at most once a process."""
    caches: Caches = current_app.extensions["answer_caches"]
    try:
        return caches.editions.get((survey_id, number), lambda: _read_edition(survey_id, number))
    except LookupError:
        return None


def team_name(session: Session, team_id: UUID) -> str:
    """The name of the team that asks."""
    return session.scalars(select(Team.name).where(Team.id == team_id)).one()


def _read_edition(survey_id: UUID, number: int) -> Questionnaire:
    """An edition; a number below 0 is that version of the draft, which only a rehearsal is shown."""
    with db.reading() as session:
        if number < 0:
            return _read_draft(session.get(Survey, survey_id), -number)
        edition = session.get(Edition, (survey_id, number))
    if edition is None:
        raise LookupError(number)
    return offered(edition.questionnaire)


def _read_draft(survey: Survey | None, version: int) -> Questionnaire:
    if survey is None or survey.version != version:
        raise LookupError(version)
    return offered(survey.rehearsed)


def _read_card(code: str, caches: Caches) -> CardFacts | None:
    with db.reading() as session:
        row = _card_row(session, code)
    if row is None or row.name is None:
        return None
    if row.Card is None:
        return idle_facts(code, row.name)
    edition = row.Edition
    if row.Card.source == REHEARSAL:
        draft = row.Survey
        caches.editions.get((draft.id, -draft.version), lambda: _read_draft(draft, draft.version))
    elif edition is not None:
        caches.editions.get((edition.survey_id, edition.number), lambda: offered(read_questionnaire(edition.document)))
    return facts_of(row.Card, row.Survey, row.name, edition, row.series_told)


def _series_told() -> ScalarSelect[int]:
    """A number that changes with what other events of the survey's series have told of what was done; 0 for nothing."""
    other = aliased(Survey)
    same = (other.team_id == Survey.team_id) & (other.series == Survey.series) & (other.id != Survey.id)
    told = select(func.coalesce(func.sum(Action.version + 1000), 0)).join(other, other.id == Action.survey_id)
    published = told.where(Survey.series != "", same, Action.published_on.is_not(None))
    return published.correlate(Survey).scalar_subquery()


def _card_row(session: Session, code: str) -> Row[Card, Survey, str, Edition, int] | None:
    """The card of a code, its survey, its team's name and the newest edition.

    A team's own card stands for a card of the survey that is open now; it has no survey while it isn't in use.
    """
    asked = select(literal(code).label("code")).subquery()
    any_edition = aliased(Edition)
    newest = select(func.max(any_edition.number)).where(any_edition.survey_id == Card.survey_id).scalar_subquery()
    return session.execute(
        select(Card, Survey, Team.name, Edition, _series_told().label("series_told"))
        .select_from(asked)
        .outerjoin(TeamCard, TeamCard.code == asked.c.code)
        .outerjoin(TeamCardUse, TeamCardUse.team_card == TeamCard.code)
        .outerjoin(Card, Card.code == func.coalesce(TeamCardUse.card, asked.c.code))
        .outerjoin(Survey, Survey.id == Card.survey_id)
        .outerjoin(Team, Team.id == func.coalesce(Survey.team_id, TeamCard.team_id))
        .outerjoin(Edition, (Edition.survey_id == Survey.id) & (Edition.number == newest))
        .order_by(*nearest_first(datetime.now(UTC)))
        .limit(1)
    ).first()
