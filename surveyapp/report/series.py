"""Next time beside last time: the events of a series in order, each with what it published, and what changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.figures.survey_figures import compare
from surveyapp.model.survey import Survey
from surveyapp.rendering.localized_text import LocalizedText
from surveyapp.report.content import Report, report_of
from surveyapp.report.findings import QuestionFinding


@dataclass(frozen=True, slots=True)
class SeriesCell:
    """One rating at one event: its average, how many gave one, and how it stands to the time before."""

    mean: str = ""
    n: int | None = None
    change: str = ""


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One rating at every event, in their order."""

    title: LocalizedText
    cells: tuple[SeriesCell, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The events whose answers are shown, the earliest first; `waiting` are those that have no report yet."""

    name: str
    events: tuple[Report, ...]
    waiting: tuple[Survey, ...]
    lines: tuple[SeriesRow, ...]


def series_of(session: Session, survey: Survey, small_group: int) -> Series:
    """The series that a survey is in; of this event alone where it is in none."""
    surveys = _events(session, survey)
    made = [(one, report_of(session, one, small_group)) for one in surveys]
    events = tuple(report for _one, report in made if report is not None)
    waiting = tuple(one for one, report in made if report is None)
    return Series(survey.series or survey.title, events, waiting, tuple(_lines(events)))


def _events(session: Session, survey: Survey) -> Sequence[Survey]:
    """By name of the series, whatever each event is called; by day, those without a day at the end."""
    if not survey.series:
        return [survey]
    same = (Survey.team_id == survey.team_id, Survey.series == survey.series, Survey.event_key.is_not(None))
    found = session.scalars(select(Survey).where(*same)).all()
    return sorted(found, key=lambda one: (one.event_date is None, one.event_date, str(one.id)))


def _lines(events: Sequence[Report]) -> list[SeriesRow]:
    """A line for each rating that was ever asked, in the newest event's order."""
    titles = {one.key: one.title for event in reversed(events) for one in event.ratings if one.question.linked}
    newest = {key: title for event in events for key, title in ((one.key, one.title) for one in event.ratings)}
    return [SeriesRow(newest[key], tuple(_cells([event.of(key) for event in events]))) for key in titles]


def _cells(findings: Sequence[QuestionFinding | None]) -> list[SeriesCell]:
    cells: list[SeriesCell] = []
    before: QuestionFinding | None = None
    for one in findings:
        if one is None or not one.is_rating:
            cells.append(SeriesCell())
            continue
        cells.append(SeriesCell(one.mean, one.n, _change(before, one)))
        before = one
    return cells


def _change(before: QuestionFinding | None, now: QuestionFinding) -> str:
    """How a rating stands to the time before, as far as it was asked in the same way."""
    if before is None:
        return ""
    if before.question.words != now.question.words or before.question.codes != now.question.codes:
        return gettext("asked differently: not compared")
    words = {
        "about the same": gettext("about the same"),
        "higher": gettext("higher"),
        "lower": gettext("lower"),
    }
    found = compare(now.scale, before.scale) if now.mean and before.mean else None
    return words[found] if found else gettext("too few answers to compare")
