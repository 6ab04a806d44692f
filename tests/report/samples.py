"""Surveys that are over and released, with a report to look at."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from surveyapp.figures.frozen import freeze
from surveyapp.model.release import release
from surveyapp.model.survey import Survey, today_at


def close_and_show(session: Session, survey: Survey) -> None:
    """Close a survey and show its answers, as “Show now” does."""
    now = datetime.now(UTC)
    survey.close(now - timedelta(minutes=1))
    release(session, survey, now)
    freeze(session.connection(), survey, 10, today_at(survey.zone, now))
    session.commit()


def report_of(survey: Survey, part: str = "board") -> str:
    """The address of a part of a survey's report."""
    return f"/surveys/{survey.id}/report?part={part}"
