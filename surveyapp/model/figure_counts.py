"""Counters of what people answered, so that a page of figures costs the same at a hundred and at a million responses.

A response is counted once, when it may be shown (`counted` marks it), and uncounted in the transaction that takes it
back. What is shown but not counted yet is counted by whoever looks: figures are exact at any moment. How a response is
counted stands in `surveyapp.model.counting`.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    String,
    Table,
    Text,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.model.base import Base
from surveyapp.model.counting import RESPONSES, WHOLE, CountKey, Counts, ResponseCounter
from surveyapp.model.document import read_questionnaire
from surveyapp.model.installation import comment_key
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.response import Response, few, that_counts
from surveyapp.model.saving import insert_into
from surveyapp.model.survey import REHEARSAL, Edition, Survey

SLICE = 10_000  # rows in memory at once


class FigureCount(Base):
    """How many gave one answer, in one cell of a breakdown: of responses that may be shown, and were counted."""

    __tablename__ = "figure_count"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    dimension: Mapped[str] = mapped_column(String(10), primary_key=True)
    cell: Mapped[str] = mapped_column(String(60), primary_key=True)
    question: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(String(64), primary_key=True)
    n: Mapped[int]


COUNT: Table = FigureCount.metadata.tables["figure_count"]
RESPONSE: Table = Response.metadata.tables["response"]
_KEY = ("edition", "dimension", "cell", "question", "value")
_ANSWERED = (
    RESPONSE.c.key, RESPONSE.c.edition, RESPONSE.c.group, RESPONSE.c.view, RESPONSE.c.language, RESPONSE.c.follows,
    cast(RESPONSE.c.answers, Text),
)  # fmt: skip


def that_is_uncounted(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Which of a survey's responses may be shown and aren't in the counters yet."""
    return (*that_counts(survey_id), Response.counted.is_(False))


def that_waits_to_be_counted() -> tuple[ColumnElement[bool], ...]:
    """Which responses of any survey aren't counted: not released yet, or released since the counters were written."""
    here = (Response.counted.is_(False), Response.finished.is_(True), Response.withdrawn.is_(False))
    return (*here, Response.source != REHEARSAL)


