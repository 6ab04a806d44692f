"""Storing what a phone sent: two statements a save, two more when a response is sealed."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from surveyapp.model.answers import codes_of
from surveyapp.model.response import (
    Outcome,
    Response,
    Sent,
    UnlinkedCount,
    Version,
    follow_key_of,
    is_kept_safe,
    key_of,
    next_revision,
    outcome,
)
from surveyapp.model.survey import Card

TRIES = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a response comes from: the card is only counted, its group (if any) is kept."""

    survey_id: UUID
    card: str
    source: str
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is stored now: `is_safe` when it is what was sent, or something newer of the same id."""

    revision: int
    finished: bool
    is_safe: bool
    withdrawn: bool = False


def record(session: Session, place: Place, sent: Sent, today: date, receipt: bytes | None = None) -> Recorded:
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
    return _stored(session, survey_id, [key_of(response_id)], lock=False).get(key_of(response_id))


def _try_to_record(session: Session, place: Place, sent: Sent, today: date, receipt: bytes | None) -> Recorded | None:
    key, follow_key = key_of(sent.id), follow_key_of(sent.id, sent.version)
    found = _stored(session, place.survey_id, [key, follow_key] if sent.version.finished else [key], lock=True)
    stored = found.get(key)
    decision = outcome(stored, sent.version)
    if decision is Outcome.FOLLOW and follow_key in found:
        return Recorded(found[follow_key].revision or 0, finished=True, is_safe=True)
    if decision is Outcome.KEEP and stored is not None:
        is_safe = is_kept_safe(stored, sent.version)
        return Recorded(stored.revision or 0, stored.finished, is_safe, stored.withdrawn)
    row = _row(place, sent, today, next_revision(stored, sent.version))
    row |= {"receipt": receipt if sent.version.finished else None}
    if decision is Outcome.FOLLOW:
        row |= {"key": follow_key, "follows": key, "receipt": None}
        stored = None
    if not _write(session, row, is_new=stored is None):
        return None
    if sent.version.finished:
        _count(session, place, sent)
    return Recorded(row["revision"], sent.version.finished, is_safe=True)


def _stored(session: Session, survey_id: UUID, keys: list[bytes], *, lock: bool) -> dict[bytes, Version]:
    wanted = {"of": survey_id, "first": keys[0], "second": keys[-1]}
    rows = session.connection().execute(_FOUND_TO_CHANGE if lock else _FOUND, wanted)
    return {key: Version(*version) for key, *version in rows}


def _row(place: Place, sent: Sent, today: date, revision: int) -> dict[str, Any]:
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
        "withdrawn": False,
        "follows": None,
        "day": today if sent.version.finished else None,
        "answers": sent.version.answers,
    }


def _write(session: Session, row: dict[str, Any], *, is_new: bool) -> bool:
    """Insert or update; False when another transaction inserted the key first."""
    connection = session.connection()
    if is_new:
        statement = _insert(Response.__table__, connection.dialect.name).on_conflict_do_nothing()
        counted = connection.execute(statement, row, execution_options={"preserve_rowcount": True})
        return bool(counted.rowcount == 1)
    connection.execute(_CHANGE, {f"new_{name}": value for name, value in row.items()})
    return True


def _count(session: Session, place: Place, sent: Sent) -> None:
    """Count the card and the unlinked answers, in the transaction that seals and only then."""
    connection = session.connection()
    connection.execute(_ONE_MORE, {"card": place.card})
    counted = [
        {"survey_id": place.survey_id, "question": question, "value": code, "n": 1}
        for question, answer in sorted(sent.unlinked.items())
        for code in sorted(codes_of(answer))
    ]
    if counted:
        statement = _insert(UnlinkedCount.__table__, connection.dialect.name).values(counted)
        again = {"n": UnlinkedCount.__table__.c.n + statement.excluded.n}
        connection.execute(
            statement.on_conflict_do_update(index_elements=["survey_id", "question", "value"], set_=again)
        )


def _insert(table: Any, dialect: str) -> Any:
    """The dialect's own INSERT, which can name what to do on a conflict."""
    return {"sqlite": sqlite_insert, "postgresql": postgresql_insert}[dialect](table)


# Built once: building a statement anew costs more than running it.
_FOUND = select(Response.key, Response.revision, Response.finished, Response.answers, Response.withdrawn).where(
    Response.survey_id == bindparam("of"), Response.key.in_([bindparam("first"), bindparam("second")])
)
_FOUND_TO_CHANGE = _FOUND.with_for_update()
_CHANGE = (
    update(Response)
    .where(Response.survey_id == bindparam("new_survey_id"), Response.key == bindparam("new_key"))
    .values({column.name: bindparam(f"new_{column.name}", type_=column.type) for column in Response.__table__.columns})
)
_ONE_MORE = update(Card).where(Card.code == bindparam("card")).values(finished_count=Card.finished_count + 1)
