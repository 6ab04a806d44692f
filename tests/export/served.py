"""Real requests to a real server, in this process or in one of its own that can be killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from socket import socket
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from config import Config
from surveyapp.model.response import Response
from surveyapp.model.survey import Survey
from tests.export.samples import DAY
from tests.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]


def asking(visitor: Visitor, port: int, path: str, wait: float = 20) -> HTTPConnection:
    """A connection on which somebody who is signed in has asked for an address."""
    cookie = visitor.client.get_cookie("organiser")
    assert cookie is not None
    connection = HTTPConnection("127.0.0.1", port, timeout=wait)
    connection.request("GET", path, headers={"Cookie": f"organiser={cookie.value}"})
    return connection


def fetched(visitor: Visitor, port: int, path: str) -> tuple[int, bytes]:
    """The status and the whole body that somebody who is signed in gets. Raises IncompleteRead."""
    connection = asking(visitor, port, path)
    try:
        with connection.getresponse() as answer:
            return answer.status, answer.read()
    finally:
        connection.close()


def eventually(is_so: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether something comes to be so in time."""
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()


def put_long_ones(session: Session, survey: Survey) -> None:
    """Store so many and so long comments that no buffer on the way holds a package of them."""
    draw = Random(5)  # noqa: S311 -- words that can't be compressed, the same each time
    usual: dict[str, Any] = {"survey_id": survey.id, "edition": 1, "view": "standard", "language": "en", "source": "qr"}
    usual |= {"revision": 1, "finished": True, "late": False, "withdrawn": False, "day": DAY}
    usual |= {"released": True, "counted": True}  # or a server would begin by counting them, while nobody can write
    many = [usual | {"key": draw.randbytes(32), "answers": {"best": draw.randbytes(4_900).hex()}} for _ in range(2_000)]
    session.execute(insert(Response), many)
    session.commit()


@contextmanager
def serving(config: Config) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The program itself on a free port, in a process of its own."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ, "DATABASE_URL": config.database_url, "SECRET_KEY": config.secret_key, "DEMO": "off",
        "PUBLIC_URL": "http://localhost", "PORT": str(port),
    }  # fmt: skip
    words = [sys.executable, "-m", "surveyapp", "serve"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)  # noqa: S603 -- our words
    try:
        assert eventually(lambda: _listens(port), 60)
        yield process, port
    finally:
        process.kill()
        process.wait(10)


def _listens(port: int) -> bool:
    with socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
