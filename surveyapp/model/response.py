"""A response is one row, written whole: any order and any repetition of the same saves ends in the same row.

There is no column for an address, a device, a name, a table or a time finer than a day.

What phones send lies in `inbox`. A sealed response is moved to `response` later, in random order and with others
(`surveyapp.model.release`), so that nothing stored tells who came first or last.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, String, Text, cast, false, select, text
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.model.base import Base, Json
from surveyapp.model.survey import REHEARSAL, Survey

COUNT = "count"  # who comes late is counted, and their answers are stored nowhere
SHOW = "show"  # or shown all the same, however few come so late
NEWER_THAN_ANY = 1_000_000_000  # the revision of a withdrawn response: a phone sends nine digits at most


class StoredResponse:
    """The columns that `inbox` and `response` share; the key is the SHA-256 of the random id that the phone made.

    Random keys and no hidden row number: neither the order of rows nor a key says who came first. `late_choice` is what
    somebody chose who came after the release: `SHOW` all the same, or only `COUNT` them.
    """

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    edition: Mapped[int]
    group: Mapped[str | None] = mapped_column(String(60))
    view: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(35))
    source: Mapped[str] = mapped_column(String(10))
    revision: Mapped[int]
    finished: Mapped[bool]
    late: Mapped[bool]
    late_choice: Mapped[str | None] = mapped_column(String(5))
    withdrawn: Mapped[bool] = mapped_column(default=False)
    follows: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    day: Mapped[date | None]
    receipt: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    answers: Mapped[dict[str, Any]] = mapped_column(Json)


def _index_of_few(name: str, mark: str, *columns: str, is_so: bool = True) -> Index:
    """An index of a survey's responses of which a mark is so: few, that nobody then looks for among a million others.

    SQLite takes it only for queries that it covers (`few` makes one that finds whole rows).
    """
    sqlite, postgresql = (text(f"{mark} IS {words[is_so]}") for words in (("0", "1"), ("false", "true")))
    return Index(name, "survey_id", mark, *columns, sqlite_where=sqlite, postgresql_where=postgresql)


class InboxResponse(StoredResponse, Base):
    """What a phone sent: an unfinished response, or a sealed one that waits to be moved to `response`."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_receipt", "receipt"),
        {"sqlite_with_rowid": False},
    )


class Response(StoredResponse, Base):
    """A sealed response that was moved; `released` once it may be read, counted and exported.

    `blanked` names the columns that are empty in the ordinary files, with spaces between; None: all that may be.
    `counted` once it is in the counters (`model.figure_counts`), `listed` where pages of figures list a comment.
    """

    __tablename__ = "response"
    __table_args__ = (
        Index("ix_response_receipt", "receipt"),
        _index_of_few(
            "ix_response_uncounted", "counted", "released", "finished", "withdrawn", "key", "source", is_so=False
        ),
        _index_of_few("ix_response_begun", "finished", "released", is_so=False),
        _index_of_few("ix_response_withdrawn", "withdrawn"),
        _index_of_few("ix_response_listed", "listed"),
        {"sqlite_with_rowid": False},
    )

    released: Mapped[bool] = mapped_column(default=False, server_default=false())
    blanked: Mapped[str | None] = mapped_column(Text)
    counted: Mapped[bool] = mapped_column(default=False, server_default=false())
    listed: Mapped[bool] = mapped_column(default=False, server_default=false())


class UnlinkedAnswer(Base):
    """One answer to an equality question that waits to be counted, under a random key of its own and no other."""

    __tablename__ = "unlinked_inbox"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    question: Mapped[str] = mapped_column(String(32))
    value: Mapped[str] = mapped_column(String(32))


class UnlinkedCount(Base):
    """How many gave one answer to an equality question, counted at the final release."""

    __tablename__ = "unlinked_count"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id), primary_key=True)
    question: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(String(32), primary_key=True)
    n: Mapped[int]


