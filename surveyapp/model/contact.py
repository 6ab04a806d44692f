"""Who wants to hear from the team, takes part in a prize draw or is paid expenses: a store that joins no answer.

Nothing is shared with a response: no id, card, group, view or language, no receipt, and not even the day, on which
perhaps one person answered and one left an address. The form is another page, sent by itself after the answers are
stored. All of a survey are released at once, at its final release, and lie in random order by then.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    LargeBinary,
    String,
    Table,
    delete,
    false,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from surveyapp.model.base import Base
from surveyapp.model.survey import REHEARSAL, Card, Phase, Survey

NAME_LENGTH = 200
EMAIL_LENGTH = 254  # RFC 5321: no longer address can be written to
TELEPHONE_LENGTH = 40
PURPOSES_LENGTH = 40
KEY_BYTES = 16
SPARE = 10  # somebody writes twice, or sends again after a slip


class TooManyContactsError(Exception):
    """More have been sent than people can have answered: somebody fills the store."""


class Contact(Base):
    """How to reach one person, and what for (codes with spaces between), under a random key of its own."""

    __tablename__ = "contact"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(KEY_BYTES), primary_key=True)
    purposes: Mapped[str] = mapped_column(String(PURPOSES_LENGTH))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    telephone: Mapped[str] = mapped_column(String(TELEPHONE_LENGTH))
    released: Mapped[bool] = mapped_column(default=False, server_default=false())


CONTACT: Table = Contact.metadata.tables["contact"]


@dataclass(frozen=True, slots=True)
class Details:
    """What somebody wrote: all three may be empty but for what the survey needs."""

    purposes: tuple[str, ...]
    name: str = ""
    email: str = ""
    telephone: str = ""


def takes_contacts(survey: Survey, shown_at: datetime | None, now: datetime) -> bool:
    """Whether the form is open: from the opening until the moment at which the answers are shown.

    `shown_at` is when that comes by itself. What came later would come alone, beside an answer that came as late.
    """
    if survey.contact_form is None or survey.deleted_on is not None:
        return False
    phase = survey.times.phase(now)
    if phase is Phase.CLOSED:
        return not survey.is_released and shown_at is not None and now < shown_at
    return phase is Phase.OPEN


def keep_contact(session: Session, survey: Survey, details: Details) -> None:
    """Store what somebody wrote, also what is stored already; the caller commits. Raises TooManyContactsError.

    Were the same not stored again, whoever fills the store up to its limit would read from that whose address is there.
    """
    written = {
        "purposes": " ".join(details.purposes),
        "name": details.name,
        "email": details.email,
        "telephone": details.telephone,
    }
    stored = session.scalar(select(func.count()).select_from(Contact).where(Contact.survey_id == survey.id)) or 0
    finished = select(func.coalesce(func.sum(Card.finished_count), 0))
    answered = session.scalar(finished.where(Card.survey_id == survey.id, Card.source != REHEARSAL)) or 0
    if stored >= 2 * answered + SPARE:
        raise TooManyContactsError
    row = {"survey_id": survey.id, "key": secrets.token_bytes(KEY_BYTES), "released": False, **written}
    session.execute(insert(CONTACT).values(row))


def release_contacts(session: Session, survey_id: UUID) -> int:
    """Let the team have what waits, all at once, and the same once; the caller writes it anew in random order.

    Returns how many.
    """
    waiting = (CONTACT.c.survey_id == survey_id, CONTACT.c.released.is_(False))
    alike = (CONTACT.c.purposes, CONTACT.c.name, CONTACT.c.email, CONTACT.c.telephone)
    turn = func.row_number().over(partition_by=alike, order_by=(CONTACT.c.released.desc(), CONTACT.c.key))
    turns = select(CONTACT.c.key, turn.label("turn")).where(CONTACT.c.survey_id == survey_id).subquery()
    again = select(turns.c.key).where(turns.c.turn > 1)
    session.execute(delete(CONTACT).where(*waiting, CONTACT.c.key.in_(again)))
    done = session.connection().execute(
        update(CONTACT).where(*waiting).values(released=True), execution_options={"preserve_rowcount": True}
    )
    return done.rowcount


def released_contacts(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Which of a survey's contacts the team may have."""
    return CONTACT.c.survey_id == survey_id, CONTACT.c.released.is_(True)


def contacts_given(session: Session, survey_id: UUID) -> int:
    """How many of a survey's contacts the team may have."""
    return session.scalars(select(func.count()).select_from(CONTACT).where(*released_contacts(survey_id))).one()


def contacts_waiting(session: Session, survey_id: UUID) -> int:
    """How many wait for the final release."""
    waiting = select(func.count()).select_from(Contact)
    return session.scalars(waiting.where(Contact.survey_id == survey_id, Contact.released.is_(False))).one()
