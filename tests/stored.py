"""What is stored of attendees, wherever it lies: in the inbox or moved, and what is counted apart."""

from collections import Counter
from typing import Any

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from surveyapp.model.response import InboxResponse, Response, StoredResponse, UnlinkedAnswer, UnlinkedCount

INBOX, RESPONSE = InboxResponse.__table__, Response.__table__


def stored_responses(session: Session) -> list[StoredResponse]:
    """Every response in the database, the least revision first and then by key."""
    session.expire_all()
    found: list[StoredResponse] = [
        *session.scalars(select(InboxResponse)),
        *session.scalars(select(Response)),
    ]
    return sorted(found, key=lambda row: (row.revision, row.key))


def stored_response(session: Session) -> StoredResponse:
    """The only response in the database."""
    (row,) = stored_responses(session)
    return row


def stored_columns(session: Session, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of every response of both tables."""
    both = union_all(*(select(*(table.c[name] for name in names)) for table in (INBOX, RESPONSE)))
    return [tuple(row) for row in session.execute(both)]


def unlinked_totals(session: Session) -> dict[tuple[str, str], int]:
    """How often each equality answer was given, counted or still waiting to be."""
    waiting = select(UnlinkedAnswer.question, UnlinkedAnswer.value, func.count()).group_by(
        UnlinkedAnswer.question, UnlinkedAnswer.value
    )
    counted = select(UnlinkedCount.question, UnlinkedCount.value, UnlinkedCount.n)
    totals: Counter[tuple[str, str]] = Counter()
    for rows in (waiting, counted):
        for question, value, n in session.execute(rows):
            totals[question, value] += n
    return dict(totals)
