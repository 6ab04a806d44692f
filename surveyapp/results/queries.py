"""What stands beside the figures of a survey, read in the same snapshot of the database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, Row, Text, cast, func, select

from surveyapp.figures.survey_figures import CountedResponse, Facts
from surveyapp.model.answers import fitting
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.response import (
    InboxResponse,
    Response,
    UnlinkedCount,
    id_of,
    that_is_unfinished,
    that_was_begun,
    that_was_tried,
)
from surveyapp.model.survey import OPENLY, REHEARSAL, Card, Survey, is_shown_openly

_COLUMNS = (
    Response.key, Response.edition, Response.group, Response.view, Response.language, Response.follows,
    cast(Response.answers, Text),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardCount:
    """How many finished from one printed card."""

    label: str
    finished: int


def tried(connection: Connection, survey_id: UUID, draft: Questionnaire) -> list[CountedResponse]:
    """What organisers tried out, as far as it answers the draft as it is now: its only edition."""
    rows = connection.execute(select(*_COLUMNS).where(*that_was_tried(survey_id)).order_by(Response.key))
    found = map(_answered, rows)
    return [replace(one, edition=1, answers=fitting(draft, one.answers)) for one in found]


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


def _answered(row: Row[*tuple[Any, ...]]) -> CountedResponse:
    key, edition, group, view, language, follows, answers = row
    return CountedResponse(
        id=id_of(key),
        answers=orjson.loads(answers),
        group=group,
        view=view,
        language=language,
        follows=follows is not None,
        edition=edition,
    )
