"""Whoever looks after every request is told of nobody; and each rule that is broken is found out by a look."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveyapp.model import release as releasing
from surveyapp.model.survey import TOGETHER, Survey
from surveyapp.model.team import Team
from tests.attacks.crowd import TABLES, Crowd, answer, places_of
from tests.attacks.onlooker import Onlooker, Told, haunt
from tests.factories import every_kind, make_survey

EVENTS = int(os.environ.get("EVENTS_IN_PROCESS", "10"))  # `python -m bench attacks` plays 500
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def engine(app: Flask) -> Iterator[Engine]:
    """The app's engine, in a request: sentences that are looked at are in its language."""
    with app.test_request_context():
        yield app.extensions["engine"]


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey of the kind together, with a card a table."""
    return make_survey(session, team, every_kind(), sharing=TOGETHER, labels=("Link", *TABLES))


@pytest.mark.parametrize("seed", range(EVENTS))
def test_a_random_event_tells_of_nobody(engine: Engine, session: Session, survey: Survey, seed: int) -> None:
    people = 8 + (seed * 37) % 30
    onlooker = haunt(engine, survey, Crowd(people, seed), seed)

    assert len(onlooker.looks) > people
    session.rollback()


def test_an_event_whose_organiser_always_tries_to_show_tells_of_nobody(
    engine: Engine, session: Session, survey: Survey
) -> None:
    onlooker = haunt(engine, survey, Crowd(40, 4711), 4711, shows_every=1)

    assert len(onlooker.looks[-1].rows) >= 10
    session.rollback()


BREAKS: dict[str, dict[str, Any]] = {
    "everything is moved, and not all but five": {"STAYING": 0},
    "the headline follows each answer": {"WAITING": 1, "STAYING": 0},
    "four are enough to release": {"FEWEST": 4},
    "what is opened again is released with five": {"FEWEST_AGAIN": 5},
    "equality answers of a few are counted": {"FEWEST_UNLINKED": 1},
}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS)
def test_a_broken_rule_is_found_out(
    engine: Engine, survey: Survey, monkeypatch: pytest.MonkeyPatch, broken: dict[str, Any]
) -> None:
    for name, value in broken.items():
        monkeypatch.setattr(releasing, name, value)

    with pytest.raises(Told):
        haunt(engine, survey, Crowd(100, 900), 900, shows_every=0 if "STAYING" in broken else 1)


def late_one(engine: Engine, survey: Survey) -> None:
    """Eight answer, all is shown, and then the phone of somebody sends that everybody saw in the tram. Raises Told."""
    crowd, places = Crowd(9, 31), places_of(survey)
    onlooker = Onlooker(engine, survey.id)
    for person in crowd.everybody[:-1]:
        answer(engine, places[person.table], person)
    onlooker.shows_now()
    late = crowd.everybody[-1]
    answer(engine, places[late.table], late)
    onlooker.minute()
    assert len(onlooker.looks[-2].rows) == 8


def test_a_late_one_is_shown_to_nobody(engine: Engine, survey: Survey) -> None:
    late_one(engine, survey)


def test_a_late_one_that_joins_at_once_is_found_out(
    engine: Engine, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releasing, "LATE_FOR", timedelta(0))
    monkeypatch.setattr(releasing, "FEWEST_LATE", 1)

    with pytest.raises(Told):
        late_one(engine, survey)


def test_rows_that_are_shown_while_people_answer_are_found_out(
    engine: Engine, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Survey, "shows_openly", True)

    with pytest.raises(Told):
        haunt(engine, survey, Crowd(20, 7), 7)
