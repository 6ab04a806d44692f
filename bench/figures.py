"""The final release and the figures of very many responses: how long each takes, and what it takes in memory.

The release runs in this process, as the routine runs it, while another thread writes as a phone does and times how long
it waits. Then a server is started: its first look at the page is cold, the median of the next ones warm.
"""

import os
import random
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, insert

from bench import export
from bench.attendee import serving
from bench.scale import EMAIL, PASSWORD, peak_mb, signed_in
from surveyapp.accounts.passwords import hashed
from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from surveyapp.figures.frozen import freeze_released
from surveyapp.figures.suppression import ENOUGH
from surveyapp.model.due import run_due
from surveyapp.model.figure_counts import recounted
from surveyapp.model.response import InboxResponse
from surveyapp.model.survey import TOGETHER, Edition, Survey
from surveyapp.model.team import Account, Membership, Team

RESPONSES = int(os.environ.get("BENCH_RESPONSES", "100000"))
LOOKS = 10
GROUPS = (None, "Morning", "Afternoon", "Evening")
VIEWS = ("standard", "easy", "symbols")
AT_ONCE = 1000
PAUSE = 0.02


def run(responses: int = RESPONSES) -> dict[str, Any]:
    """Release and look, on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        engine = db.make_engine(url)
        survey_id = fill(engine, responses)
        released = _released(engine, Path(folder) / "bench.sqlite3")
        recount = _seconds(lambda: _recounted(engine, survey_id))
        freezing = _seconds(lambda: freeze_released(db.writing(engine), ENOUGH, datetime.now(UTC)))
        engine.dispose()
        pages = ("results", "results.json", "report", "report?part=all")
        looks = {name: _looks(folder, url, f"/surveys/{survey_id}/{name}") for name in pages}
        with serving("ours", folder, url) as server:
            cookie = signed_in(server.port)
            safe = _seconds(lambda: _get(server.port, f"/surveys/{survey_id}/export/safe.zip", cookie))
    return {
        "responses": responses,
        "release": released,
        "recount": recount,
        "freezing": freezing,
        **looks,
        "safe.zip": safe,
    }


def fill(engine: Engine, responses: int) -> UUID:
    """A closed survey with so many sealed responses that wait, and an organiser who may look at it."""
    schema.upgrade(engine)
    team_id, survey_id, today = uuid4(), uuid4(), date(2026, 10, 7)
    document = export.questionnaire().to_json()
    survey = {"id": survey_id, "team_id": team_id, "title": "Bench", "event_key": "bench", "draft": document}
    closed = {"state": "closed", "closed_at": datetime.now(UTC) - timedelta(days=2), "sharing": TOGETHER}
    dice = random.Random(1)  # noqa: S311 -- the same rows in every run
    with db.writing(engine).begin() as connection:
        account = {"email": EMAIL, "name": "Bench", "password_hash": hashed(PASSWORD)}
        account_id = connection.execute(insert(Account).values(account).returning(Account.id)).scalar_one()
        connection.execute(insert(Team).values(id=team_id, name="Bench"))
        connection.execute(insert(Membership).values(team_id=team_id, account_id=account_id, role="owner"))
        connection.execute(insert(Survey).values(**survey, **closed, created_on=today, version=1))
        connection.execute(insert(Edition).values(survey_id=survey_id, number=1, document=document))
        for start in range(0, responses, AT_ONCE):
            many = range(start, min(start + AT_ONCE, responses))
            rows = [
                export.response(survey_id, dice, today) | {"group": dice.choice(GROUPS), "view": dice.choice(VIEWS)}
                for _ in many
            ]
            connection.execute(insert(InboxResponse), rows)
    return survey_id


def _released(engine: Engine, path: Path) -> dict[str, float]:
    """Do what is due: seconds, MB more memory, and the longest that a phone had to wait to write."""
    waits: list[float] = []
    is_done = threading.Event()
    phone = threading.Thread(target=_write_until, args=(path, is_done, waits))
    before = peak_mb(os.getpid(), forget=True)
    phone.start()
    seconds = _seconds(lambda: run_due(db.writing(engine), datetime.now(UTC), rewrite=False))
    is_done.set()
    phone.join()
    return {"seconds": seconds, "grown_mb": peak_mb(os.getpid()) - before, "longest_wait": max(waits)}


def _write_until(path: Path, is_done: threading.Event, waits: list[float]) -> None:
    with closing(sqlite3.connect(path, timeout=600, isolation_level=None)) as connection:
        while not is_done.wait(PAUSE):
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")
            waits.append(time.perf_counter() - began)


def _recounted(engine: Engine, survey_id: UUID) -> None:
    with db.read_snapshot(engine) as connection:
        assert recounted(connection, survey_id).is_right, "the counters differ from the rows"


def _looks(folder: str, url: str, path: str) -> dict[str, float]:
    """Milliseconds of the first look of a new process, and the median of the next ones."""
    with serving("ours", folder, url) as server:
        cookie = signed_in(server.port)
        cold, *warm = (1000 * _seconds(lambda: _get(server.port, path, cookie)) for _ in range(1 + LOOKS))
    return {"cold_ms": cold, "warm_ms": statistics.median(warm)}


def _get(port: int, path: str, cookie: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=600)
    connection.request("GET", path, headers={"Cookie": cookie})
    reply = connection.getresponse()
    assert reply.status == 200, f"{path}: {reply.status}"
    body = reply.read()
    connection.close()
    return body


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began
