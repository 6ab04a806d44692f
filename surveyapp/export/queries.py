"""What the page of files reads."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.domain.response import Response, that_counts


@dataclass(frozen=True, slots=True)
class Counts:
    """How many responses the files hold, and how many more with the unfinished ones."""

    finished: int
    unfinished: int


def response_counts(session: Session, survey_id: UUID) -> Counts:
    """The responses that can be exported, counted."""
    by_state = select(Response.finished, func.count()).where(*that_counts(survey_id)).group_by(Response.finished)
    counts: dict[bool, int] = dict(session.execute(by_state).all())
    return Counts(counts.get(True, 0), counts.get(False, 0))
