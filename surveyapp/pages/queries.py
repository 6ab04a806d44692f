"""What the pages of no survey read of the survey that led to them."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import REHEARSAL, Card, Survey
from surveyapp.model.team import Team
from surveyapp.model.team_cards import TeamCardUse, nearest_first
from surveyapp.rendering.card_facts import CardFacts, facts_of


def own_card_facts(session: Session, code: str, now: datetime) -> tuple[CardFacts, Questionnaire] | None:
    """What a card, or a team's own card, leads to at a moment, as people see it; None where it leads to no survey."""
    found = session.execute(
        select(Card, Survey, Team.name)
        .join(Survey, Survey.id == Card.survey_id)
        .join(Team, Team.id == Survey.team_id)
        .outerjoin(TeamCardUse, TeamCardUse.card == Card.code)
        .where(or_(Card.code == code, TeamCardUse.team_card == code))
        .order_by(*nearest_first(now))
        .limit(1)
    ).first()
    if found is None:
        return None
    card, survey = found.Card, found.Survey
    shown = survey.rehearsed if card.source == REHEARSAL or not survey.editions else survey.editions[-1].questionnaire
    return facts_of(card, survey, found.name, None), shown
