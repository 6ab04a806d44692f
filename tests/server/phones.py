"""The program in a process of its own, and phones that send to it until they are heard."""

import http.client
import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

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

    @property
    def url(self) -> str:
        """The database's address."""
        return f"sqlite:///{self.database}"

    def stored(self) -> set[bytes]:
        """The keys of the finished responses."""
        with closing(sqlite3.connect(self.database)) as connection:
            tables = [name for name in ("inbox", "response") if _has(connection, name)]
            asked = " UNION ALL ".join(f"SELECT key FROM {name} WHERE finished" for name in tables)  # noqa: S608 -- our names
            rows = [bytes(row[0]) for row in connection.execute(asked)]
        assert len(rows) == len(set(rows))
        return set(rows)


def open_survey(url: str) -> str:
    """Open a survey in a database; the code of its card."""
    engine = db.make_engine(url)
    with Session(db.writing(engine), expire_on_commit=False) as session:
        code = card_of(make_survey(session, make_team(session))).code
    engine.dispose()
    return code


def _has(connection: sqlite3.Connection, table: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).fetchone())


@contextmanager
def serving(url: str, port: int, program: Sequence[str] = ("surveyapp",)) -> Iterator[subprocess.Popen[bytes]]:
    """The program on a port, from when it answers."""
    settings = {"DATABASE_URL": url, "SECRET_KEY": "k" * 40, "DEMO": "off", "PORT": str(port)}
    command, quiet = [sys.executable, "-m", *program, "serve"], subprocess.DEVNULL
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


def free_port() -> int:
    """A port that nobody listens on, below those that systems give to whoever calls: else a call may take it again."""
    while True:
        number = 20_000 + secrets.randbelow(10_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", number)):
            return number


ANSWERS = {"overall": "5"}


def finish(port: int, code: str, response: str, answers: Mapping[str, str] = ANSWERS) -> int:
    """Send one whole response; the status of what came back. Raises OSError and HTTPException."""
    body = urlencode({"response": response, "revision": "1", "finish": "1", **answers})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("POST", f"/s/{code}", body, headers)
        with connection.getresponse() as answer:
            answer.read()
            return answer.status


class Phones:
    """People who finish, one after the other, on several phones, until told to stop; and what they were told."""

    def __init__(self, code: str, ports: tuple[int, ...], answers: Mapping[str, str] = ANSWERS) -> None:
        self._acknowledged: dict[int, set[bytes]] = {port: set() for port in ports}
        self._answers = answers
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
                if finish(port, self._code, response, self._answers) == 200:
                    self._acknowledged[port].add(key_of(response))
                    return
            time.sleep(0.02)
