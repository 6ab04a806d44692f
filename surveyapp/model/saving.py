"""Storing what a phone sent: two statements a save, one or two more when a response is sealed.

Everything lies in `inbox` first, and a phone is answered from `inbox` and `response` as if they were one table: a
response that has been moved is found there and never stored again. Where answers are shown as they come, a sealed one
goes straight to `response`.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, cast, delete, exists, literal, select, union_all, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from surveyapp.model.kinds.reading import codes_of
from surveyapp.model.response import (
    InboxResponse,
    Outcome,
    Response,
    Sent,
    UnlinkedAnswer,
    Version,
    follow_key_of,
    is_kept_safe,
    key_of,
    next_revision,
    outcome,
)
from surveyapp.model.survey import REHEARSAL, Card, Survey

TRIES = 5
UNLINKED_KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class StoredLocation:
    """Where a response comes from: the card is only counted, its group (if any) is kept.

    `openly` where answers are shown as they come.
    """

    survey_id: UUID
    card: str
    source: str
    group: str | None = None
    openly: bool = False

    @property
    def releases_at_once(self) -> bool:
        """Whether a sealed response may be read from now on; what is rehearsed is the organiser's own."""
        return self.openly or self.source == REHEARSAL


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What is stored now: `is_safe` when it is what was sent, or something newer of the same id."""

    revision: int
    finished: bool
    is_safe: bool
    withdrawn: bool = False


def record(
    session: Session, place: StoredLocation, sent: Sent, today: date, receipt: bytes | None = None
) -> SaveResult:
    """Store one version of a response by the rules of `response.outcome`; the caller commits.

    Two first saves of one id at the same moment: the later one finds the row and decides again.
    """
    for _ in range(TRIES):
        recorded = _try_to_record(session, place, sent, today, receipt)
        if recorded is not None:
            return recorded
    raise RuntimeError("another save of the same response kept getting in between")


def stored_version(session: Session, survey_id: UUID, response_id: str) -> Version | None:
    """What is stored under a phone's id, if anything."""
    key = key_of(response_id)
    found = _stored(session, survey_id, [key], for_update=False).get(key)
    return found.version if found else None


@dataclass(frozen=True, slots=True)
class _StoredVersion:
    """A stored version, and whether it still lies in the inbox."""

    version: Version
    in_inbox: bool


def _try_to_record(
    session: Session, place: StoredLocation, sent: Sent, today: date, receipt: bytes | None
) -> SaveResult | None:
    # Only a finish can follow a sealed response, so only then is there a second key to look up.
    key, follow_key = key_of(sent.id), follow_key_of(sent.id, sent.version)
    found = _stored(session, place.survey_id, [key, follow_key] if sent.version.finished else [key], for_update=True)
    stored = found[key].version if key in found else None
    decision = outcome(stored, sent.version)
    # The follow-up came before: its key is made of its answers, so that a replay finds it and makes no third.
    if decision is Outcome.FOLLOW and follow_key in found:
        return SaveResult(found[follow_key].version.revision or 0, finished=True, is_safe=True)
    if decision is Outcome.KEEP and stored is not None:
        is_safe = is_kept_safe(stored, sent.version)
        return SaveResult(stored.revision or 0, stored.finished, is_safe, stored.withdrawn)
    row = _row(place, sent, today, next_revision(stored, sent.version))
    # Whoever only saves has no receipt yet. A follow-up has none of its own: its phone holds the first one's, and
    # taking that back takes what followed it.
    row |= {"receipt": receipt if sent.version.finished else None}
    if decision is Outcome.FOLLOW:
        row |= {"key": follow_key, "follows": key, "receipt": None}
        # The sealed one stays as it is; under the new key there is nothing yet.
        stored = None
    is_written = (
        _write_released(session, row, in_inbox=stored is not None)
        if sent.version.finished and place.releases_at_once
        else _write_to_inbox(session, row, is_new=stored is None)
    )
    # Somebody inserted the key between our look and our insert: the caller looks again and decides anew.
    if not is_written:
        return None
    # Reached once a response: a replay of a sealed one was answered above.
    if sent.version.finished:
        _count(session, place, sent)
    return SaveResult(row["revision"], sent.version.finished, is_safe=True)


def _stored(session: Session, survey_id: UUID, keys: list[bytes], *, for_update: bool) -> dict[bytes, _StoredVersion]:
    """What is stored under the keys, in the inbox or moved; what lies in the inbox stays locked `for_update`."""
    wanted = {"of": survey_id, "first": keys[0], "second": keys[-1]}
    rows = session.connection().execute(_STORED_FOR_UPDATE if for_update else _STORED, wanted)
    return {key: _StoredVersion(Version(*version), bool(in_inbox)) for key, *version, in_inbox in rows}


def _row(place: StoredLocation, sent: Sent, today: date, revision: int) -> dict[str, Any]:
    return {
        "survey_id": place.survey_id,
        "key": key_of(sent.id),
        "edition": sent.edition,
        "group": place.group,
        "view": sent.view,
        "language": sent.language,
        "source": place.source,
        "revision": revision,
        "finished": sent.version.finished,
        "late": sent.late,
        "late_choice": sent.late_choice,
        "withdrawn": False,
        "follows": None,
        # A day only once it is sent: the day on which somebody began is nobody's business, and none finer is kept.
        "day": today if sent.version.finished else None,
        "answers": sent.version.answers,
    }