def that_counts(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Which of a survey's responses may be in a figure or a file: released, sent, not withdrawn or rehearsed."""
    return (
        Response.survey_id == survey_id,
        Response.released.is_(True),
        Response.finished.is_(True),
        Response.withdrawn.is_(False),
        Response.source != REHEARSAL,
    )


def that_was_tried(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Which of a survey's responses an organiser tried out; whoever reads them asks whether they may still be shown."""
    return (
        Response.survey_id == survey_id,
        Response.source == REHEARSAL,
        Response.finished.is_(True),
        Response.withdrawn.is_(False),
    )


def few(*which: ColumnElement[bool], limit: int | None = None) -> tuple[ColumnElement[bool], ...]:
    """The same responses, some of them at the most, found by their keys first: which an index has."""
    keys = select(Response.key).where(*which).limit(limit)
    return (*which, Response.key.in_(keys))


def that_was_begun(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Which of a survey's responses are copies of what people had begun and not sent when it was released."""
    return Response.survey_id == survey_id, Response.released.is_(True), Response.finished.is_(False)


def that_is_unfinished(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Which of a survey's inbox are answers that somebody began and didn't send."""
    return (
        InboxResponse.survey_id == survey_id,
        InboxResponse.finished.is_(False),
        InboxResponse.withdrawn.is_(False),
        InboxResponse.source != REHEARSAL,
        cast(InboxResponse.answers, Text) != "{}",
    )


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a response: its revision (None = newer than any before), whether it finishes, its answers."""

    revision: int | None
    finished: bool
    answers: dict[str, Any]
    withdrawn: bool = False

    @property
    def digest(self) -> bytes:
        """The hash that tells two states of the same revision apart, the same on every machine."""
        return hashlib.sha256(canonical(self.answers)).digest()


class Outcome(Enum):
    """What becomes of a version that was sent."""

    STORE = "store"
    KEEP = "keep"
    FOLLOW = "follow"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a phone sent, read and ready to be stored."""

    id: str
    version: Version
    edition: int
    view: str
    language: str
    late: bool = False
    late_choice: str | None = None
    unlinked: dict[str, Any] = field(default_factory=dict)


def canonical(answers: dict[str, Any]) -> bytes:
    """Answers as bytes that are equal when the answers are."""
    return json.dumps(answers, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def key_of(response_id: str) -> bytes:
    """The stored key of a phone's id."""
    return hashlib.sha256(response_id.lower().encode()).digest()


def id_of(key: bytes) -> str:
    """How a response is named: the first 16 hex digits of its key."""
    return key[:8].hex()


def begun_key_of(key: bytes) -> bytes:
    """The key of the copy that is released of an unfinished response: nobody can join it to what is sent later."""
    return hashlib.sha256(b"unfinished" + key).digest()


def follow_key_of(response_id: str, version: Version) -> bytes:
    """The key of a response that follows a sealed one; replaying it makes no third."""
    return hashlib.sha256(response_id.lower().encode() + b":" + version.digest).digest()


def outcome(stored: Version | None, sent: Version) -> Outcome:
    """Decide by the rules of saving: higher revision wins, equal ones by hash, finishing seals, withdrawing ends it.

    A finish wins over every unfinished state, even one of a higher revision: the two may arrive in either order.
    """
    if stored is None:
        return Outcome.STORE
    # A late replay must not bring back what was taken back.
    if stored.withdrawn:
        return Outcome.KEEP
    if stored.finished:
        return _after_the_seal(stored, sent)
    # A page without script sends no revision: what comes later counts as newer.
    if sent.finished or sent.revision is None:
        return Outcome.STORE
    # Two tabs may use one revision; the hash decides the same way on every server, in whatever order they come.
    newer = (sent.revision, sent.digest) > (stored.revision or 0, stored.digest)
    return Outcome.STORE if newer else Outcome.KEEP


def _after_the_seal(stored: Version, sent: Version) -> Outcome:
    is_newer = sent.revision is None or sent.revision > (stored.revision or 0)
    # A plain save after the seal is a straggler. The same answers sent again are a replay, whatever their revision.
    says_more = sent.finished and is_newer and sent.digest != stored.digest
    return Outcome.FOLLOW if says_more else Outcome.KEEP


def next_revision(stored: Version | None, sent: Version) -> int:
    """The revision that a version is stored with; a missing one counts as one more than stored."""
    if sent.revision is not None:
        return sent.revision
    return 1 if stored is None else (stored.revision or 0) + 1


def is_kept_safe(stored: Version, sent: Version) -> bool:
    """Whether what was sent, or something newer of the same id, is what is stored.

    Nothing is newer than a withdrawal: the phone may delete its copy of whatever it still had to send.
    """
    if stored.withdrawn:
        return True
    # A finish is not safe while the same answers are stored only as unfinished ones.
    if stored.digest == sent.digest and (stored.finished or not sent.finished):
        return True
    # At equal revisions and other answers the stored ones won by their hash: the phone must keep its copy.
    return sent.revision is not None and sent.revision < (stored.revision or 0)
