"""What the pages of entries read."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.domain.action import Action
from surveyapp.domain.easyread import Remark, remarks_on
from surveyapp.domain.survey import REHEARSAL, Card

EASY = ("you_said_easy", "we_did_easy")


def public_code(session: Session, survey_id: UUID) -> str | None:
    """The code of a card by which people come to a survey's news, if it has a card."""
    cards = select(Card.code).where(Card.survey_id == survey_id, Card.source != REHEARSAL)
    return session.scalar(cards.order_by(Card.position).limit(1))


def remarks(action: Action, language: str) -> Mapping[str, list[Remark]]:
    """What the wording check says of an entry's easy words."""
    return {name: remarks_on(getattr(action, name), "note", language) for name in EASY}
