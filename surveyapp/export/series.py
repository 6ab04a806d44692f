"""A series: events of one team that asked the same, stacked in one file with the event's key in each line."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.export.refusal import CannotExport
from surveyapp.export.rows import Snapshot
from surveyapp.model.survey import Survey


def events_of_series(session: Session, survey: Survey) -> Sequence[UUID]:
    """The survey's series: those of its team with the same name of a series that have ever opened.

    Raises CannotExport where it is in none, or alone in it.
    """
    found = opened_in_series(session, survey)
    if not found:
        raise CannotExport("no_series")
    return found


def opened_in_series(session: Session, survey: Survey) -> Sequence[UUID]:
    """The same; none where it is in no series, or alone in it."""
    same = (Survey.team_id == survey.team_id, Survey.series == survey.series, Survey.event_key.is_not(None))
    found = session.scalars(select(Survey.id).where(*same)).all() if survey.series else []
    return found if len(found) > 1 and survey.id in found else []


def check_kinds(taken: Snapshot) -> None:
    """A question of one key is of one kind in all events. Raises CannotExport."""
    seen: dict[str, tuple[str, str]] = {}
    for (event, _number), edition in taken.editions.items():
        for question in edition.linked:
            kind, where = seen.setdefault(question.key, (question.kind, event))
            if kind != question.kind:
                raise CannotExport("kinds_differ", key=question.key, one=where, other=event)
