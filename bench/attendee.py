"""What an attendee costs: the page beside a constant view, and finishing beside the bare driver.

Both sides of a ratio run by turns on the same server, the same cores and in the same run; the median of three rounds.
"""

import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID, uuid4

import orjson
from sqlalchemy.orm import Session

from bench import export
from bench.load import get, load, post
from bench.server import ours
from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from surveyapp.db.sessions import PRAGMAS
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.response import key_of
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team

ROUNDS = 3
SECONDS = 3.0
CONNECTIONS = 8
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
INSERT = """
    INSERT INTO response (survey_id, key, edition, "group", view, language, source, revision, finished, late, withdrawn,
    follows, day, receipt, answers) VALUES (?, ?, 1, NULL, 'standard', 'en', 'qr', 1, 1, 0, 0, NULL, '2026-10-07', ?, ?)
"""
STORED = "SELECT (SELECT count(*) FROM inbox WHERE finished) + (SELECT count(*) FROM response WHERE finished)"


def run() -> dict[str, Any]:
    """Every figure of an attendee."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        survey_id, code = survey_in(folder, export.questionnaire())
        length = len(ours(folder).test_client().get(f"/s/{code}").get_data())
        with serving("ours", name) as server, serving("constant", str(length)) as plain:
            page = page_ratio(server.port, plain.port, code)
            finish = finish_ratio(server.port, folder, survey_id, code)
    return {"page": page, "finish": finish}


def survey_in(folder: Path, questionnaire: Questionnaire, url: str = "") -> tuple[UUID, str]:
    """An open survey of a questionnaire in a new database of the folder, or another; its id and its one card's code."""
    engine = db.make_engine(url or f"sqlite:///{folder / 'bench.sqlite3'}")
    schema.upgrade(engine)
    with Session(db.writing(engine), expire_on_commit=False) as session:
        team = Team(name="Bench")
        session.add(team)
        session.flush()
        survey = Survey(team_id=team.id, title="Bench", draft=questionnaire.to_json(), created_on=date.today())  # noqa: DTZ011 -- no event, no zone
        survey.what_happens_next, survey.state = "Nothing.", "open"
        session.add(survey)
        session.flush()
        card = survey.add_card("Table 1")
        survey.publish()
        session.commit()
    engine.dispose()
    return survey.id, card.code


class Server(NamedTuple):
    """A server that is measured: its port and its process."""

    port: int
    process: int


@contextmanager
def serving(*words: str, is_pinned: bool = True) -> Iterator[Server]:
    """A server in its own process, all its threads on the first core and the load on the second, where that can be."""
    with on_core(0) if is_pinned else nullcontext():
        command = [sys.executable, "-m", "bench.server", *words]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 -- its words stand above
    assert process.stdout is not None
    port = int(process.stdout.readline())
    with on_core(1) if is_pinned else nullcontext():
        yield Server(port, process.pid)
    process.terminate()
    process.wait()


@contextmanager
def on_core(which: int) -> Iterator[None]:
    """Stay, with whatever is started meanwhile, on one core; nothing where cores can't be chosen or are too few."""
    if not hasattr(os, "sched_setaffinity") or len(CORES) < 2:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {CORES[which]})
    yield
    os.sched_setaffinity(0, before)


def page_ratio(port: int, plain: int, code: str) -> dict[str, float]:
    """Pages a second, ours and constant bytes of the same size."""
    rates: dict[str, list[float]] = {"ours": [], "constant": []}
    for _ in range(ROUNDS):
        rates["constant"].append(load(plain, lambda: get("/"), SECONDS, CONNECTIONS).rate)
        rates["ours"].append(load(port, lambda: get(f"/s/{code}"), SECONDS, CONNECTIONS).rate)
    return _ratio(rates, "ours", "constant")


def finish_ratio(port: int, folder: Path, survey_id: UUID, code: str) -> dict[str, float]:
    """Finished responses a second over HTTP, and the same rows by one process with the bare driver."""
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    acknowledged = 0
    for _ in range(ROUNDS):
        rates["bare"].append(bare_inserts(folder, survey_id))
        done = load(port, lambda: post(f"/s/{code}", body()), SECONDS, CONNECTIONS)
        assert set(done.statuses) == {200}, done.statuses
        acknowledged += done.requests
        rates["ours"].append(done.rate)
    with sqlite3.connect(folder / "bench.sqlite3") as connection:
        stored = connection.execute(STORED).fetchone()[0]
        counted = connection.execute("SELECT finished_count FROM card").fetchone()[0]
    return {**_ratio(rates, "ours", "bare"), "acknowledged": acknowledged, "stored": stored, "counted": counted}


def bare_inserts(folder: Path, survey_id: UUID) -> float:
    """Rows a second into a copy of the same table, one transaction each, as safely as ours."""
    path = folder / f"bare-{uuid4().hex}.sqlite3"
    engine = db.make_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    engine.dispose()
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA foreign_keys=OFF")  # the copy has no survey; ours checks its keys
    rows, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(INSERT, (survey_id.hex, key_of(str(uuid4())), b"x" * 32, orjson.dumps(answers()).decode()))
        connection.execute("COMMIT")
        rows += 1
    connection.close()
    return rows / (time.perf_counter() - began)


def body() -> bytes:
    """One finished response as a phone sends it."""
    fields = {"response": str(uuid4()), "revision": "1", "view": "standard", "lang": "en", "finish": "1", **answers()}
    return urlencode(fields).encode()


def answers() -> dict[str, str]:
    """What one person answers to the eight questions."""
    ratings = {f"rating_{n}": random.choice("54321") for n in range(1, 7)}  # noqa: S311 -- load, not secrets
    return {**ratings, "role": "carer", "improve": "The room was cold, and the microphone did not work at the back."}


def _ratio(rates: dict[str, list[float]], first: str, second: str) -> dict[str, float]:
    medians = {name: statistics.median(each) for name, each in rates.items()}
    return {**medians, "ratio": medians[first] / medians[second]}
