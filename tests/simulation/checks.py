"""What must be true of a database at any moment of an event."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.model.figure_counts import recounted
from surveyapp.model.release import FEWEST
from surveyapp.model.response import InboxResponse, Response, StoredResponse, UnlinkedAnswer, UnlinkedCount
from surveyapp.model.survey import Card, Survey
from tests.simulation.expected import Person


def faults_of(session: Session, survey: Survey, people: Sequence[Person], *, may_be_gone: bool) -> Iterator[str]:
    """Say what is wrong; `may_be_gone` once a month has passed since the close, when what is left over is deleted."""
    rows: list[StoredResponse] = [*session.scalars(select(InboxResponse)), *session.scalars(select(Response))]
    copies = [row for row in rows if isinstance(row, Response) and not row.finished]
    rows = [row for row in rows if row not in copies]
    sealed = Counter(row.answers["best"] for row in rows if row.finished and not row.withdrawn)
    begun = Counter(row.answers["best"] for row in rows if not row.finished)
    for person in people:
        yield from person.faults(sealed, begun)
    strangers = set(sealed + begun) - {words for person in people for words in person.sent}
    if strangers:
        yield f"nobody sent {strangers}"
    all_wait = survey.released_on is None and not may_be_gone
    yield from _count_faults(session, survey, sum(row.finished for row in rows), all_wait=all_wait)
    is_shown = any(isinstance(row, Response) and row.released for row in rows)
    if survey.released_on is None and (is_shown or copies):
        yield "answers are shown before the release"
    if 0 < len(copies) < FEWEST:
        yield f"{len(copies)} copies of what was begun can be read"


def _count_faults(session: Session, survey: Survey, sealed: int, *, all_wait: bool) -> Iterator[str]:
    """Cards, equality answers and counters."""
    cards = session.scalar(select(func.sum(Card.finished_count)))
    if cards != sealed:
        yield f"the cards count {cards}, and {sealed} were sent"
    waiting = session.scalar(select(func.count()).select_from(UnlinkedAnswer)) or 0
    counted = session.scalar(select(func.sum(UnlinkedCount.n))) or 0
    if waiting + counted > sealed or (all_wait and waiting != sealed):
        yield f"{waiting} equality answers wait, {counted} are counted, and {sealed} were sent"
    if not recounted(session.connection(), survey.id).counts_are_right:
        yield "the counters are not as the rows are"


def hidden_of(session: Session) -> int:
    """How many sealed responses nobody can read."""
    waiting = select(func.count()).select_from(InboxResponse)
    moved = select(func.count()).select_from(Response).where(Response.released.is_(False))
    return sum(
        session.scalar(query.where(table.finished.is_(True), table.withdrawn.is_(False))) or 0
        for query, table in ((waiting, InboxResponse), (moved, Response))
    )
