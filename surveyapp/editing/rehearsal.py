"""Trying a survey out before people see it: its own card, whose answers are marked, never counted, and swept away."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp.editing.drafts import forget_changes
from surveyapp.model.response import InboxResponse, Response
from surveyapp.model.survey import REHEARSAL, Card, Survey


def rehearsal_card(survey: Survey) -> Card | None:
    """The card that leads to the draft, if somebody is trying it out."""
    return next((card for card in survey.cards if card.source == REHEARSAL), None)


def begin_rehearsal(survey: Survey) -> Card:
    """The card to try the draft with: the one that is there, or a new one."""
    return rehearsal_card(survey) or survey.add_card("Rehearsal", source=REHEARSAL)


def sweep_rehearsal(session: Session, survey: Survey) -> None:
    """Take away the card and every answer that was given with it; the caller commits."""
    for table in (InboxResponse, Response):
        session.execute(delete(table).where(table.survey_id == survey.id, table.source == REHEARSAL))
    card = rehearsal_card(survey)
    if card is not None:
        survey.cards.remove(card)


def end_of_writing(session: Session, survey: Survey) -> None:
    """People see the questions from now on: what was tried out goes, and no change before this can be undone."""
    sweep_rehearsal(session, survey)
    forget_changes(session, survey)
