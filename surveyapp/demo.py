"""The demonstration event: a team, an organiser, a survey, and 37 of 81 people's answers.

The answers go through the same reading and recording as a phone's.
"""

import json
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.passwords import hashed
from surveyapp.editing.library import ready_surveys
from surveyapp.model.answers import read_answers
from surveyapp.model.response import Sent, Version
from surveyapp.model.saving import Place, record
from surveyapp.model.survey import Card, Survey, event_key_of
from surveyapp.model.team import DEMO_EMAIL, Account, Membership, Team

DEMO_PASSWORD = "demo-demo-demo"  # noqa: S105 -- printed at the start, for a demonstration on this machine only
TEAM = "Demonstration team"


@cache
def demonstration() -> dict[str, Any]:
    """The event and its responses, as shipped."""
    text = files("surveyapp").joinpath("demonstration.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def load_demo(session: Session) -> Survey:
    """Put the demonstration into a database; the caller commits."""
    team = Team(name=TEAM)
    account = Account(email=DEMO_EMAIL, name="Demonstration organiser", password_hash=hashed(DEMO_PASSWORD))
    session.add_all([team, account, Membership(team=team, account=account, role="owner")])
    session.flush()
    survey = _demo_survey(team, demonstration()["event"])
    session.add(survey)
    session.flush()
    codes = dict(zip(demonstration()["event"]["cards"], survey.cards, strict=True))
    for sent in demonstration()["responses"]:
        _answer(session, survey, codes[sent["card"]], sent)
    return survey


def demo_card(session: Session) -> str | None:
    """The code of the demonstration's first table, if the demonstration is here."""
    first = select(Card.code).join(Survey).join(Team, Team.id == Survey.team_id).where(Team.name == TEAM)
    return session.scalar(first.where(Card.source == "qr").order_by(Card.position).limit(1))


def _demo_survey(team: Team, event: dict[str, Any]) -> Survey:
    day = date.fromisoformat(event["date"])
    survey = Survey(
        team_id=team.id,
        title=event["title"],
        event_date=day,
        place=event["place"],
        attendance=event["attendance"],
        time_zone=event["time_zone"],
        what_happens_next=event["what_happens_next"],
        help=event["help"],
        state="draft",
        draft=ready_surveys()[event["questionnaire"]].to_json(),
        created_on=day,
    )
    for label in event["cards"]:
        survey.add_card(label.replace("T", "Table ", 1) if label[1:].isdigit() else label, source=_source(label))
    survey.open(datetime.now(UTC), event_key_of(survey.title, day, set()))
    return survey


def _source(label: str) -> str:
    return "link" if label == "Link" else "qr"


def _answer(session: Session, survey: Survey, card: Card, sent: dict[str, Any]) -> None:
    raw = {key: value if isinstance(value, list) else [str(value)] for key, value in sent["answers"].items()}
    reading = read_answers(survey.questionnaire, raw)
    if reading.errors:
        raise ValueError(f"the demonstration's answers can't be read: {reading.errors}")
    version = Version(1, finished=True, answers=reading.answers)
    version_sent = Sent(str(uuid4()), version, edition=1, view=sent["view"], language=sent["language"])
    place = Place(survey.id, card.code, sent["source"], card.group, openly=survey.shows_openly)
    record(session, place, version_sent, today=date.fromisoformat(sent["finished_on"]))
