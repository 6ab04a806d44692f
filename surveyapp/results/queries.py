"""What the results are counted from, read in one snapshot of the database.

Columns, never ORM objects. Withdrawn and rehearsed responses are in no figure.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, Row, Text, cast, func, select

from surveyapp.figures.survey_figures import Answered, Facts
from surveyapp.model.answers import fitting
from surveyapp.model.document import read_questionnaire
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.response import (
    InboxResponse,
    Response,
    UnlinkedCount,
    that_counts,
    that_is_unfinished,
    that_was_begun,
    that_was_tried,
)
from surveyapp.model.survey import OPENLY, REHEARSAL, Card, Edition, Survey, is_shown_openly

FETCH = 1000  # rows a round trip to the database
NAMED = 500  # so many keys are asked for by name; of more, the whole survey is read through
_ID_BYTES = 8
_COLUMNS = (
    Response.key, Response.edition, Response.group, Response.view, Response.language, Response.follows,
    cast(Response.answers, Text),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardCount:
    """How many finished from one printed card."""

    label: str
    finished: int


def finished_keys(connection: Connection, survey_id: UUID) -> frozenset[bytes]:
    """The keys of every response that counts."""
    return frozenset(connection.scalars(select(Response.key).where(*that_counts(survey_id), Response.finished)))


def finished(connection: Connection, survey_id: UUID, keys: Set[bytes]) -> Iterator[Answered]:
    """The responses of these keys, for the tally."""
    wanted = select(*_COLUMNS).where(*that_counts(survey_id), Response.finished)
    if len(keys) <= NAMED:
        rows = connection.execute(wanted.where(Response.key.in_(keys)))
        return (_answered(row) for row in rows)
    rows = connection.execute(wanted, execution_options={"yield_per": FETCH})
    return (_answered(row) for row in rows if row[0] in keys)


def tried(connection: Connection, survey_id: UUID, draft: Questionnaire) -> list[Answered]:
    """What organisers tried out, as far as it answers the draft as it is now: its only edition."""
    rows = connection.execute(select(*_COLUMNS).where(*that_was_tried(survey_id)).order_by(Response.key))
    found = map(_answered, rows)
    return [replace(one, edition=1, answers=fitting(draft, one.answers)) for one in found]


def edition_count(connection: Connection, survey_id: UUID) -> int:
    """How many editions the survey has had."""
    return connection.scalar(select(func.count()).where(Edition.survey_id == survey_id)) or 0


def editions(connection: Connection, survey_id: UUID) -> list[Questionnaire]:
    """Every edition in order."""
    documents = select(Edition.document).where(Edition.survey_id == survey_id).order_by(Edition.number)
    return [read_questionnaire(document) for document in connection.scalars(documents)]


def facts(connection: Connection, survey_id: UUID) -> Facts:
    """Who came, how many began and didn't finish, and the totals of what is counted apart."""
    known = select(Survey.attendance, Survey.released_on, Survey.sharing, Survey.expected).where(Survey.id == survey_id)
    attendance, released_on, sharing, expected = connection.execute(known).one_or_none() or (None, None, OPENLY, None)
    is_live = is_shown_openly(sharing, expected)
    now = select(func.count()).select_from(InboxResponse).where(*that_is_unfinished(survey_id))
    at_the_release = select(func.count()).select_from(Response).where(*that_was_begun(survey_id))
    unfinished = connection.scalar(now if is_live or released_on is None else at_the_release)
    totals = select(UnlinkedCount.question, UnlinkedCount.value, UnlinkedCount.n)
    rows = connection.execute(totals.where(UnlinkedCount.survey_id == survey_id))
    return Facts(attendance, unfinished or 0, {(question, value): n for question, value, n in rows})


def card_counts(connection: Connection, survey_id: UUID) -> Sequence[CardCount]:
    """Every card that attendees answer from, in order."""
    counted = select(Card.label, Card.finished_count).where(Card.survey_id == survey_id, Card.source != REHEARSAL)
    return [CardCount(label, finished) for label, finished in connection.execute(counted.order_by(Card.position))]


def _answered(row: Row[*tuple[Any, ...]]) -> Answered:
    key, edition, group, view, language, follows, answers = row
    return Answered(
        id=key[:_ID_BYTES].hex(),
        answers=orjson.loads(answers),
        group=group,
        view=view,
        language=language,
        follows=follows is not None,
        edition=edition,
    )
