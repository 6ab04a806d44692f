"""A million responses of 8 answers: every file over HTTP, from SQLite and from PostgreSQL, beside the bare way.

For each file a server is started in a process of its own, which first gives the same file of a small survey: what its
resident memory grows by after that is due to the rows, and nothing that an earlier file left there hides it. The two
CSV files are written by turns with the bare way of the same rows; for the others their time is told in times of the
bare wide file.
"""

import http.client
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import Engine, insert, select

from bench import bare
from bench.attendee import serving
from bench.export import fill, questionnaire
from surveyapp.accounts.passwords import hashed
from surveyapp.db.sessions import make_engine
from surveyapp.export.routes import FILES
from surveyapp.model.survey import Survey
from surveyapp.model.team import Account, Membership
from tests.postgres import running_postgres

RESPONSES = int(os.environ.get("BENCH_RESPONSES", "1000000"))
FEW = 1000
ROUNDS = 3
PART = 256 * 1024
LEAST = 500  # bytes of the smallest file that has something in it
EMAIL, PASSWORD = "bench@example.org", "a password for measuring"
TEXTS = ["improve"]
COMPARED = ("responses.csv", "answers.csv")

BareWay = Callable[[str], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Taken:
    """One file as it came: seconds to its first byte and to its last, MB, and MB that the server grew by meanwhile."""

    first_byte: float
    seconds: float
    mb: float
    grown_mb: float


def run() -> dict[str, Any]:
    """Every file from both databases."""
    return {"responses": RESPONSES, "sqlite": _from_sqlite(), "postgresql": _from_postgresql()}


def _from_sqlite() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.sqlite3"
        return _measured(f"sqlite:///{path}", folder, lambda survey_id: bare.sqlite_rows(path, survey_id))


def _from_postgresql() -> dict[str, Any]:
    with running_postgres() as server, tempfile.TemporaryDirectory() as folder:
        url = server.fresh_database()
        return _measured(url, folder, lambda survey_id: bare.postgresql_rows(url, survey_id))


def _measured(url: str, folder: str, rows: Callable[[UUID], bare.Rows]) -> dict[str, Any]:
    small, survey_id = _filled(url)
    keys = [question.key for question in questionnaire().questions]
    ways: dict[str, Callable[[], Iterator[bytes]]] = {
        "responses.csv": lambda: bare.wide(rows(survey_id), keys),
        "answers.csv": lambda: bare.long(rows(survey_id), TEXTS, keys),
    }
    compared, others = {}, {}
    for name in FILES:
        with serving("ours", folder, url) as server:
            asked = _Asked(server.port, server.process, f"/surveys/{survey_id}/export/{name}", signed_in(server.port))
            replace(asked, path=f"/surveys/{small}/export/{name}").take()
            if name in ways:
                compared[name] = _compared(asked, ways[name])
            else:
                others[name] = asdict(asked.take())
    least = compared["responses.csv"]["bare"]
    return compared | {name: each | {"times_bare_wide": each["seconds"] / least} for name, each in others.items()}


def _compared(asked: "_Asked", way: Callable[[], Iterator[bytes]]) -> dict[str, Any]:
    """Our file and the bare one by turns; the ratio of their rates is the median of the rounds' own."""
    rounds = [(_seconds(way()), asked.take()) for _ in range(ROUNDS)]
    ratio = statistics.median(least / taken.seconds for least, taken in rounds)
    least = statistics.median(least for least, _taken in rounds)
    middle = sorted((taken for _least, taken in rounds), key=lambda taken: taken.seconds)[ROUNDS // 2]
    grown = max(taken.grown_mb for _least, taken in rounds)
    return asdict(middle) | {"grown_mb": grown, "bare": least, "ratio": ratio}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A running server, a file's path there, and what it takes to be given it."""

    port: int
    process: int
    path: str
    cookie: str

    def take(self) -> Taken:
        """Fetch the file, keeping nothing of it. Raises ConnectionError unless all of it comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        before, began = peak_mb(self.process, forget=True), time.perf_counter()
        connection.request("GET", self.path, headers={"Cookie": self.cookie})
        reply = connection.getresponse()
        if reply.status != 200:
            raise ConnectionError(f"{self.path}: {reply.status}")
        size, first_byte = len(reply.read(1)), time.perf_counter() - began
        while part := reply.read(PART):
            size += len(part)
        seconds = time.perf_counter() - began
        connection.close()
        if size < LEAST:
            raise ConnectionError(f"{self.path}: {size} bytes are no answers")
        return Taken(first_byte, seconds, size / 2**20, peak_mb(self.process) - before)


def _filled(url: str) -> tuple[UUID, UUID]:
    """A database with a small survey and the large one, and an organiser who may take both."""
    engine = make_engine(url)
    small, large = fill(engine, FEW), fill(engine, RESPONSES)
    add_organiser(engine)
    engine.dispose()
    return small, large


def add_organiser(engine: Engine) -> None:
    """Add somebody who owns all teams with a survey, and may sign in (`signed_in`)."""
    with engine.begin() as connection:
        account = {"email": EMAIL, "name": "Bench", "password_hash": hashed(PASSWORD)}
        account_id = connection.execute(insert(Account).values(account).returning(Account.id)).scalar_one()
        for team_id in connection.scalars(select(Survey.team_id)).all():
            connection.execute(insert(Membership).values(team_id=team_id, account_id=account_id, role="owner"))


def signed_in(port: int) -> str:
    """Sign in as a browser does; the cookie."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/sign-in")
    page = connection.getresponse()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode())
    assert token is not None
    cookie = _cookies_of(page)
    form = urlencode({"email": EMAIL, "password": PASSWORD, "csrf_token": token[1]})
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/sign-in", form, headers)
    reply = connection.getresponse()
    assert reply.status == 303, reply.status
    return _cookies_of(reply)


def _cookies_of(reply: http.client.HTTPResponse) -> str:
    """What a browser would send back of all the cookies it was given."""
    return "; ".join(cookie.partition(";")[0] for cookie in reply.headers.get_all("Set-Cookie", []))


def _seconds(chunks: Iterator[bytes]) -> float:
    began = time.perf_counter()
    for _chunk in chunks:
        pass
    return time.perf_counter() - began


def peak_mb(process: int, *, forget: bool = False) -> float:
    """The most resident memory of a process since the last time it was told to forget (proc(5), clear_refs)."""
    folder = Path(f"/proc/{process}")
    if forget:
        (folder / "clear_refs").write_text("5")
    peak = re.search(r"VmHWM:\s+(\d+) kB", (folder / "status").read_text())
    assert peak is not None
    return int(peak[1]) / 1024
