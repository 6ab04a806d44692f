"""The demonstration: a team, an organiser, and two events of a series, one that is over and one that is open.

Last time's is released: 37 of 81 people's answers, to look at. This time's asks the same, twelve people have answered,
and whoever tries the program out is the next. Answers go through the same reading, recording, moving and release as a
phone's.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.passwords import hashed
from surveyapp.editing.library import ready_surveys
from surveyapp.figures.frozen import freeze
from surveyapp.figures.suppression import ENOUGH
from surveyapp.model.answers import read_answers
from surveyapp.model.release import move_waiting, next_release_clock, release
from surveyapp.model.response import Sent, Version
from surveyapp.model.saving import StoredLocation, record
from surveyapp.model.survey import Card, Survey, event_key_of, today_at
from surveyapp.model.team import DEMO_EMAIL, Account, Membership, Team

DEMO_PASSWORD = "demo-demo-demo"  # noqa: S105 -- printed at the start, for a demonstration on this machine only
TEAM = "Demonstration team"
OPENED, CLOSED = time(9), time(17, 30)  # last time's, by the event's own clocks
EXPECTED = 40  # this time
ANSWERED = 12  # so far


@dataclass(frozen=True, slots=True)
class Events:
    """The two events of the demonstration: cards of the same labels, with codes of their own."""

    last_time: Survey
    this_time: Survey


@cache
def demonstration() -> dict[str, Any]:
    """The event and its responses, as shipped."""
    text = files("surveyapp").joinpath("demonstration.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def load_demo(session: Session) -> Events:
    """Put the demonstration into a database; the caller commits."""
    team = Team(name=TEAM)
    account = Account(email=DEMO_EMAIL, name="Demonstration organiser", password_hash=hashed(DEMO_PASSWORD))
    session.add_all([team, account, Membership(team=team, account=account, role="owner")])
    session.flush()
    return Events(_last_time(session, team), _this_time(session, team))


def demo_card(session: Session) -> str | None:
    """The code of the first table of the event that is open (else of the newest), if the demonstration is here."""
    key = event_key_of(demonstration()["event"]["title"], None, set())
    cards = select(Card.code).join(Survey).join(Team, Team.id == Survey.team_id)
    of_demo = cards.where(Team.name == TEAM, Survey.event_key.startswith(key), Card.source == "qr")
    order = ((Survey.state == "open").desc(), Survey.event_date.desc(), Card.position)
    return session.scalar(of_demo.order_by(*order).limit(1))


def _last_time(session: Session, team: Team) -> Survey:
    """The event as it was: everybody answered on its day, and it was shown by itself at 4 the next morning."""
    event = demonstration()["event"]
    day, came = date.fromisoformat(event["date"]), event["attendance"]
    survey = _survey(team, day, expected=came, attendance=came)
    opened, closed = (datetime.combine(day, clock, survey.zone) for clock in (OPENED, CLOSED))
    _open(session, survey, opened)
    _answer(session, survey, day, demonstration()["responses"])
    survey.close(closed)
    shown = next_release_clock(survey, closed)
    release(session, survey, shown)
    freeze(session.connection(), survey, ENOUGH, today_at(survey.zone, shown))
    return survey


def _this_time(session: Session, team: Team) -> Survey:
    """An event of today that is open, with enough answers for a headline of those that were moved."""
    now = datetime.now(UTC)
    day = today_at(ZoneInfo(demonstration()["event"]["time_zone"]), now)
    survey = _survey(team, day, expected=EXPECTED)
    _open(session, survey, now)
    _answer(session, survey, day, demonstration()["responses"][:ANSWERED])
    move_waiting(session, survey)
    return survey


def _survey(team: Team, day: date, *, expected: int, attendance: int | None = None) -> Survey:
    """A draft of the event on a day, with its cards."""
    event = demonstration()["event"]
    survey = Survey(
        team_id=team.id,
        title=event["title"],
        series=event["title"],
        event_date=day,
        place=event["place"],
        expected=expected,
        attendance=attendance,
        time_zone=event["time_zone"],
        what_happens_next=event["what_happens_next"],
        help=event["help"],
        state="draft",
        draft=ready_surveys()[event["questionnaire"]].to_json(),
        created_on=day,
    )
    for label in event["cards"]:
        survey.add_card(_shown(label), source="link" if label == "Link" else "qr")
    return survey


def _shown(label: str) -> str:
    """A card's label in words: `T7` is “Table 7”."""
    return label.replace("T", "Table ", 1) if label[1:].isdigit() else label


def _open(session: Session, survey: Survey, now: datetime) -> None:
    keys = session.scalars(select(Survey.event_key).where(Survey.team_id == survey.team_id))
    survey.open(now, event_key_of(survey.title, survey.event_date, {str(key) for key in keys}))
    session.add(survey)
    session.flush()


def _answer(session: Session, survey: Survey, day: date, everybody: Iterable[Mapping[str, Any]]) -> None:
    """People answer a survey on a day, from the cards that they had."""
    cards, questionnaire = {card.label: card for card in survey.cards}, survey.questionnaire
    for sent in everybody:
        raw = {key: value if isinstance(value, list) else [str(value)] for key, value in sent["answers"].items()}
        reading = read_answers(questionnaire, raw)
        if reading.errors:
            raise ValueError(f"the demonstration's answers can't be read: {reading.errors}")
        version = Version(1, finished=True, answers=reading.answers)
        version_sent = Sent(str(uuid4()), version, edition=1, view=sent["view"], language=sent["language"])
        card = cards[_shown(sent["card"])]
        place = StoredLocation(survey.id, card.code, sent["source"], card.group, openly=survey.shows_openly)
        record(session, place, version_sent, today=day)
