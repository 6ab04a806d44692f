"""Over HTTP: an organiser's session and a token read every address after each request, and tell nobody's answers."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveyapp.model import release as releasing
from surveyapp.model.survey import TOGETHER, Survey
from surveyapp.model.team import Team
from tests.accounts.test_tokens import token_of
from tests.attacks.crowd import TABLES, Crowd, answer, places_of
from tests.attacks.twins import Poller, Seen, gone_back, opposite, told_apart, twin
from tests.factories import card_of, every_kind, make_survey
from tests.visitor import Visitor

EVENTS = int(os.environ.get("EVENTS_OVER_HTTP", "0"))  # `python -m bench attacks` plays 20, and watches all
PEOPLE = 12
WATCHED = frozenset(range(PEOPLE) if EVENTS else (4, 5, 9))  # with the tenth some are moved
FEWEST_AT_ONCE = 5  # ten waited and five stay: the promise, written here anew
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Told(AssertionError):
    """The addresses tell two histories apart, or the headline follows a few."""


@dataclass
class Event:
    """An event under these eyes; `beside` is where the database is kept while the other history is played."""

    engine: Engine
    poller: Poller
    survey: Survey
    beside: Path

    def haunt(self, seed: int) -> int:
        """Who is watched answers in two histories. Returns how many pages were compared. Raises Told."""
        places, compared, last_n = places_of(self.survey), 0, 0
        for person in Crowd(PEOPLE, seed).everybody:
            place, draw = places[person.table], seed * 1000 + person.order
            if person.order not in WATCHED:
                answer(self.engine, place, person)
                continue
            with gone_back(self.engine, self.beside):
                other = twin(self.engine, self.poller, place, opposite(person), draw)
            this = twin(self.engine, self.poller, place, person, draw)
            _compare(this.sent, other.sent, headline=False)
            _compare(this.moved, other.moved, headline=True)
            last_n = _follows_many(this.moved, last_n)
            compared += len(this.sent) + len(this.moved)
        return compared


@pytest.fixture
def watched(app: Flask, session: Session, team: Team, olu: Visitor, tmp_path: Path) -> Event:
    """An open survey of the kind together with a card a table, and whoever reads all its addresses."""
    survey = make_survey(session, team, every_kind(), sharing=TOGETHER, labels=("Link", *TABLES))
    poller = Poller(app, olu, survey.id, card_of(survey, TABLES[0]).code, token_of(olu, survey))
    session.rollback()
    return Event(app.extensions["engine"], poller, survey, tmp_path / "before")


@pytest.mark.parametrize("seed", range(EVENTS or 1))
def test_no_address_tells_what_somebody_said(watched: Event, seed: int) -> None:
    assert watched.haunt(seed) > 40 * len(WATCHED)


BREAKS: dict[str, tuple[object, dict[str, object]]] = {
    "answers are shown as they come": (Survey, {"shows_openly": True}),
    "the headline follows each answer": (releasing, {"WAITING": 1, "STAYING": 0}),
}


@pytest.mark.parametrize("broken", BREAKS)
def test_a_broken_rule_is_found_out(watched: Event, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    where, what = BREAKS[broken]
    for name, value in what.items():
        monkeypatch.setattr(where, name, value)

    with pytest.raises(Told):
        watched.haunt(1)


def _compare(one: Seen, other: Seen, *, headline: bool) -> None:
    found = told_apart(one, other, but_for_the_headline=headline)
    if found:
        raise Told(found)


def _follows_many(seen: Seen, last_n: int) -> int:
    """How many answers the headline is made of now. Raises Told where fewer than five made it another."""
    (body,) = (body for path, body in seen.items() if path.startswith("token") and path.endswith("results.json"))
    n: int = (json.loads(body)["headline"] or {"n": last_n})["n"]
    if 0 < n - last_n < FEWEST_AT_ONCE:
        raise Told(f"the headline draws on {n - last_n} more")
    return n
