"""A hall of 5,000 behind one address: each phone keeps its connection, opens the page, saves eight times and finishes.

They come within five minutes and stay about one each; a server of ours on SQLite, then one on PostgreSQL.
HALL_PHONES and HALL_SECONDS of the environment make it smaller.
"""

import os
import random
import re
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench import attendee, export
from bench.load import get, post
from bench.phones import Came, Step, Steps
from bench.visits import Visits
from surveyapp.db.sessions import make_engine
from surveyapp.model.response import InboxResponse, Response
from surveyapp.model.survey import Card
from surveyapp.server.listening import raised_descriptors
from tests.postgres import running_postgres

PHONES = int(os.environ.get("HALL_PHONES", "5000"))
SECONDS = float(os.environ.get("HALL_SECONDS", "300"))
STAY = 60.0  # seconds, as the median person has them for eight questions; the pauses between steps vary
HIDDEN = re.compile(rb'name="(response|opened)" value="([^"]*)"')


def run() -> dict[str, Any]:
    """The same hall on either database."""
    raised_descriptors()
    with tempfile.TemporaryDirectory() as folder:
        on_sqlite = _hall(Path(folder), f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
    with running_postgres() as server, tempfile.TemporaryDirectory() as folder:
        on_postgresql = _hall(Path(folder), server.fresh_database())
    return {"phones": PHONES, "seconds": SECONDS, "sqlite": on_sqlite, "postgresql": on_postgresql}


def person(code: str) -> Steps:
    """What one person's phone sends: the page, a save after each answer, and all of it at the end."""
    answers = attendee.answers()
    fields: dict[str, str] = {}

    def read(page: bytes) -> None:
        fields.update({name.decode(): value.decode() for name, value in HIDDEN.findall(page)})

    def saves(revision: int, *, is_last: bool = False) -> Step:
        def save(before: bytes) -> bytes:
            if revision == 1:
                read(before)
            given = dict(list(answers.items())[:revision])
            sent = {**fields, "revision": str(revision), "view": "standard", "lang": "en", **given}
            return post(f"/s/{code}", urlencode(sent | ({"finish": "1"} if is_last else {})).encode())

        return save

    opens: Step = lambda _nothing: get(f"/s/{code}")  # noqa: E731 -- a step like the others
    return (opens, *(saves(n) for n in range(1, len(answers) + 1)), saves(len(answers) + 1, is_last=True))


def _hall(folder: Path, url: str) -> dict[str, Any]:
    _survey_id, code = attendee.survey_in(folder, export.questionnaire(), url)
    chance = random.Random(1)  # noqa: S311 -- the same hall in every run
    arrivals = sorted(chance.uniform(0, SECONDS) for _ in range(PHONES))
    mean = min(STAY, SECONDS) / (len(person(code)) - 1)
    pause: Callable[[], float] = lambda: chance.uniform(0.2, 1.8) * mean  # noqa: E731 -- as above
    with attendee.serving("ours", str(folder), url) as server:
        came = Visits(server.port, lambda: person(code), pause, stays=True).let_come(arrivals)
    return told(came) | _stored(url, came.flows)


def told(came: Came) -> dict[str, Any]:
    """How many were through, whether anybody was refused or hung up on, and how long a step took."""
    waits = {"p50": round(came.wait(0.5), 4), "p99": round(came.wait(0.99), 4), "longest": round(came.wait(1), 4)}
    return {"finished": came.flows, "refused": sum(came.wrong.values()), "wrong": came.wrong, **waits}


def _stored(url: str, acknowledged: int) -> dict[str, int]:
    """What is there of those that were acknowledged; a card counts each once, and so must the tables."""
    engine = make_engine(url)
    with closing(Session(engine)) as session:
        tables = (InboxResponse, Response)
        stored = sum(session.scalar(select(func.count()).where(each.finished)) or 0 for each in tables)
        unfinished = sum(session.scalar(select(func.count()).where(~each.finished)) or 0 for each in tables)
        counted = session.scalar(select(func.sum(Card.finished_count))) or 0
    engine.dispose()
    lost, doubled = max(0, acknowledged - stored), max(0, stored - PHONES)
    return {"stored": stored, "lost": lost, "doubled": doubled + abs(counted - stored), "left_unfinished": unfinished}
