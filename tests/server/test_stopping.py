"""The program itself, told to stop or killed, with a database that is locked, or shared: nobody's answers are lost."""

import http.client
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model.response import key_of
from tests.factories import card_of, make_survey, make_team
from tests.house.project_files import ROOT

PATIENCE = 180  # seconds: where much else runs, a server alone takes a minute until it answers
PHONES = 8


@dataclass(frozen=True)
class Event:
    """An open survey in a database of its own."""

    database: Path
    code: str

    def stored(self) -> set[bytes]:
        """The keys of the finished responses."""
        with closing(sqlite3.connect(self.database)) as connection:
            tables = [name for name in ("inbox", "response") if _has(connection, name)]
            asked = " UNION ALL ".join(f"SELECT key FROM {name} WHERE finished" for name in tables)  # noqa: S608 -- our names
            rows = [bytes(row[0]) for row in connection.execute(asked)]
        assert len(rows) == len(set(rows))
        return set(rows)


def _has(connection: sqlite3.Connection, table: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone())


@pytest.fixture
def event(migrated_sqlite: Path, tmp_path: Path) -> Event:
    """An event with one card."""
    database = tmp_path / "answers.sqlite3"
    copy(migrated_sqlite, database)
    engine = db.make_engine(f"sqlite:///{database}")
    with Session(db.writing(engine), expire_on_commit=False) as session:
        code = card_of(make_survey(session, make_team(session))).code
    engine.dispose()
    return Event(database, code)


@contextmanager
def serving(event: Event, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The program on a port, from when it answers."""
    settings = {"DATABASE_URL": f"sqlite:///{event.database}", "SECRET_KEY": "k" * 40, "DEMO": "off", "PORT": str(port)}
    command, quiet = [sys.executable, "-m", "surveyapp", "serve"], subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=quiet, stderr=quiet)  # noqa: S603 -- our words
    try:
        wait_until_it_answers(process, port)
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the program listens on its port."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended before it answered"
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), 1)):
            return
        time.sleep(0.05)
    raise AssertionError("the server doesn't answer")


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    return free_port()


def free_port() -> int:
    """A port that nobody listens on, below those that systems give to whoever calls: else a call may take it again."""
    while True:
        number = 20_000 + secrets.randbelow(10_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", number)):
            return number


def finish(port: int, code: str, response: str, wait: float = 20) -> int:
    """Send one whole response; the status of what came back. Raises OSError and HTTPException."""
    body = urlencode({"response": response, "revision": "1", "overall": "5", "finish": "1"})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=wait)) as connection:
        connection.request("POST", f"/s/{code}", body, headers)
        with connection.getresponse() as answer:
            answer.read()
            return answer.status


class Phones:
    """People who finish, one after the other, on several phones, until told to stop; and what they were told."""

    def __init__(self, code: str, ports: tuple[int, ...]) -> None:
        self._acknowledged: dict[int, set[bytes]] = {port: set() for port in ports}
        self._code = code
        self._ports = ports
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._go_on, args=[n]) for n in range(PHONES)]

    def __enter__(self) -> "Phones":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    @property
    def acknowledged(self) -> set[bytes]:
        """The keys of all that were acknowledged."""
        return set().union(*self._acknowledged.values())

    def wait_for(self, more: int) -> None:
        """Wait until every server has acknowledged so many more."""
        before, end = self._counts(), time.monotonic() + PATIENCE
        while min(now - then for now, then in zip(self._counts(), before, strict=True)) < more:
            assert time.monotonic() < end, f"{before} acknowledged, and {self._counts()} after {PATIENCE} seconds"
            time.sleep(0.01)

    def _counts(self) -> list[int]:
        return [len(keys) for keys in self._acknowledged.values()]

    def _go_on(self, number: int) -> None:
        while not self._stop.is_set():
            response = str(uuid4())
            self._send(self._ports[number % len(self._ports)], response)

    def _send(self, port: int, response: str) -> None:
        """Send the same response until it is acknowledged, as the script does."""
        while not self._stop.is_set():
            with suppress(OSError, http.client.HTTPException):
                if finish(port, self._code, response) == 200:
                    self._acknowledged[port].add(key_of(response))
                    return
            time.sleep(0.02)


def test_server_killed_at_any_moment_has_whatever_it_acknowledged(event: Event, port: int) -> None:
    with Phones(event.code, (port,)) as phones:
        for _ in range(2):
            with serving(event, port):
                phones.wait_for(20)
        with serving(event, port):
            phones.wait_for(5)

    assert phones.acknowledged <= event.stored()


def test_server_told_to_stop_finishes_what_runs_and_leaves_in_peace(event: Event, port: int) -> None:
    with (
        serving(event, port) as process,
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
    with serving(event, port), serving(event, other := free_port()), Phones(event.code, (port, other)) as phones:
        phones.wait_for(30)

    assert phones.acknowledged <= event.stored()


def test_write_that_waits_for_the_lock_is_refused_in_time_and_pages_never_wait(event: Event, port: int) -> None:
    with serving(event, port), closing(sqlite3.connect(event.database, isolation_level=None)) as holder:
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
