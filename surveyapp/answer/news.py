"""You said, we did, as attendees read it: one statement for all that a page shows, remembered as long as a card is.

Only what is published, and of the card's own team alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, literal, select
from sqlalchemy.orm import aliased

from surveyapp.answer.cache import Cache
from surveyapp.db import sessions as db
from surveyapp.model.action import CANNOT, DID, WILL_DO, Action, public_people_count, way_in
from surveyapp.model.document import read_questionnaire
from surveyapp.model.survey import Survey, today_at
from surveyapp.model.team import Team
from surveyapp.model.team_cards import TeamCard
from surveyapp.rendering.card_facts import NO_SURVEY, CardFacts

KEPT = 1_000
MOST_BESIDE = 5  # entries on another page than their own
MOST_BEFORE = 3  # ... and before a survey's questions
SYMBOLS = {DID: "finish", WILL_DO: "time", CANNOT: "no"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What people said and what came of it; `people` is how many said it, None where that isn't told.

    What is promised has the day for which it was, if any, and the day on which it was done.
    """

    you_said: str
    you_said_easy: str
    what: str
    we_did: str
    we_did_easy: str
    people: int | None
    due: date | None = None
    kept_on: date | None = None
    zone: str = "UTC"

    @property
    def is_overdue(self) -> bool:
        """Whether it was promised for a day that has come, and isn't done."""
        return self.due is not None and self.kept_on is None and self.due <= today_at(ZoneInfo(self.zone))

    @property
    def symbol(self) -> str:
        """What stands beside what came of it."""
        return SYMBOLS[DID if self.kept_on else self.what]


@dataclass(frozen=True, slots=True)
class News:
    """What became of one survey's answers: its event, its language, and a card that leads to all of it, if any."""

    title: str
    language: str
    code: str | None
    entries: tuple[Entry, ...]

    @property
    def symbols(self) -> tuple[str, ...]:
        """The names of the symbols that stand beside it, each once."""
        return tuple(sorted({"comment", *(entry.symbol for entry in self.entries)}))


NewsCache = Cache[News | None]


def new_news_cache(seconds: float) -> NewsCache:
    """An empty cache for one app."""
    return Cache(KEPT, seconds)


def news_of(survey_id: UUID) -> News | None:
    """All that is published of a survey; None where nothing is."""
    return _cache().get(("own", survey_id), lambda: _read(literal(survey_id), None))


def news_for(facts: CardFacts) -> News | None:
    """What a card's page may tell of answers: its own survey's, else of its series, else of another of its team's."""
    survey_id = facts.survey_id
    if survey_id == NO_SURVEY:
        code = facts.place.card
        team = select(TeamCard.team_id).where(TeamCard.code == code).scalar_subquery()
        return _cache().get(("team card", code), lambda: _read(_newest_of(team), MOST_BESIDE))
    return _cache().get(("beside", survey_id), lambda: _read(_nearest_to(survey_id), MOST_BESIDE))


def news_before(facts: CardFacts) -> News | None:
    """What the start of a survey tells of its series: what was done after the event before it, and what isn't yet."""
    if not facts.series_told:
        return None
    here = aliased(Survey)
    same = (here.series == Survey.series) & (here.team_id == Survey.team_id) & (here.id != Survey.id)
    earlier = _first(_published().join(here, same).where(here.id == facts.survey_id))
    return _read(earlier, MOST_BEFORE)


def news_of_the_only_team() -> News | None:
    """What may be told where no card is known: where there are two teams or more, nobody knows which is meant."""
    only = select(Team.id).where(select(func.count(Team.id)).scalar_subquery() == 1).scalar_subquery()
    return _cache().get("only team", lambda: _read(_newest_of(only), MOST_BESIDE))


def _cache() -> NewsCache:
    cache: NewsCache = current_app.extensions["answer_news"]
    return cache


def _nearest_to(survey_id: UUID) -> ScalarSelect[UUID]:
    """The survey whose news is told on this one's pages."""
    here = aliased(Survey)
    same_series = (here.series != "") & (Survey.series == here.series)
    rank = case((Survey.id == survey_id, 0), (same_series, 1), else_=2)
    return _first(_published().join(here, here.team_id == Survey.team_id).where(here.id == survey_id), rank)


def _newest_of(team: ScalarSelect[UUID]) -> ScalarSelect[UUID]:
    return _first(_published().where(Survey.team_id == team))


def _published() -> Select[Any]:
    return select(Survey.id).join(Action, Action.survey_id == Survey.id).where(Action.published_on.is_not(None))


def _first(surveys: Select[Any], *rank: ColumnElement[Any]) -> ScalarSelect[UUID]:
    newest = (Action.published_on.desc(), Survey.event_date.desc().nulls_last(), Survey.id)
    return surveys.order_by(*rank, *newest).limit(1).scalar_subquery()


def _read(survey_id: ColumnElement[UUID], most: int | None) -> News | None:
    """The news of one survey, or the first `most` of it, in one statement."""
    wanted = (
        select(Action, Survey.title, Survey.draft, Survey.time_zone, way_in(Survey.id).label("code"))
        .join(Survey, Survey.id == Action.survey_id)
        .where(Survey.id == survey_id, Action.published_on.is_not(None))
        .order_by(Action.number)
    )
    with db.reading() as session:
        rows = session.execute(wanted.limit(most)).all()
        return _news(rows) if rows else None


def _news(rows: Sequence[Any]) -> News:
    first = rows[0]
    language = read_questionnaire(first.draft).language
    return News(first.title, language, first.code, tuple(_entry(row.Action, row.time_zone) for row in rows))


def _entry(action: Action, zone: str) -> Entry:
    told = public_people_count(action.people, current_app.config["SMALL_GROUP"])
    words = (action.you_said, action.you_said_easy, action.what, action.we_did, action.we_did_easy)
    promised = (action.due, action.kept_on) if action.is_promise else (None, None)
    return Entry(*words, told, *promised, zone)
