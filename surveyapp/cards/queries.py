"""What the pages of cards read."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveyapp.model.survey import Card, Survey
from surveyapp.model.team_cards import TeamCard, TeamCardUse


def stand_ins(session: Session, survey_id: UUID) -> dict[str, str]:
    """The cards of a survey that stand for the team's own: their code → the code that is printed."""
    rows = session.execute(
        select(TeamCardUse.card, TeamCardUse.team_card).join(Card).where(Card.survey_id == survey_id)
    )
    return {card: printed for card, printed in rows}  # noqa: C416 -- rows are not pairs to the types


def team_cards(session: Session, team_id: UUID) -> Sequence[TeamCard]:
    """A team's own cards in order, with the surveys that use them."""
    counting = selectinload(TeamCard.uses).joinedload(TeamCardUse.counting).joinedload(Card.survey)
    return session.scalars(
        select(TeamCard).where(TeamCard.team_id == team_id).order_by(TeamCard.position).options(counting)
    ).all()


def pointable(session: Session, team_id: UUID) -> Sequence[Survey]:
    """The team's surveys that its cards may lead to, the latest event first, closed ones after all others."""
    return session.scalars(
        select(Survey)
        .where(Survey.team_id == team_id, Survey.archived_on.is_(None))
        .order_by(Survey.state == "closed", Survey.event_date.desc(), Survey.title)
    ).all()


def taken_codes(session: Session, codes: Sequence[str]) -> set[str]:
    """Which of these codes a card of an event or of a team has already."""
    of_events = session.scalars(select(Card.code).where(Card.code.in_(codes)))
    return set(of_events) | set(session.scalars(select(TeamCard.code).where(TeamCard.code.in_(codes))))
