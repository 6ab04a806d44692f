"""A survey, its editions and its cards: draft → open → closed, and open again."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.model.asking_who import marked_as_it_seems, not_accepted, tells_who
from surveyapp.model.base import Base, Instant, Json
from surveyapp.model.codes import new_card_code
from surveyapp.model.contact_form import CODES_LENGTH, ContactForm, contact_form_of
from surveyapp.model.document import read_questionnaire
from surveyapp.model.missing_words import missing_words
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.team import Team

TITLE_LENGTH = 200
LABEL_LENGTH = 60
LATE_FOR = timedelta(days=30)
TOGETHER = "together"  # while the survey is open nobody reads answers; all are shown once, at the final release
OPENLY = "openly"  # answers are shown as they come, and people are told so
ENOUGH_TO_HIDE = 20  # so many expected people, and the preset is `together`
SHARED = "shared"  # the source of a card on a phone that is handed on
PAPER = "paper"  # the source of what the team types in from paper
IMPORTED = "import"  # the source of old answers that were brought from elsewhere
REHEARSAL = "rehearsal"  # the source of what an organiser tries out: theirs to see until the survey opens


class CannotOpenError(Exception):
    """The survey can't open yet; `missing` names what is missing."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class StillOpenError(Exception):
    """People can answer the survey, or will be able to: it can't be put away."""


class CardInUseError(Exception):
    """The card has counted answers: taking it away would take its number away."""


class Phase(StrEnum):
    """What a survey is to an attendee at one moment."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Times:
    """When a survey takes answers; all moments are aware. None any more once its answers were deleted."""

    state: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    deleted: bool = False

    @property
    def close(self) -> datetime | None:
        """When it closed or will close: the earlier of the organiser's hand and the set time."""
        moments = [moment for moment in (self.closes_at, self.closed_at) if moment is not None]
        return min(moments, default=None)

    def phase(self, now: datetime) -> Phase:
        """Draft, not open yet, open or closed."""
        if self.state == "draft":
            return Phase.DRAFT
        if self.deleted or self.state == "closed" or (self.close is not None and now >= self.close):
            return Phase.CLOSED
        if self.opens_at is not None and now < self.opens_at:
            return Phase.SCHEDULED
        return Phase.OPEN

    def takes_late(self, opened: datetime | None, now: datetime) -> bool:
        """Whether a closed survey still takes an answer: the page was opened in time, and it's within 30 days."""
        close = None if self.deleted else self.close
        return opened is not None and close is not None and opened < close and now < close + LATE_FOR


