"""A team's own cards, printed once: each keeps its code and leads to whichever survey is open now.

In every survey that uses one, a card of that survey stands for it: that card counts, and carries view and source, so
that an answer belongs to the survey that was open, and each survey keeps its own numbers.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, String, case, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.model.base import Base, Instant
from surveyapp.model.codes import new_card_code
from surveyapp.model.survey import LABEL_LENGTH, Card, Phase, Survey
from surveyapp.model.team import Team

ALSO = " (team card)"


class TeamCard(Base):
    """A card that belongs to a team and not to one event."""

    __tablename__ = "team_card"

    code: Mapped[str] = mapped_column(String(6), primary_key=True, default=new_card_code)
    team_id: Mapped[UUID] = mapped_column(ForeignKey(Team.id), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(LABEL_LENGTH))
    view: Mapped[str | None] = mapped_column(String(10))
    language: Mapped[str | None] = mapped_column(String(35))
    uses: Mapped[list["TeamCardUse"]] = relationship(back_populates="of", order_by="TeamCardUse.pointed_at")


class TeamCardUse(Base):
    """The card of a survey that stands for a team's card there, and when the team's card was last pointed at it."""

    __tablename__ = "team_card_use"

    card: Mapped[str] = mapped_column(ForeignKey(Card.code, ondelete="CASCADE"), primary_key=True)
    team_card: Mapped[str] = mapped_column(ForeignKey("team_card.code"), index=True)
    pointed_at: Mapped[datetime] = mapped_column(Instant)
    of: Mapped[TeamCard] = relationship(back_populates="uses")
    counting: Mapped[Card] = relationship()


def point(team_cards: Iterable[TeamCard], survey: Survey, now: datetime) -> list[Card]:
    """Let team cards lead to a survey while it is open; returns the survey's cards that are new, their codes unchecked.

    Of the surveys that are open at the same time, a card leads to the one that it was pointed at last.
    """
    labels = {card.label.casefold() for card in survey.cards}
    added = []
    for team_card in team_cards:
        use = next((use for use in team_card.uses if use.counting.survey_id == survey.id), None)
        if use is None:
            label = team_card.label if team_card.label.casefold() not in labels else _told_apart(team_card.label)
            counting = survey.add_card(label, view=team_card.view, language=team_card.language)
            team_card.uses.append(TeamCardUse(counting=counting, pointed_at=now))
            added.append(counting)
        else:
            use.pointed_at = now
    return added


def nearest_first(now: datetime) -> tuple[ColumnElement[Any], ...]:
    """How the surveys that use a card are ordered: open now, next to open, still a draft, closed.

    Says in SQL what `Times.phase` says; tests hold the two together.
    """
    is_over = or_(Survey.state == "closed", Survey.closes_at <= now, Survey.closed_at <= now)
    rank = case((Survey.state == "draft", 2), (is_over, 3), (Survey.opens_at > now, 1), else_=0)
    return rank, case((rank == 1, Survey.opens_at)), TeamCardUse.pointed_at.desc()


def leading(uses: Iterable[TeamCardUse], now: datetime) -> TeamCardUse | None:
    """Which of a team card's uses it leads to now, as `nearest_first` would choose; none where it was never pointed."""
    return min(uses, key=lambda use: _rank(use, now), default=None)


def _rank(use: TeamCardUse, now: datetime) -> tuple[int, float, float]:
    times = use.counting.survey.times
    rank = (Phase.OPEN, Phase.SCHEDULED, Phase.DRAFT, Phase.CLOSED).index(times.phase(now))
    opens = times.opens_at.timestamp() if times.opens_at and rank == 1 else 0.0
    return rank, opens, -use.pointed_at.timestamp()


def _told_apart(label: str) -> str:
    return label[: LABEL_LENGTH - len(ALSO)] + ALSO
