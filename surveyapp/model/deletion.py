"""Deletion: what people said is taken out for good, on the day that was set or when an organiser says so.

Rows, comments, the notes beside them, what waits, what was begun and paper that is being keyed in go. The survey, its
questions and cards stay, and what was already told without rows: counters, figures that were frozen, and “You said, we
did”. A draft that was never opened goes as a whole, a week after somebody put it into the bin.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, and_, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from surveyapp.model.base import Base, Instant
from surveyapp.model.comment_note import CommentNote
from surveyapp.model.contact import Contact
from surveyapp.model.figure_counts import count_released
from surveyapp.model.paper import PaperSheet, PaperSitting
from surveyapp.model.response import InboxResponse, Response, UnlinkedAnswer
from surveyapp.model.survey import REHEARSAL, Phase, StillOpenError, Survey, today_at
from surveyapp.model.team import Account

BIN_FOR = timedelta(days=7)  # so long a draft can be brought back
WARNED_BEFORE = timedelta(days=7)
WHAT_GOES = (CommentNote, InboxResponse, Response, UnlinkedAnswer, Contact, PaperSheet, PaperSitting)


class WasOpenedError(Exception):
    """People may have answered the survey: it is no draft that can be thrown away as a whole."""


class Deletion(Base):
    """That a survey's answers were deleted: when, by whom (None: by themselves, or by somebody who left), how many."""

    __tablename__ = "deletion"

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    was_due: Mapped[bool]
    finished: Mapped[int]
    unfinished: Mapped[int]
    notes: Mapped[int]
    contacts: Mapped[int] = mapped_column(default=0, server_default="0")


@dataclass(frozen=True, slots=True)
class Holding:
    """What a survey holds of people: answers that were sent, ones that were begun, notes beside comments, contacts."""

    finished: int
    unfinished: int
    notes: int
    contacts: int


def holding(session: Session, survey_id: UUID) -> Holding:
    """Count what deletion would take."""
    sent, begun = 0, 0
    for table in (InboxResponse, Response):
        of_people = (table.survey_id == survey_id, table.source != REHEARSAL, table.withdrawn.is_(False))
        counted = select(table.finished, func.count()).where(*of_people).group_by(table.finished)
        by_finished = {row[0]: row[1] for row in session.execute(counted)}
        sent, begun = sent + by_finished.get(True, 0), begun + by_finished.get(False, 0)
    sheets, notes, contacts = (
        session.scalars(select(func.count()).select_from(table).where(table.survey_id == survey_id)).one()
        for table in (PaperSheet, CommentNote, Contact)
    )
    return Holding(sent + sheets, begun, notes, contacts)


def delete_answers(session: Session, survey: Survey, now: datetime, account_id: UUID | None = None) -> Deletion:
    """Delete a survey's answers in the caller's transaction; whoever commits it removes their traces from the files.

    Without an account it is what was due on the day until which answers are kept. What comes later finds no way in: see
    `Times.deleted`. Raises StillOpenError where somebody says so while people can answer.
    """
    if survey.times.phase(now) is not Phase.CLOSED:
        if account_id is not None:
            raise StillOpenError
        survey.close(now)
    counted = holding(session, survey.id)
    count_released(session.connection(), survey.id)  # what was shown stays in the figures
    sweep(session, survey.id)
    survey.deleted_on = today_at(survey.zone, now)
    survey.moved_since_rewrite = True  # should this process end before the traces are removed, the next round does it
    made = Deletion(
        survey_id=survey.id,
        at=now,
        account_id=account_id,
        was_due=account_id is None,
        finished=counted.finished,
        unfinished=counted.unfinished,
        notes=counted.notes,
        contacts=counted.contacts,
    )
    session.add(made)
    session.flush()
    return made


def sweep(session: Session, survey_id: UUID) -> None:
    """Delete every row that holds what somebody said; also what a page that was open meanwhile still sent."""
    for table in WHAT_GOES:
        session.execute(delete(table).where(table.survey_id == survey_id))


def throw_away(survey: Survey, now: datetime) -> None:
    """Put a draft into the bin, from which it can be brought back for a week. Raises WasOpenedError."""
    if survey.was_opened:
        raise WasOpenedError
    survey.remove_on = today_at(survey.zone, now) + BIN_FOR
    survey.archived_on = today_at(survey.zone, now)


def remove_draft(session: Session, survey: Survey) -> None:
    """Delete a draft with everything that hangs on it: every table that names its survey."""
    session.flush()
    survey_id = survey.id
    session.expunge(survey)
    for table in reversed(Base.metadata.sorted_tables):
        for column in table.columns:
            if any(key.references(Survey.__table__) for key in column.foreign_keys):
                session.execute(table.delete().where(column == survey_id))
    session.execute(delete(Survey).where(Survey.id == survey_id))


def that_may_be_over(now: datetime) -> ColumnElement[bool]:
    """Which surveys the routine looks at: their day has come somewhere in the world."""
    tomorrow = now.date() + timedelta(days=1)
    return or_(
        and_(Survey.deleted_on.is_(None), Survey.event_key.is_not(None), Survey.keep_until < tomorrow),
        Survey.remove_on <= tomorrow,
    )


def is_over(survey: Survey, now: datetime) -> bool:
    """Whether the last day on which a survey's answers are kept has passed, at the event."""
    kept = survey.keep_until
    return bool(kept and survey.was_opened and not survey.deleted_on and kept < today_at(survey.zone, now))


def is_to_be_removed(survey: Survey, now: datetime) -> bool:
    """Whether a draft's week in the bin has passed."""
    return bool(survey.remove_on and survey.remove_on <= today_at(survey.zone, now))


def days_left(survey: Survey, now: datetime) -> int | None:
    """How many days the answers are still kept after today; None where no day is set, or they are deleted."""
    if survey.keep_until is None or survey.deleted_on or not survey.was_opened:
        return None
    return max(0, (survey.keep_until - today_at(survey.zone, now)).days)


def deleted_after(kept_until: date) -> date:
    """The day on which answers that are kept until a day go."""
    return kept_until + timedelta(days=1)