class Survey(Base):
    """One event's survey: what the organiser knows of the event, and the draft of its questions."""

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("team_id", "event_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    team_id: Mapped[UUID] = mapped_column(ForeignKey(Team.id), index=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    event_date: Mapped[date | None]
    place: Mapped[str] = mapped_column(String(TITLE_LENGTH), default="")
    attendance: Mapped[int | None]
    expected: Mapped[int | None]
    invited: Mapped[int | None]
    booked: Mapped[int | None]
    time_zone: Mapped[str] = mapped_column(String(60), default="Europe/London")
    opens_at: Mapped[datetime | None] = mapped_column(Instant)
    closes_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    sharing: Mapped[str | None] = mapped_column(String(10))
    headline: Mapped[str | None] = mapped_column(String(32))
    headline_hidden: Mapped[bool] = mapped_column(default=False, server_default=false())
    release_at: Mapped[datetime | None] = mapped_column(Instant)
    released_on: Mapped[date | None]
    is_released: Mapped[bool] = mapped_column(default=False, server_default=false())
    moved_since_rewrite: Mapped[bool] = mapped_column(default=False, server_default=false())
    recounted_on: Mapped[date | None]
    event_key: Mapped[str | None] = mapped_column(String(80))
    series: Mapped[str] = mapped_column(String(TITLE_LENGTH), default="")
    what_happens_next: Mapped[str] = mapped_column(Text, default="")
    help: Mapped[str] = mapped_column(Text, default="")
    contact_purposes: Mapped[str | None] = mapped_column(String(CODES_LENGTH))
    contact_fields: Mapped[str | None] = mapped_column(String(CODES_LENGTH))
    keep_until: Mapped[date | None]
    archived_on: Mapped[date | None]
    deleted_on: Mapped[date | None]
    remove_on: Mapped[date | None]
    default_view: Mapped[str] = mapped_column(String(10), default="standard")
    draft: Mapped[dict[str, Any]] = mapped_column(Json)
    version: Mapped[int] = mapped_column(default=1)
    created_on: Mapped[date]

    cards: Mapped[list["Card"]] = relationship(
        back_populates="survey", order_by="Card.position", cascade="all, delete-orphan"
    )
    editions: Mapped[list["Edition"]] = relationship(order_by="Edition.number")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy reads this name as a plain dict

    @property
    def times(self) -> Times:
        """When it takes answers."""
        return Times(self.state, self.opens_at, self.closes_at, self.closed_at, self.deleted_on is not None)

    @property
    def questionnaire(self) -> Questionnaire:
        """The draft as a document."""
        return read_questionnaire(self.draft)

    @property
    def rehearsed(self) -> Questionnaire:
        """The draft as it is tried out before it opens: what seems to ask who somebody is, is marked so."""
        return marked_as_it_seems(self.questionnaire)

    @property
    def was_opened(self) -> bool:
        """Whether people may have answered: from then on keys and codes mean what they meant."""
        return self.event_key is not None

    @property
    def shows_openly(self) -> bool:
        """Whether answers are shown as they come, by the organiser's choice or by how many people are expected."""
        return is_shown_openly(self.sharing, self.expected)

    @property
    def contact_form(self) -> ContactForm | None:
        """The form after thanks, where the organiser added one."""
        return contact_form_of(self.contact_purposes or "", self.contact_fields or "")

    @property
    def may_be_read(self) -> bool:
        """Whether the team may read anything that people said: it is shown openly, or something was released."""
        return self.shows_openly or self.released_on is not None

    def is_tried_out(self, now: datetime) -> bool:
        """Whether what was rehearsed is shown: nobody could answer before, and nobody can yet."""
        has_answers = any(card.finished_count for card in self.cards if card.source != REHEARSAL)
        return self.times.phase(now) in (Phase.DRAFT, Phase.SCHEDULED) and not has_answers

    @property
    def zone(self) -> ZoneInfo:
        """The event's own time zone."""
        return ZoneInfo(self.time_zone)

    def missing_to_open(self) -> list[str]:
        """What the organiser still has to give before it can open: fields by name, questions as `words:<key>`.

        Nothing helps where its answers were deleted: `deleted`. A question that asks who somebody is, of which nobody
        has accepted yet what that does, is `who:<key>`.
        """
        if self.deleted_on is not None:
            return ["deleted"]
        questionnaire = self.questionnaire
        needs = {
            "title": self.title.strip(),
            "questions": questionnaire.asking,
            "what_happens_next": self.what_happens_next.strip(),
        }
        missing = [name for name, value in needs.items() if not value]
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            missing.append("closes_at")
        language = questionnaire.language
        missing += [f"words:{one.key}" for one in questionnaire.questions if missing_words(one, language)]
        return missing + [f"who:{key}" for key in not_accepted(questionnaire)]

    def open(self, now: datetime, event_key: str, *, at_once: bool = False) -> "Edition | None":
        """Open it at its set time, or `at_once`: a draft that changed becomes the next edition. Raises CannotOpenError.

        The event key is fixed at the first opening. Reopening takes away a close that has passed.
        """
        missing = self.missing_to_open()
        if missing:
            raise CannotOpenError(missing)
        self.event_key = self.event_key or event_key
        self.sharing = self.sharing or preset_sharing(self.expected)
        self.state = "open"
        self.closed_at = None
        self._begin_round()
        self.opens_at = None if at_once else self.opens_at
        if self.closes_at is not None and self.closes_at <= now:
            self.closes_at = None
        return self.publish()

    def set_times(self, opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> None:
        """Set when it opens and closes; a closed survey that this opens again has answers to release of its own."""
        was_closed = self.times.phase(now) is Phase.CLOSED
        self.opens_at, self.closes_at = opens_at, closes_at
        if was_closed and self.times.phase(now) is not Phase.CLOSED:
            self._begin_round()

    def _begin_round(self) -> None:
        """Forget the release of what was answered before: what is answered from now on has one of its own."""
        self.archived_on = self.release_at = self.remove_on = None
        self.is_released = False

    def close(self, now: datetime) -> None:
        """Close it by hand; pages opened before now may still send for 30 days."""
        self.state = "closed"
        self.closed_at = now

    def put_away(self, now: datetime) -> None:
        """Hide it from the list, deleting nothing. Raises StillOpenError."""
        if self.times.phase(now) in (Phase.SCHEDULED, Phase.OPEN):
            raise StillOpenError
        self.archived_on = today_at(self.zone, now)

    def publish(self) -> "Edition | None":
        """Make the draft the next edition, unless it is the newest one already.

        After one that asked who somebody is, all editions say so: answers to it may still be on their way.
        """
        last = self.editions[-1] if self.editions else None
        if last is not None and last.document == self.draft:
            return None
        if last is not None and tells_who(last.questionnaire):
            self.draft = replace(self.questionnaire, asked_who=True).to_json()
        edition = Edition(number=(last.number if last else 0) + 1, document=self.draft)
        self.editions.append(edition)
        self.recounted_on = None  # what it says of earlier questions may change what is counted of them
        return edition

    def add_card(self, label: str, **how: Any) -> "Card":
        """Add a card with a new code; `how` may give view, language, source, group, sheet."""
        last = max((card.position for card in self.cards), default=0)
        card = Card(code=new_card_code(), label=label, position=last + 1, **how)
        self.cards.append(card)
        return card

    def remove_card(self, card: "Card") -> None:
        """Take away a card that nobody has finished from. Raises CardInUseError."""
        if card.finished_count:
            raise CardInUseError(card.label)
        self.cards.remove(card)


class Edition(Base):
    """A published questionnaire that answers belong to; it never changes."""

    __tablename__ = "edition"

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[dict[str, Any]] = mapped_column(Json)

    @property
    def questionnaire(self) -> Questionnaire:
        """The document."""
        return read_questionnaire(self.document)


class Card(Base):
    """A printed code that leads to a survey and counts how many finished from it, and nothing more."""

    __tablename__ = "card"

    code: Mapped[str] = mapped_column(String(6), primary_key=True)
    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(LABEL_LENGTH))
    sheet: Mapped[str | None] = mapped_column(String(10))
    view: Mapped[str | None] = mapped_column(String(10))
    language: Mapped[str | None] = mapped_column(String(35))
    source: Mapped[str] = mapped_column(String(10), default="qr")
    group: Mapped[str | None] = mapped_column(String(60))
    finished_count: Mapped[int] = mapped_column(default=0)
    survey: Mapped[Survey] = relationship(back_populates="cards")


def preset_sharing(expected: int | None) -> str:
    """How answers are shown where the organiser hasn't said: a small group is told openly that it is one."""
    return TOGETHER if expected is not None and expected >= ENOUGH_TO_HIDE else OPENLY


def is_shown_openly(sharing: str | None, expected: int | None) -> bool:
    """Whether answers are shown as they come, by the organiser's choice or by how many people are expected."""
    return (sharing or preset_sharing(expected)) == OPENLY


def event_key_of(title: str, event_date: date | None, taken: set[str]) -> str:
    """A slug of title and date, unique among those taken: `carers-day-2026-10-07`, then `…-2`."""
    words = "".join(character if character.isalnum() and character.isascii() else " " for character in title.lower())
    slug = "-".join(words.split())[:50].strip("-") or "event"
    base = f"{slug}-{event_date.isoformat()}" if event_date else slug
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def today_at(zone: ZoneInfo, now: datetime | None = None) -> date:
    """The day it is at the event."""
    return (now or datetime.now(UTC)).astimezone(zone).date()
