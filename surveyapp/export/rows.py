"""The one iterator over responses that feeds every file, so that no file can differ from another.

It reads columns, never ORM objects, by a server-side cursor, in the order of the random keys: the order of rows says
nothing about who came first, and memory stays flat however many there are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypedDict, Unpack
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import Connection, Engine, Select, Subquery, Text, cast, select, union_all
from sqlalchemy.exc import NoResultFound

from surveyapp.db import sessions as db
from surveyapp.figures.suppression import ENOUGH
from surveyapp.model.answers import Answers
from surveyapp.model.document import read_questionnaire
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.response import InboxResponse, Response, that_counts, that_is_unfinished
from surveyapp.model.survey import Edition, Survey, event_key_of, today_at

FETCH = 1000  # rows a round trip to the database
BATCH = 200  # responses at work: few enough to stay in the processor's cache
_ID_BYTES = 8
COLUMNS = (
    "edition", "key", "day", "group", "view", "language", "source", "finished", "late", "follows", "answers",
)  # fmt: skip
FINISHED = COLUMNS[2:].index("finished")
INBOX, RESPONSE = InboxResponse.__table__, Response.__table__


Asked = tuple[str, int]
"""One edition of one event: the event's key and the edition's number."""


class Batch(NamedTuple):
    """Some responses of one edition, by column: what stands first in each is of the first response.

    By column, since each step is then one call for all of them; whatever writes rows zips the columns it needs.
    """

    asked: Asked
    ids: Sequence[str]
    days: Sequence[date | None]
    groups: Sequence[str | None]
    views: Sequence[str]
    languages: Sequence[str]
    sources: Sequence[str]
    finished: Sequence[bool]
    late: Sequence[bool]
    follows: Sequence[str | None]
    answers: Sequence[Answers]


@dataclass(frozen=True, slots=True)
class Event:
    """A survey as it is exported: its key (empty if it never opened) and its editions by number, oldest first."""

    survey_id: UUID
    title: str
    key: str
    editions: Mapping[int, Questionnaire]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One survey, or the events of a series (oldest first), at one moment.

    `made_on` is the latest event's own day; equality totals of fewer people than `equality_limit` are withheld, and
    none at all are wanted where that is None. In what may be passed on, groups of fewer than `small_group` are.
    """

    title: str
    events: tuple[Event, ...]
    made_on: date
    connection: Connection
    unfinished: bool = False
    equality_limit: int | None = None
    small_group: int = ENOUGH

    @property
    def is_series(self) -> bool:
        """Whether several events are in it."""
        return len(self.events) > 1

    @property
    def key(self) -> str:
        """The event's key; of a series, its title as one."""
        return event_key_of(self.title, None, set()) if self.is_series else self.events[0].key

    @property
    def editions(self) -> dict[Asked, Questionnaire]:
        """Every edition of every event, the newest last."""
        return {(event.key, number): asked for event in self.events for number, asked in event.editions.items()}

    def batches(self) -> Iterator[Batch]:
        """The responses event by event, ordered by their key; each call reads them anew, and all the same."""
        for event in self.events:
            with self.connection.execute(self.responses(event), execution_options={"yield_per": FETCH}) as result:
                for part in result.partitions(BATCH):
                    for edition, run in groupby(part, key=itemgetter(0)):
                        yield _batch((event.key, edition), run)

    def responses(self, event: Event) -> Select[*tuple[Any, ...]]:
        """What reads an event's responses, by some hundreds at a time."""
        return _responses(self.stored(event))

    def stored(self, event: Event) -> Subquery:
        """An event's responses as one table: the released ones, and with `unfinished` what people began."""
        return _stored(event.survey_id, unfinished=self.unfinished)


class Wanted(TypedDict, total=False):
    """What a snapshot can hold beside the finished responses, and what it withholds."""

    unfinished: bool
    equality_limit: int | None
    small_group: int


@contextmanager
def snapshot(engine: Engine, *survey_ids: UUID, title: str = "", **wanted: Unpack[Wanted]) -> Iterator[Snapshot]:
    """One read transaction on a survey, or on those of a series with its title, closed at the end.

    Raises NoResultFound where a survey is gone.
    """
    with db.snapshot(engine) as connection:
        found = connection.execute(
            select(Survey.id, Survey.title, Survey.event_key, Survey.time_zone)
            .where(Survey.id.in_(survey_ids))
            .order_by(Survey.event_date.asc().nulls_first(), Survey.event_key)
        ).all()
        if len(found) != len(survey_ids):
            raise NoResultFound
        events = tuple(Event(id_, name, key or "", _editions(connection, id_)) for id_, name, key, _zone in found)
        yield Snapshot(
            title=title or events[-1].title,
            events=events,
            made_on=today_at(ZoneInfo(found[-1].time_zone)),
            connection=connection,
            **wanted,
        )


def _editions(connection: Connection, survey_id: UUID) -> dict[int, Questionnaire]:
    documents = select(Edition.number, Edition.document).where(Edition.survey_id == survey_id).order_by(Edition.number)
    return {number: read_questionnaire(document) for number, document in connection.execute(documents).all()}


def _stored(survey_id: UUID, *, unfinished: bool) -> Subquery:
    released = select(*(RESPONSE.c[name] for name in COLUMNS)).where(*that_counts(survey_id))
    if not unfinished:
        return released.subquery("stored")
    begun = select(*(INBOX.c[name] for name in COLUMNS)).where(*that_is_unfinished(survey_id))
    return union_all(released, begun).subquery("stored")


def _responses(stored: Subquery) -> Select[*tuple[Any, ...]]:
    """The columns that are exported, the answers as the text of their JSON: orjson reads it faster than the driver."""
    plain = (stored.c[name] for name in COLUMNS[:-1])
    return select(*plain, cast(stored.c.answers, Text)).order_by(stored.c.key)


def _batch(asked: Asked, run: Iterable[Any]) -> Batch:
    _editions, keys, *plain, follows, answers = zip(*run, strict=True)
    finished = plain[FINISHED]
    ids = _ids(keys) if all(finished) else _ids(map(_key_of_file, keys, finished))
    return Batch._make((asked, ids, *plain, _ids(follows), [orjson.loads(text) for text in answers]))


def _key_of_file(key: bytes, is_finished: bool) -> bytes:
    """An unfinished response has another name than the finished one that it may become."""
    return key if is_finished else sha256(b"unfinished" + key).digest()


def id_of(key: bytes) -> str:
    """How a response is named in every file: the first 16 hex digits of its key."""
    return key[:_ID_BYTES].hex()


def _ids(keys: Iterable[bytes | None]) -> list[Any]:
    """The names of keys; None stays None."""
    return [key and key[:_ID_BYTES].hex() for key in keys]
