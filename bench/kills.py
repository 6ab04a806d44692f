"""SIGKILL at random moments under load, for the server and for PostgreSQL; SIGTERM too: nothing acknowledged is lost.

Phones send what they have until they are told that it is kept, as the script does. KILLS of the environment says how
many times each is killed.
"""

import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from typing import Any

import psycopg
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench import attendee, export
from surveyapp.db.sessions import make_engine
from surveyapp.model.response import InboxResponse, Response
from surveyapp.model.survey import Card
from tests import postgres
from tests.server.phones import PATIENCE, Phones, free_port, serving

KILLS = int(os.environ.get("KILLS", "200"))
STOPS = max(1, KILLS // 10)
LONGEST = 1.5  # seconds that the server answers, or PostgreSQL runs, before it is killed
STOPS_WITHIN = 30


def run() -> dict[str, Any]:
    """Kill each so many times; what was lost or doubled."""
    chance = random.Random(1)  # noqa: S311 -- the same moments in every run
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'bench.sqlite3'}"
        server = _server_killed(url, _code(Path(name), url), chance)
    with tempfile.TemporaryDirectory() as name, _Postgres.installed() as database:
        database.start()
        found = _postgresql_killed(database, _code(Path(name), database.url), chance)
    return {"times": KILLS, "server": server, "postgresql": found}


def _code(folder: Path, url: str) -> str:
    return attendee.survey_in(folder, export.questionnaire(), url)[1]


def _server_killed(url: str, code: str, chance: random.Random) -> dict[str, Any]:
    port, slowest = free_port(), 0.0
    with Phones(code, (port,), attendee.answers()) as phones:
        for _ in range(KILLS):
            with serving(url, port):
                time.sleep(chance.uniform(0, LONGEST))
        for _ in range(STOPS):
            with serving(url, port) as process:
                phones.wait_for(5)
                began = time.monotonic()
                process.send_signal(signal.SIGTERM)
                assert process.wait(PATIENCE) == 0
                slowest = max(slowest, time.monotonic() - began)
        with serving(url, port):
            phones.wait_for(5)
    return _found(url, phones) | {"stops": STOPS, "slowest_stop": round(slowest, 2)}


def _postgresql_killed(database: "_Postgres", code: str, chance: random.Random) -> dict[str, Any]:
    """Kill PostgreSQL under a server that is never started again; it has to go on each time by itself."""
    port = free_port()
    with serving(database.url, port) as process, Phones(code, (port,), attendee.answers()) as phones:
        for _ in range(KILLS):
            phones.wait_for(3)
            time.sleep(chance.uniform(0, LONGEST))
            database.kill()
            database.start()
        phones.wait_for(5)
        is_alive = process.poll() is None
    return _found(database.url, phones) | {"server_went_on": is_alive}


def _found(url: str, phones: Phones) -> dict[str, int]:
    """How many were acknowledged, and of them lost; a key is there once, and a card counts each once."""
    engine = make_engine(url)
    with closing(Session(engine)) as session:
        finished = [select(table.key).where(table.finished) for table in (InboxResponse, Response)]
        keys = [key for asked in finished for key in session.scalars(asked)]
        counted = session.scalar(select(func.sum(Card.finished_count))) or 0
    engine.dispose()
    lost = len(phones.acknowledged - set(keys))
    doubled = len(keys) - len(set(keys)) + abs(counted - len(keys))
    return {"acknowledged": len(phones.acknowledged), "stored": len(keys), "lost": lost, "doubled": doubled}


class _Postgres:
    """A PostgreSQL that can be killed with all its processes, and started again on what is on its disk."""

    def __init__(self, folder: Path) -> None:
        self._as_owner, binaries = postgres.ownership(folder)
        self._program, self._data, self._folder = binaries / "postgres", folder / "data", folder
        made = [str(binaries / "initdb"), "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        postgres.run([*self._as_owner, *made, f"--pgdata={self._data}"])
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"postgresql+psycopg://postgres@/postgres?host={folder}"

    @classmethod
    @contextmanager
    def installed(cls) -> Iterator["_Postgres"]:
        """One in a folder of its own, gone at the end."""
        folder = Path(tempfile.mkdtemp(prefix="pg-", dir=postgres.short_folder()))
        database = cls(folder)
        try:
            yield database
        finally:
            database.kill()
            rmtree(folder)

    def start(self) -> None:
        """Start it, and wait until it has recovered and takes connections. Raises TimeoutError."""
        settings = [f"--{name}={value}" for name, value in postgres.SETTINGS.items()]
        words = [*self._as_owner, str(self._program), "-D", str(self._data), "-k", str(self._folder), *settings]
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                quiet = subprocess.DEVNULL
                self._process = subprocess.Popen(words, stdout=quiet, stderr=quiet)  # noqa: S603 -- its words stand above
            with suppress(psycopg.OperationalError):
                psycopg.connect(host=str(self._folder), user="postgres", dbname="postgres").close()
                return
            time.sleep(0.05)
        raise TimeoutError("PostgreSQL does not answer")

    def kill(self) -> None:
        """SIGKILL to every process of it at once, as when the power goes."""
        if self._process is None:
            return
        for process in (self._process.pid, *_children(self._process.pid)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait()
        self._process = None


def _children(parent: int) -> list[int]:
    """The processes that a process started itself (proc(5), stat: the second word after the name)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found
