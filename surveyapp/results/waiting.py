"""What is shown before the final release: how many have answered, one headline rating, and when the rest comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import current_app, render_template
from flask_babel import gettext, ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.figures.suppression import Audience
from surveyapp.model.questionnaire import localized
from surveyapp.model.release import PUT_OFF_AT_MOST, needed_to_release, next_release_clock, release_time, waiting
from surveyapp.model.survey import REHEARSAL, Card, Phase, Survey
from surveyapp.results.headline import HeadlineRating, headline_of
from surveyapp.results.queries import CardCount
from surveyapp.web.formatting import moment


@dataclass(frozen=True, slots=True)
class BeforeRelease:
    """A survey whose answers wait: what may be told of it, in numbers and sentences."""

    answered: int
    attendance: int | None
    cards: Sequence[CardCount]
    headline: HeadlineRating | None
    headline_words: str
    sentences: tuple[str, ...]
    may_show_now: bool
    latest_day: str


def answered(session: Session, survey: Survey) -> int:
    """How many people have finished, from all cards."""
    counted = select(func.coalesce(func.sum(Card.finished_count), 0))
    return int(session.scalars(counted.where(Card.survey_id == survey.id, Card.source != REHEARSAL)).one())


def before_release(session: Session, survey: Survey, audience: Audience, now: datetime) -> BeforeRelease:
    """Everything that the page says before the final release."""
    cards = [card for card in survey.cards if card.source != REHEARSAL]
    count, needed = waiting(session, survey), needed_to_release(survey)
    headline = headline_of(session.connection(), survey, audience)
    is_closed = survey.times.phase(now) is Phase.CLOSED
    closed = survey.times.close
    latest = next_release_clock(survey, closed) + PUT_OFF_AT_MOST if closed else None
    language = survey.questionnaire.language
    return BeforeRelease(
        answered=sum(card.finished_count for card in cards),
        attendance=survey.attendance,
        cards=[CardCount(card.label, card.finished_count) for card in cards],
        headline=headline,
        headline_words=localized(headline.question.words, language, "standard")[0] if headline else "",
        sentences=tuple(_sentences(survey, count.phones, needed, is_closed=is_closed)),
        may_show_now=is_closed and count.phones >= needed,
        latest_day=latest.date().isoformat() if latest and is_closed else "",
    )


def since_release(session: Session, survey: Survey, now: datetime) -> str:
    """What waits beside figures that were released already, in a sentence; nothing where nothing waits."""
    if survey.shows_openly:
        return ""
    count = waiting(session, survey).total
    if not count:
        return ""
    told = ngettext("%(num)s more person has answered since.", "%(num)s more people have answered since.", count)
    if survey.is_released:
        return f"{told} " + gettext(
            "They are shown 30 days after the survey closed, where there are ten or where people chose it."
        )
    if survey.times.phase(now) is Phase.CLOSED and count >= needed_to_release(survey):
        return f"{told} " + gettext("Press “Show now”, or wait until 4 in the morning.")
    return f"{told} " + gettext("They are shown when the survey is over, if there are ten or more.")


def waiting_page(survey: Survey, current: str) -> str:
    """The page that stands in the place of results, comments and entries before the release."""
    audience = Audience(public=False, small_group=current_app.config["SMALL_GROUP"])
    headings = {"results": gettext("Results"), "comments": gettext("Comments")}
    return render_template(
        "results/waiting.html",
        survey=survey,
        before=before_release(db.session(), survey, audience, datetime.now(UTC)),
        current=current,
        heading=headings[current],
    )


def _sentences(survey: Survey, phones: int, needed: int, *, is_closed: bool) -> list[str]:
    if not is_closed:
        return [
            gettext(
                "Nobody can see the answers until the survey is over. Close it, then press “Show now”, or wait: "
                "they are shown at 4 in the morning after it closes."
            ),
            gettext("To try out how answers look, use a rehearsal before the survey opens."),
        ]
    if phones < needed:
        told = ngettext("%(num)s person answered.", "%(num)s people answered.", phones)
        why = (
            gettext(
                "Answers are shown when five or more have answered, so that nobody can be found out. "
                "You can open the survey for longer."
            )
            if survey.released_on is None
            else gettext("What was answered since the last time is shown when ten or more have answered.")
        )
        return [told, why]
    at = release_time(survey)
    return [gettext("The answers are shown on %(moment)s.", moment=moment(at, survey.zone))] if at else []


def to_waiting_json(before: BeforeRelease) -> dict[str, Any]:
    """`results.json` before the release, in the contract's shape."""
    headline = before.headline
    figures = headline.figures if headline else None
    return {
        "attendance": before.attendance,
        "answered": before.answered,
        "released": False,
        "headline": None
        if headline is None or figures is None
        else {
            "question": headline.question.key,
            "n": figures.n,
            "mean": getattr(figures, "mean", None),
            "positive": getattr(figures, "positive", None),
        },
        "questions": {},
    }
