"""The one iterator over responses that feeds every file, so that no file can differ from another.

It reads columns, never ORM objects, by a server-side cursor, in the order of the random keys: the order of rows says
nothing about who came first, and memory stays flat however many there are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import Connection, Engine, Select, Text, cast, select

from surveyapp import db
from surveyapp.domain.answers import Answers
from surveyapp.domain.document import read_questionnaire
from surveyapp.domain.questionnaire import Questionnaire
from surveyapp.domain.response import Response, that_counts
from surveyapp.domain.survey import Edition, Survey, today_at

FETCH = 1000  # rows a round trip to the database
BATCH = 200  # responses at work: few enough to stay in the processor's cache
_ID_BYTES = 8


class Batch(NamedTuple):
    """Some responses of one edition, by column: what stands first in each is of the first response.

    By column, since each step is then one call for all of them; whatever writes rows zips the columns it needs.
    """

    edition: int
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
class Snapshot:
    """A survey at one moment: its key (empty if it never opened), its editions by number, and its responses.

    `made_on` is the event's own day; equality totals of fewer people than `equality_limit` are withheld, and none at
    all are wanted where that is None.
    """

    survey_id: UUID
    title: str
    event_key: str
    made_on: date
    editions: Mapping[int, Questionnaire]
    connection: Connection
    responses: Select[*tuple[Any, ...]]
    unfinished: bool = False
    equality_limit: int | None = None

    def batches(self) -> Iterator[Batch]:
        """The responses ordered by their key, some hundreds at a time; each call reads them anew, and all the same."""
        with self.connection.execute(self.responses, execution_options={"yield_per": FETCH}) as result:
            for part in result.partitions(BATCH):
                for edition, run in groupby(part, key=itemgetter(0)):
                    yield _batch(edition, run)


@contextmanager
def snapshot(
    engine: Engine, survey_id: UUID, *, unfinished: bool = False, equality_limit: int | None = None
) -> Iterator[Snapshot]:
    """One read transaction on a survey, closed at the end. Raises NoResultFound."""
    facts = select(Survey.title, Survey.event_key, Survey.time_zone).where(Survey.id == survey_id)
    with db.snapshot(engine) as connection:
        title, event_key, zone = connection.execute(facts).one()
        editions = select(Edition.number, Edition.document).where(Edition.survey_id == survey_id)
        questionnaires = {
            number: read_questionnaire(document) for number, document in connection.execute(editions).all()
        }
        yield Snapshot(
            survey_id=survey_id,
            title=title,
            event_key=event_key or "",
            made_on=today_at(ZoneInfo(zone)),
            editions=dict(sorted(questionnaires.items())),
            connection=connection,
            responses=_responses(survey_id, unfinished=unfinished),
            unfinished=unfinished,
            equality_limit=equality_limit,
        )


def _responses(survey_id: UUID, *, unfinished: bool) -> Select[*tuple[Any, ...]]:
    """The columns that are exported, the answers as the text of their JSON: orjson reads it faster than the driver."""
    columns = (
        Response.edition, Response.key, Response.day, Response.group, Response.view, Response.language,
        Response.source, Response.finished, Response.late, Response.follows, cast(Response.answers, Text),
    )  # fmt: skip
    wanted = select(*columns).where(*that_counts(survey_id)).order_by(Response.key)
    return wanted if unfinished else wanted.where(Response.finished.is_(True))


def _batch(edition: int, run: Iterable[Any]) -> Batch:
    _editions, keys, *plain, follows, answers = zip(*run, strict=True)
    return Batch._make((edition, _ids(keys), *plain, _ids(follows), [orjson.loads(text) for text in answers]))


def _ids(keys: Iterable[bytes | None]) -> list[Any]:
    """The first 16 hex digits of keys; None stays None."""
    return [key and key[:_ID_BYTES].hex() for key in keys]
