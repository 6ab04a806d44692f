"""After the event: what comes next until the answers are deleted, each step with what is done and what is left."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_babel import gettext, ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model.action import Action
from surveyapp.model.comment_note import NEW, CommentNote
from surveyapp.model.counting import WHOLE
from surveyapp.model.figure_counts import FigureCount
from surveyapp.model.kinds.counts import WROTE
from surveyapp.model.public_report import PublicReport
from surveyapp.model.survey import Phase, Survey
from surveyapp.web import access
from surveyapp.web.formatting import day


@dataclass(frozen=True, slots=True)
class ToDo:
    """One step after the event: its words, its page, whether it is done, and what is done or left in a few words."""

    words: str
    endpoint: str
    is_done: bool
    how_far: str = ""


def init_app(app: Flask) -> None:
    """Give the navigation of a survey's pages its steps after the event; none before it closed."""
    app.jinja_env.globals["after_event"] = lambda survey: after_event(db.session(), survey, datetime.now(UTC))


def after_event(session: Session, survey: Survey, now: datetime) -> list[ToDo]:
    """The steps in order; none before the survey closed, once it is deleted, and for whoever may not take them."""
    is_over = survey.times.phase(now) is Phase.CLOSED and survey.deleted_on is None
    if not is_over or not access.may_edit(survey):
        return []
    return list(_steps(session, survey))


def _steps(session: Session, survey: Survey) -> Iterator[ToDo]:
    came = survey.attendance
    people = "" if came is None else ngettext("%(num)s person came", "%(num)s people came", came)
    yield ToDo(gettext("Write down how many people came"), "editor.details", came is not None, people)
    is_shown = survey.may_be_read
    shown_on = gettext("since %(day)s", day=day(survey.released_on)) if survey.released_on else ""
    yield ToDo(gettext("See the results"), "results.results", is_shown, shown_on)
    read, quotes = _notes(session, survey)
    comments = _comments(session, survey)
    if comments:
        how_far = gettext("%(read)s of %(comments)s read", read=min(read, comments), comments=comments)
        yield ToDo(gettext("Read the comments"), "results.comments.comments", read >= comments, how_far)
        chosen = ngettext("%(num)s chosen", "%(num)s chosen", quotes)
        yield ToDo(gettext("Choose quotes"), "results.comments.comments", quotes > 0, chosen)
    told = _count(session, Action.survey_id == survey.id, Action.published_on.is_not(None))
    published = ngettext("%(num)s published", "%(num)s published", told)
    yield ToDo(gettext("Say what you did"), "results.actions.actions", told > 0, published)
    public = session.get(PublicReport, survey.id)
    where = gettext("published on %(day)s", day=day(public.published_on)) if public else ""
    yield ToDo(gettext("Print or publish the report"), "report.report", public is not None, where)
    later = _later_events(session, survey)
    yield ToDo(gettext("Compare with next time"), "report.series", later > 0)
    until = gettext("on %(day)s", day=day(survey.keep_until)) if survey.keep_until else ""
    yield ToDo(gettext("Say when answers are deleted"), "editor.details", survey.keep_until is not None, until)


def _count(session: Session, *wanted: Any) -> int:
    return session.scalar(select(func.count()).where(*wanted)) or 0


def _notes(session: Session, survey: Survey) -> tuple[int, int]:
    """How many comments were read, and how many were chosen as quotes."""
    here = CommentNote.survey_id == survey.id
    return (
        _count(session, here, CommentNote.status != NEW),
        _count(session, here, CommentNote.status != NEW, CommentNote.is_quote.is_(True)),
    )


def _comments(session: Session, survey: Survey) -> int:
    """How many comments that say something are counted."""
    here = (FigureCount.survey_id == survey.id, FigureCount.dimension == WHOLE, FigureCount.value == WROTE)
    return session.scalar(select(func.coalesce(func.sum(FigureCount.n), 0)).where(*here)) or 0


def _later_events(session: Session, survey: Survey) -> int:
    """How many events of the series come after this one."""
    if not survey.series or survey.event_date is None:
        return 0
    same = (Survey.team_id == survey.team_id, Survey.series == survey.series, Survey.id != survey.id)
    return _count(session, *same, Survey.event_date > survey.event_date)