def _write_to_inbox(session: Session, row: dict[str, Any], *, is_new: bool) -> bool:
    """Insert or update; False when another transaction inserted the key first."""
    if is_new:
        return _insert_once(session, _NEW_IN_INBOX, INBOX, row)
    session.connection().execute(_CHANGE, {f"new_{name}": value for name, value in row.items()})
    return True


def _write_released(session: Session, row: dict[str, Any], *, in_inbox: bool) -> bool:
    """Store a sealed response where it may be read at once; False when another transaction did so first."""
    if in_inbox:
        session.connection().execute(_TAKE_FROM_INBOX, {"of": row["survey_id"], "first": row["key"]})
    # The routine that is due writes the survey's rows anew later, so that their order tells nobody's turn.
    session.connection().execute(_MOVED_NOW, {"of": row["survey_id"]})
    return _insert_once(session, {}, RESPONSE, {**row, "released": True})


def _insert_once(session: Session, statements: Mapping[str, Any], table: Table, row: dict[str, Any]) -> bool:
    """Insert a row unless its key is there; `statements` by dialect, else a plain one."""
    connection = session.connection()
    dialect = connection.dialect.name
    statement = statements.get(dialect, insert_into(table, dialect).on_conflict_do_nothing())
    # The row count says who was first: on a conflict nothing is inserted, and no error ends the transaction.
    counted = connection.execute(statement, row, execution_options={"preserve_rowcount": True})
    return bool(counted.rowcount == 1)


def _count(session: Session, place: StoredLocation, sent: Sent) -> None:
    """Count the card and put the unlinked answers apart, in the transaction that seals and only then."""
    connection = session.connection()
    connection.execute(_ONE_MORE, {"card": place.card})
    apart = [
        {
            "survey_id": place.survey_id,
            "key": secrets.token_bytes(UNLINKED_KEY_BYTES),
            "question": question,
            "value": code,
        }
        # In the order of their names, not of the form: nothing tells in which order somebody answered.
        for question, answer in sorted(sent.unlinked.items())
        for code in sorted(codes_of(answer))
    ]
    if apart:
        connection.execute(UNLINKED.insert(), apart)


def insert_into(table: Table, dialect: str) -> Any:
    """The dialect's own INSERT, which can name what to do on a conflict."""
    return {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[dialect](table)


INBOX: Table = InboxResponse.metadata.tables["inbox"]
RESPONSE: Table = Response.metadata.tables["response"]
_SURVEY: Table = Survey.metadata.tables["survey"]
UNLINKED: Table = UnlinkedAnswer.metadata.tables["unlinked_inbox"]

# Built once: building a statement anew costs more than running it.
_VERSION = ("key", "revision", "finished", "answers", "withdrawn")


def _found_in(table: Table, *, in_inbox: bool) -> Any:
    keys = table.c.key.in_([bindparam("first"), bindparam("second")])
    columns = (table.c[name] for name in _VERSION)
    return select(*columns, literal(in_inbox).label("in_inbox")).where(table.c.survey_id == bindparam("of"), keys)


def _new_in_inbox_of_postgresql() -> Any:
    """An insert that sees what was moved meanwhile.

    A row that is moved while `_STORED_FOR_UPDATE` waits for its lock is gone from the inbox then, and not yet in that
    statement's view of `response`. This statement has a view of its own.
    """
    moved = exists().where(
        RESPONSE.c.survey_id == bindparam("survey_id", type_=INBOX.c.survey_id.type),
        RESPONSE.c.key == bindparam("key", type_=INBOX.c.key.type),
    )
    values = (
        cast(bindparam(column.name, type_=column.type), column.type).label(column.name) for column in INBOX.columns
    )
    names = [column.name for column in INBOX.columns]
    return postgresql_insert(INBOX).from_select(names, select(*values).where(~moved)).on_conflict_do_nothing()


_IN_INBOX = _found_in(INBOX, in_inbox=True)
_MOVED = _found_in(RESPONSE, in_inbox=False)
_STORED = union_all(_IN_INBOX, _MOVED)
# A lock can't stand in one half of a UNION: the locked half is a common table expression of its own.
_STORED_FOR_UPDATE = union_all(select(_IN_INBOX.with_for_update().cte("waiting")), _MOVED)
_NEW_IN_INBOX = {"postgresql": _new_in_inbox_of_postgresql()}
_TAKE_FROM_INBOX = delete(INBOX).where(INBOX.c.survey_id == bindparam("of"), INBOX.c.key == bindparam("first"))
_MOVED_NOW = (
    update(_SURVEY)
    .where(_SURVEY.c.id == bindparam("of"), _SURVEY.c.moved_since_rewrite.is_(False))
    .values(moved_since_rewrite=True)
)
_CHANGE = (
    update(INBOX)
    .where(INBOX.c.survey_id == bindparam("new_survey_id"), INBOX.c.key == bindparam("new_key"))
    .values({column.name: bindparam(f"new_{column.name}", type_=column.type) for column in INBOX.columns})
)
_ONE_MORE = update(Card).where(Card.code == bindparam("card")).values(finished_count=Card.finished_count + 1)
