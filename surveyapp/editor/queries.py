"""What the pages of making a survey read."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.editing.advice import OFTEN
from surveyapp.model.response import InboxResponse, that_is_unfinished
from surveyapp.model.survey import REHEARSAL, Card, Survey


@dataclass(frozen=True, slots=True)
class ListedSurvey:
    """A survey in the list, with how many finished it."""

    survey: Survey
    finished: int


def listed_surveys(session: Session, teams: Iterable[UUID]) -> list[ListedSurvey]:
    """The teams' surveys, the latest event first and those without a date before all."""
    finished = func.coalesce(func.sum(Card.finished_count), 0)
    rows = session.execute(
        select(Survey, finished)
        .outerjoin(Card, (Card.survey_id == Survey.id) & (Card.source != REHEARSAL))
        .where(Survey.team_id.in_(list(teams)))
        .group_by(Survey.id)
    )
    surveys = [ListedSurvey(survey, int(count)) for survey, count in rows]
    return sorted(surveys, key=lambda listed: _latest_first(listed.survey))


def _latest_first(survey: Survey) -> tuple[int, int, str, UUID]:
    days = survey.event_date.toordinal() if survey.event_date else 0
    return bool(survey.event_date), -days, survey.title, survey.id


def counted_cards(survey: Survey) -> list[Card]:
    """The cards that attendees answer from, in order."""
    return [card for card in survey.cards if card.source != REHEARSAL]


def was_answered(session: Session, survey: Survey) -> bool:
    """Whether anybody has begun to answer, other than in a rehearsal."""
    if any(card.finished_count for card in counted_cards(survey)):
        return True
    begun = select(InboxResponse.key).where(*that_is_unfinished(survey.id)).limit(1)
    return session.scalars(begun).first() is not None


def event_keys(session: Session, team_id: UUID) -> set[str]:
    """The event keys that a team's surveys have taken."""
    return {key for key in session.scalars(select(Survey.event_key).where(Survey.team_id == team_id)) if key}


def series_names(session: Session, team_id: UUID) -> list[str]:
    """The names of a team's series, in order."""
    names = select(Survey.series).where(Survey.team_id == team_id, Survey.series != "").distinct()
    return sorted(session.scalars(names), key=str.casefold)


def surveys_around(session: Session, survey: Survey) -> int:
    """How many surveys a team asks in the 90 days that end with this one's event, this one among them."""
    day = survey.event_date or survey.created_on
    held_on = func.coalesce(Survey.event_date, Survey.created_on)
    asked = select(func.count()).where(Survey.team_id == survey.team_id, held_on.between(day - OFTEN, day))
    return session.scalars(asked).one()
