"""Whoever collects all that was passed on of an event learns of no group of one to nine, and of no few late ones."""

from collections import deque
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveyapp.export.rows import snapshot
from surveyapp.export.safe import last_published
from surveyapp.export.safe.last_published import figures_to_share
from surveyapp.figures import breakdown
from surveyapp.figures.frozen import freeze
from surveyapp.model.survey import OPENLY, TOGETHER, Survey
from surveyapp.model.team import Team
from surveyapp.model.withdrawal import withdraw
from tests.attacks.crowd import NOON
from tests.attacks.reader import Package, Told, read_one, read_two
from tests.export.samples import put, records_of
from tests.factories import EVENT_DAY, make_question, make_questionnaire, make_survey

EVENTS = 10
ROOMS = ("Hall", "Room 1", "Room 2", "Garden", None)
ASKED = make_questionnaire(make_question("overall"), make_question("speaker"), make_question("best", "comment"))
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def engine(app: Flask) -> Engine:
    """The app's engine."""
    found: Engine = app.extensions["engine"]
    return found


def played(engine: Engine, session: Session, team: Team, seed: int) -> list[Package]:
    """An event of 8 to 90 people in five rooms, with late ones and some who take theirs back: all its packages."""
    draw = Random(seed)  # noqa: S311 -- an event that can be had again
    survey = make_survey(session, team, ASKED, sharing=draw.choice([TOGETHER, OPENLY]))
    weights = [draw.random() ** 3 for _ in ROOMS]
    people, packages = draw.randint(8, 70), [_package(engine, survey)] if survey.shows_openly else []
    for number in range(people):
        _answers(session, survey, number, draw, weights)
        if survey.shows_openly and number % 7 == 0:
            packages.append(_package(engine, survey))
    survey.released_on, survey.is_released = EVENT_DAY, True
    freeze(session.connection(), survey, 10, EVENT_DAY)
    session.commit()
    packages.append(_package(engine, survey))
    for number in range(people, people + 24):
        _answers(session, survey, number, draw, weights)
        if draw.random() < 0.2:
            withdraw(session, bytes([draw.randrange(number)]) * 32, NOON)
            session.commit()
        packages.append(_package(engine, survey))
    return packages


def _answers(session: Session, survey: Survey, number: int, draw: Random, weights: list[float]) -> None:
    given: dict[str, Any] = {"overall": str(draw.randint(1, 5)), "best": "Tea", "speaker": str(draw.randint(1, 5))}
    answers: Mapping[str, Any] = {key: value for key, value in given.items() if draw.random() < 0.8}
    room = draw.choices(ROOMS, weights)[0]
    put(session, survey, number, answers, group=room, receipt=bytes([number]) * 32)


def _package(engine: Engine, survey: Survey) -> Package:
    with snapshot(engine, survey.id) as taken:
        return records_of(figures_to_share(taken))


def collected(packages: list[Package]) -> None:
    """Read each by itself, and each beside every later one that differs from it. Raises Told."""
    different = [one for place, one in enumerate(packages) if one and one not in packages[:place]]
    for place, one in enumerate(different):
        read_one(one)
        for later in different[place + 1 :]:
            read_two(one, later)


@pytest.mark.parametrize("seed", range(EVENTS))
def test_all_packages_of_an_event_tell_of_no_few(engine: Engine, session: Session, team: Team, seed: int) -> None:
    packages = played(engine, session, team, seed)

    collected(packages)
    assert packages[-1]


def _all_is_made_again(_frozen: object, newer: object, _limit: int) -> object:
    return newer


BREAKS: dict[str, tuple[object, str, object]] = {
    "hidden groups hold fewer than ten together": (breakdown, "ENOUGH", 0),
    "groups, and questions of a few more, are made again": (last_published, "followed", _all_is_made_again),
}


@pytest.mark.parametrize("broken", BREAKS)
def test_a_broken_rule_is_found_out(
    engine: Engine, session: Session, team: Team, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setattr(*BREAKS[broken])

    events = (played(engine, session, team, seed) for seed in range(EVENTS))
    with pytest.raises(Told):
        deque(map(collected, events), maxlen=0)
