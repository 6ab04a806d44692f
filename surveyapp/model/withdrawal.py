"""Taking a response back: whoever holds its receipt empties it for good.

Its key stays as an empty tombstone, so that a late replay can't bring it back, and what followed it goes the same way.
The card's count and the equality totals stay: nothing says which of them were whose.
"""

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from surveyapp.model.comment_note import CommentNote
from surveyapp.model.response import NEWER_THAN_ANY, Response
from surveyapp.model.survey import Survey
from surveyapp.model.team import AuditEntry

WHAT = "one response withdrawn"
_EMPTY: dict[str, Any] = {
    "edition": 0,
    "group": None,
    "view": "",
    "language": "",
    "source": "",
    "revision": NEWER_THAN_ANY,
    "finished": True,
    "late": False,
    "withdrawn": True,
    "follows": None,
    "day": None,
    "receipt": None,
    "answers": {},
}


def is_held(session: Session, mark: bytes) -> bool:
    """Whether there is a response with this mark of a receipt."""
    return session.scalar(select(Response.survey_id).where(Response.receipt == mark).limit(1)) is not None


def withdraw(session: Session, mark: bytes, now: datetime) -> bool:
    """Empty the response with this mark of a receipt and what followed it; False when there is none.

    The caller commits. A phone's id may stand in two surveys: its receipt then takes back both.
    """
    found = session.execute(select(Response.survey_id, Response.key).where(Response.receipt == mark).with_for_update())
    rows = found.all()
    for survey_id, key in rows:
        here = (Response.survey_id == survey_id, or_(Response.key == key, Response.follows == key))
        theirs = CommentNote.response_key.in_(select(Response.key).where(*here))
        session.connection().execute(delete(CommentNote).where(CommentNote.survey_id == survey_id, theirs))
        session.connection().execute(update(Response).where(*here).values(_EMPTY))
        session.add(_entry(session, survey_id, now))
    return bool(rows)


def _entry(session: Session, survey_id: UUID, now: datetime) -> AuditEntry:
    """What the team is told: that it happened, and the day; a finer time could say who it was."""
    team_id = session.scalars(select(Survey.team_id).where(Survey.id == survey_id)).one()
    day = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    return AuditEntry(team_id=team_id, account_id=None, survey_id=survey_id, at=day, what=WHAT)