def that_is_counted(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Which of a survey's responses are in the counters."""
    return (*that_counts(survey_id), Response.counted.is_(True))


def editions_of(connection: Connection, survey_id: UUID) -> list[Questionnaire]:
    """Every edition of a survey, in order."""
    documents = select(cast(Edition.document, Text)).where(Edition.survey_id == survey_id).order_by(Edition.number)
    return [_read(document) for document in connection.scalars(documents)]


@lru_cache(maxsize=100)
def _read(document: str) -> Questionnaire:
    """A document, parsed once for many looks at the figures of its answers."""
    return read_questionnaire(orjson.loads(document))


def counting_of(connection: Connection, survey_id: UUID) -> ResponseCounter:
    """A new count of a survey."""
    return ResponseCounter(editions_of(connection, survey_id), comment_key(connection))


def count_released(connection: Connection, survey_id: UUID) -> int:
    """Count what may be shown and isn't counted yet; see `release_and_count`."""
    return release_and_count(connection, survey_id, *that_is_uncounted(survey_id))


def release_and_count(connection: Connection, survey_id: UUID, *which: ColumnElement[bool]) -> int:
    """Mark responses as released and counted, and count exactly those that were marked; returns how many.

    The caller commits, and holds the survey's row, so that nobody counts or takes back meanwhile.
    """
    counting = counting_of(connection, survey_id)
    some = few(*which, RESPONSE.c.counted.is_(False), limit=SLICE)
    marked = update(RESPONSE).where(*some).values(released=True, counted=True).returning(*_ANSWERED)
    while rows := connection.execute(marked).all():
        counting.fold(rows)
        counting.keep_least()
    if counting.responses:
        _add(connection, survey_id, counting.counts)
        _list(connection, survey_id, counting)
    return counting.responses


def uncount(connection: Connection, survey_id: UUID, *which: ColumnElement[bool]) -> None:
    """Take responses out of the counters, in the transaction that empties them; the caller holds the survey's row."""
    counted = select(*_ANSWERED).where(*that_is_counted(survey_id), *which)
    counting = counting_of(connection, survey_id).fold(connection.execute(counted))
    _add(connection, survey_id, {key: -n for key, n in counting.counts.items()})


def stored_counts(connection: Connection, survey_id: UUID, *dimensions: str) -> Counts:
    """The counters as they are stored: all, or those of some dimensions, and of the others how many responses."""
    wanted = select(*(COUNT.c[name] for name in _KEY), COUNT.c.n).where(COUNT.c.survey_id == survey_id)
    if dimensions:
        wanted = wanted.where(or_(COUNT.c.dimension.in_(dimensions), COUNT.c.question == ""))
    return Counter({(edition, *key): n for edition, *key, n in connection.execute(wanted)})


def responses_counted(connection: Connection, survey_id: UUID) -> int:
    """How many responses are in the counters."""
    here = (COUNT.c.survey_id == survey_id, COUNT.c.dimension == WHOLE, COUNT.c.value == RESPONSES)
    return connection.scalar(select(func.coalesce(func.sum(COUNT.c.n), 0)).where(*here)) or 0


def counted_anew(connection: Connection, survey_id: UUID) -> ResponseCounter:
    """What the counters should hold, counted from the rows."""
    return _folded(connection, survey_id, *that_is_counted(survey_id))


def not_counted_yet(connection: Connection, survey_id: UUID) -> ResponseCounter:
    """What whoever looks counts themselves: responses that may be shown and aren't in the counters."""
    return _folded(connection, survey_id, *few(*that_is_uncounted(survey_id)))


def _folded(connection: Connection, survey_id: UUID, *which: ColumnElement[bool]) -> ResponseCounter:
    counting = counting_of(connection, survey_id)
    with connection.execute(select(*_ANSWERED).where(*which), execution_options={"yield_per": SLICE}) as result:
        for part in result.partitions():
            counting.fold(part)
            counting.keep_least()
    return counting


@dataclass(frozen=True, slots=True)
class Recounted:
    """Whether the counters, and the marks of listed comments, are as the rows have it."""

    counts_are_right: bool
    lists_are_right: bool

    @property
    def is_right(self) -> bool:
        """Whether there is nothing to mend."""
        return self.counts_are_right and self.lists_are_right


def recounted(connection: Connection, survey_id: UUID) -> Recounted:
    """Compare the counters with a recount from the rows, in one snapshot.

    Lists are as they were counted in: where a listed comment was taken back, they are filled up by `mend`.
    """
    counting = counted_anew(connection, survey_id)
    listed = {row[0] for row in listed_rows(connection, survey_id)}
    return Recounted(stored_counts(connection, survey_id) == counting.counts, listed == counting.listed)


def mend(connection: Connection, survey_id: UUID) -> None:
    """Write the counters and the marks of listed comments as the rows have it; the caller holds the survey's row."""
    counting = counted_anew(connection, survey_id)
    connection.execute(delete(COUNT).where(COUNT.c.survey_id == survey_id))
    _add(connection, survey_id, counting.counts)
    _mark_listed(connection, survey_id, counting.listed)


def _add(connection: Connection, survey_id: UUID, counts: Mapping[CountKey, int]) -> None:
    """Add to the counters; one that falls to nothing goes, as it would tell what was taken back."""
    rows = [{"survey_id": survey_id, **dict(zip(_KEY, key, strict=True)), "n": n} for key, n in counts.items()]
    if not rows:
        return
    adding = insert_into(COUNT, connection.dialect.name)
    again = {"n": COUNT.c.n + adding.excluded.n}
    connection.execute(adding.on_conflict_do_update(index_elements=["survey_id", *_KEY], set_=again), rows)
    connection.execute(delete(COUNT).where(COUNT.c.survey_id == survey_id, COUNT.c.n == 0))


def _list(connection: Connection, survey_id: UUID, counting: ResponseCounter) -> None:
    """Mark the responses of which a comment is listed now: the least names of those listed before and the new ones."""
    before = counting_of(connection, survey_id).fold(listed_rows(connection, survey_id))
    for question, found in before.comments.items():
        counting.comments[question] += found
    _mark_listed(connection, survey_id, counting.listed)


def listed_rows(connection: Connection, survey_id: UUID) -> Sequence[Sequence[Any]]:
    """The counted responses of which a comment is listed."""
    marked = few(Response.survey_id == survey_id, Response.listed.is_(True))
    return connection.execute(select(*_ANSWERED).where(*marked, *that_is_counted(survey_id))).all()


def rows_to_list(connection: Connection, survey_id: UUID, new: ResponseCounter) -> Sequence[Sequence[Any]]:
    """The responses of which a comment is listed: of those that are counted, and of `new` ones."""
    listed = listed_rows(connection, survey_id)
    if not new.listed:
        return listed
    here = (RESPONSE.c.survey_id == survey_id, RESPONSE.c.key.in_(new.listed))
    return [*listed, *connection.execute(select(*_ANSWERED).where(*here))]


def _mark_listed(connection: Connection, survey_id: UUID, keys: frozenset[bytes]) -> None:
    before = {row[0] for row in listed_rows(connection, survey_id)}
    for is_listed, changed in ((False, before - keys), (True, keys - before)):
        if changed:
            here = (RESPONSE.c.survey_id == survey_id, RESPONSE.c.key.in_(changed))
            connection.execute(update(RESPONSE).where(*here).values(listed=is_listed))


def write_counters_anew(connection: Connection, survey_id: UUID, shuffle: Callable[[list[Any]], None]) -> None:
    """Write a survey's counters anew in random order: none shows then with which response it last changed."""
    here = COUNT.c.survey_id == survey_id
    rows = [dict(row._mapping) for row in connection.execute(select(COUNT).where(here))]
    shuffle(rows)
    connection.execute(delete(COUNT).where(here))
    if rows:
        connection.execute(insert(COUNT), rows)
