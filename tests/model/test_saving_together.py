"""Phones that save in the same moment: real threads, real transactions, on a database of each kind."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model.response import InboxResponse, UnlinkedAnswer, Version
from surveyapp.model.saving import SaveResult, StoredLocation, record
from surveyapp.model.survey import Card, Survey
from surveyapp.model.team import Team
from tests.factories import card_of, every_kind, make_survey
from tests.model.random_saves import new_id, sent_of

TODAY = date(2026, 10, 7)
PATIENCE = 0.3
TEA: dict[str, Any] = {"best": "Tea"}
CAKE: dict[str, Any] = {"best": "Cake"}

Recorder = Callable[[str, Version], SaveResult]


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey, committed."""
    return make_survey(session, team, every_kind())


@pytest.fixture
def record_alone(app: Flask, survey: Survey) -> Recorder:
    """Record in a transaction of its own, as one request does."""
    place = StoredLocation(survey.id, card_of(survey).code, "qr")

    def record_one(response_id: str, version: Version) -> SaveResult:
        with Session(db.writing(app.extensions["engine"])) as session:
            recorded = record(session, place, sent_of(response_id, version), TODAY)
            session.commit()
        return recorded

    return record_one


@contextmanager
def meeting_before_they_insert(engine: Engine, people: int) -> Iterator[None]:
    """Let each thread's first INSERT wait for the others'; where a lock keeps them apart, go on after a moment."""
    barrier, met = threading.Barrier(people), threading.local()

    def wait(*call: Any) -> None:
        if call[2].startswith("INSERT INTO inbox") and not hasattr(met, "yes"):
            met.yes = True
            try:
                barrier.wait(PATIENCE)
            except threading.BrokenBarrierError:
                return

    event.listen(engine, "before_cursor_execute", wait)
    yield
    event.remove(engine, "before_cursor_execute", wait)


def together(app: Flask, record_one: Recorder, response_id: str, *versions: Version) -> list[SaveResult]:
    """Record versions of one response in as many threads, at the same moment."""
    engine: Engine = app.extensions["engine"]
    with meeting_before_they_insert(engine, len(versions)), ThreadPoolExecutor(len(versions)) as threads:
        return list(threads.map(lambda version: record_one(response_id, version), versions))


def stored(session: Session, survey: Survey) -> list[tuple[int, bool, dict[str, Any]]]:
    """Every response of a survey."""
    rows = select(InboxResponse.revision, InboxResponse.finished, InboxResponse.answers).where(
        InboxResponse.survey_id == survey.id
    )
    return [tuple(row) for row in session.execute(rows)]


def counted(session: Session, survey: Survey) -> tuple[int, int]:
    """The card's count, and how often each equality answer was counted."""
    session.rollback()
    apart = session.scalars(select(UnlinkedAnswer.question + UnlinkedAnswer.value)).all()
    card = select(Card.finished_count).where(Card.code == card_of(survey).code)
    return session.scalars(card).one(), min(Counter(apart).values(), default=0)


def test_two_first_saves_of_one_id_at_once_are_one_row(
    app: Flask, session: Session, survey: Survey, record_alone: Recorder
) -> None:
    together(app, record_alone, "an id", Version(1, False, TEA), Version(2, False, CAKE))

    assert stored(session, survey) == [(2, False, CAKE)]


def test_one_finish_sent_twice_at_once_is_one_row_counted_once(
    app: Flask, session: Session, survey: Survey, record_alone: Recorder
) -> None:
    finish = Version(1, True, TEA)

    recorded = together(app, record_alone, "an id", finish, finish)

    assert recorded == [SaveResult(1, True, True)] * 2
    assert stored(session, survey) == [(1, True, TEA)]
    assert counted(session, survey) == (1, 1)


def test_a_save_and_the_finish_at_once_end_in_the_finish(
    app: Flask, session: Session, survey: Survey, record_alone: Recorder
) -> None:
    together(app, record_alone, "an id", Version(1, False, CAKE), Version(2, True, TEA))

    assert stored(session, survey) == [(2, True, TEA)]
    assert counted(session, survey) == (1, 1)


def test_a_second_finish_sent_twice_at_once_makes_one_second_row(
    app: Flask, session: Session, survey: Survey, record_alone: Recorder
) -> None:
    record_alone("an id", Version(1, True, TEA))
    second = Version(2, True, CAKE)

    recorded = together(app, record_alone, "an id", second, second)

    assert recorded == [SaveResult(2, True, True)] * 2
    assert sorted(stored(session, survey), key=lambda row: row[0]) == [(1, True, TEA), (2, True, CAKE)]
    assert counted(session, survey) == (2, 2)


def test_many_people_finishing_at_one_table_are_all_counted(
    session: Session, survey: Survey, record_alone: Recorder
) -> None:
    people = [new_id() for _ in range(40)]

    with ThreadPoolExecutor(8) as threads:
        recorded = list(threads.map(lambda person: record_alone(person, Version(1, True, TEA)), people))

    assert all(one.is_safe for one in recorded)
    assert len(stored(session, survey)) == 40
    assert counted(session, survey) == (40, 40)
