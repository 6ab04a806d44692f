"""The program itself, told to stop or killed, with a database that is locked, or shared: nobody's answers are lost."""

import http.client
import signal
import socket
import sqlite3
import threading
import time
from contextlib import closing
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model.response import InboxResponse, Response
from surveyapp.model.survey import Card
from tests.server.phones import PATIENCE, Event, Phones, finish, free_port, open_survey, serving


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    return free_port()


def test_server_killed_at_any_moment_has_whatever_it_acknowledged(event: Event, port: int) -> None:
    with Phones(event.code, (port,)) as phones:
        for _ in range(2):
            with serving(event.url, port):
                phones.wait_for(20)
        with serving(event.url, port):
            phones.wait_for(5)

    assert phones.acknowledged <= event.stored()


def test_server_told_to_stop_finishes_what_runs_and_leaves_in_peace(event: Event, port: int) -> None:
    with (
        serving(event.url, port) as process,
        Phones(event.code, (port,)) as phones,
        socket.create_connection(("127.0.0.1", port)) as idle,
    ):
        phones.wait_for(20)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        took = time.monotonic() - began
        assert idle.recv(100) == b""

    assert took < 10
    assert phones.acknowledged <= event.stored()


def test_two_servers_on_one_database_store_everything_once(event: Event, port: int) -> None:
    with (
        serving(event.url, port),
        serving(event.url, other := free_port()),
        Phones(event.code, (port, other)) as phones,
    ):
        phones.wait_for(30)

    assert phones.acknowledged <= event.stored()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_servers_on_one_postgresql_store_everything_once(database_url: str, port: int) -> None:
    code, other = open_survey(database_url), free_port()
    with serving(database_url, port), serving(database_url, other), Phones(code, (port, other)) as phones:
        phones.wait_for(30)
    engine = db.make_engine(database_url)
    with Session(engine) as session:
        finished = [select(table.key).where(table.finished) for table in (InboxResponse, Response)]
        stored = [key for asked in finished for key in session.scalars(asked)]
        counted = session.scalar(select(func.sum(Card.finished_count)))
    engine.dispose()

    assert phones.acknowledged <= set(stored)
    assert len(stored) == len(set(stored)) == counted


def test_write_that_waits_for_the_lock_is_refused_in_time_and_pages_never_wait(event: Event, port: int) -> None:
    with serving(event.url, port), closing(sqlite3.connect(event.database, isolation_level=None)) as holder:
        assert finish(port, event.code, str(uuid4())) == 200
        holder.execute("BEGIN IMMEDIATE")
        outcomes: list[tuple[int, float]] = []
        saves = [threading.Thread(target=_timed, args=[port, event.code, outcomes]) for _ in range(20)]
        for save in saves:
            save.start()
        time.sleep(0.5)
        page_took = min(_page(port, event.code) for _ in range(3))
        for save in saves:
            save.join(PATIENCE)
        holder.execute("ROLLBACK")
        after = finish(port, event.code, str(uuid4()))

    assert page_took < 1
    assert {status for status, _took in outcomes} == {503}
    assert len(outcomes) == 20
    assert max(took for _status, took in outcomes) < 5.5  # five seconds, and what a busy machine adds
    assert after == 200


def _timed(port: int, code: str, outcomes: list[tuple[int, float]]) -> None:
    began = time.monotonic()
    outcomes.append((finish(port, code, str(uuid4())), time.monotonic() - began))


def _page(port: int, code: str) -> float:
    """How long a page takes."""
    began = time.monotonic()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", f"/s/{code}")
        with connection.getresponse() as answer:
            assert answer.status == 200
            answer.read()
    return time.monotonic() - began
