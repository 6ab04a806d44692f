"""Taking a response back: whoever holds its receipt empties it for good.

Its key stays as an empty tombstone, so that a late replay can't bring it back, and what followed it goes the same way,
in the inbox as among the moved ones, and out of the counters in the same transaction. A headline that counted it is
hidden until the next move. The card's count and the equality answers stay: nothing says which of them were whose.
"""

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, or_, select, union_all, update
from sqlalchemy.orm import Session

from surveyapp.model.comment_note import CommentNote
from surveyapp.model.figure_counts import uncount
from surveyapp.model.response import NEWER_THAN_ANY, InboxResponse, Response
from surveyapp.model.survey import Survey
from surveyapp.model.team import AuditEntry

WHAT = "one response withdrawn"
STORED = (InboxResponse, Response)
SURVEY: Table = Survey.metadata.tables["survey"]
# What the survey is told: its rows are to be written anew, as a database keeps for a while what a row was before.
_TOLD = {
    InboxResponse: {"moved_since_rewrite": True},
    Response: {"moved_since_rewrite": True, "headline_hidden": True},
}
_EMPTY: dict[str, Any] = {
    "edition": 0,
    "group": None,
    "view": "",
    "language": "",
    "source": "",
    "revision": NEWER_THAN_ANY,
    "finished": True,
    "late": False,
    "late_choice": None,
    "withdrawn": True,
    "follows": None,
    "day": None,
    "receipt": None,
    "answers": {},
}
_ALSO: dict[Any, dict[str, Any]] = {Response: {"blanked": None, "counted": False, "listed": False}}


def has_receipt(session: Session, mark: bytes) -> bool:
    """Whether there is a response with this mark of a receipt."""
    return any(
        session.scalar(select(table.survey_id).where(table.receipt == mark).limit(1)) is not None for table in STORED
    )


def withdraw(session: Session, mark: bytes, now: datetime) -> bool:
    """Empty the response with this mark of a receipt and what followed it; False when there is none.

    The caller commits. A phone's id may stand in two surveys: its receipt then takes back both.
    """
    _hold_surveys(session, mark)
    found = [
        (survey_id, key)
        for table in STORED
        for survey_id, key in session.execute(
            select(table.survey_id, table.key).where(table.receipt == mark).with_for_update()
        )
    ]
    for survey_id, key in found:
        _empty(session, survey_id, key)
        session.add(_entry(session, survey_id, now))
    return bool(found)


def _hold_surveys(session: Session, mark: bytes) -> None:
    """Wait for whoever writes a survey's rows or counters anew: what they have written is what is then emptied."""
    theirs = (select(table.survey_id).where(table.receipt == mark) for table in STORED)
    ours = select(SURVEY.c.id).where(SURVEY.c.id.in_(union_all(*theirs))).order_by(SURVEY.c.id)
    session.execute(ours.with_for_update(key_share=True))


def _empty(session: Session, survey_id: UUID, key: bytes) -> None:
    """Empty a response and what followed it, wherever they lie, and let go of what the team noted beside them."""
    connection = session.connection()
    for table in STORED:
        here = (table.survey_id == survey_id, or_(table.key == key, table.follows == key))
        theirs = CommentNote.response_key.in_(select(table.key).where(*here))
        connection.execute(delete(CommentNote).where(CommentNote.survey_id == survey_id, theirs))
        if table is Response:
            uncount(connection, survey_id, *here)
        emptied = connection.execute(
            update(table).where(*here).values(_EMPTY | _ALSO.get(table, {})),
            execution_options={"preserve_rowcount": True},
        )
        if emptied.rowcount:
            connection.execute(update(SURVEY).where(SURVEY.c.id == survey_id).values(_TOLD[table]))


def _entry(session: Session, survey_id: UUID, now: datetime) -> AuditEntry:
    """What the team is told: that it happened, and the day; a finer time could say who it was."""
    team_id = session.scalars(select(Survey.team_id).where(Survey.id == survey_id)).one()
    day = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    return AuditEntry(team_id=team_id, account_id=None, survey_id=survey_id, at=day, what=WHAT)
