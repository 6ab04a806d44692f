"""The server as shipped prints and stores nothing of who asked: found by asking with words that stand out."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from tests.factories import card_of, make_survey, make_team
from tests.house.project_files import ROOT

PATIENCE = 150
ID = "5ca1ab1e-0000-4000-8000-00000000beef"
HEADERS = {
    "X-Forwarded-For": "203.0.113.77",
    "Forwarded": "for=198.51.100.66",
    "User-Agent": "Telltale/9.9",
    "Referer": "http://telltale.example/from?who=telltale",
    "Cookie": "telltale=1",
}
MARKS = ("203.0.113.77", "198.51.100.66", "127.0.0.1", "elltale", ID, "?", "Quite a lunch", "HTTP/1")
QR_BLOCKS = set("█▀▄ \N{NO-BREAK SPACE}")
LINE = re.compile(r"(GET|POST|HEAD|PUT) \S+ \d{3} \d+")


@dataclass(frozen=True)
class Shipped:
    """What a run of the shipped server left behind."""

    code: str
    printed: str
    stored: bytes
    statuses: list[int]


@pytest.fixture(scope="module")
def shipped(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """The server run as operators run it, asked in every way, and stopped."""
    database = tmp_path_factory.mktemp("shipped") / "answers.sqlite3"
    shutil.copy(migrated_sqlite, database)
    code = code_of_a_survey(database)
    port = free_port()
    settings = {"DATABASE_URL": f"sqlite:///{database}", "SECRET_KEY": "k" * 40, "DEMO": "off", "PORT": str(port)}
    server = subprocess.Popen(
        [sys.executable, "-m", "surveyapp", "serve"],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        statuses = asked(port, code)
        stored = b"".join(path.read_bytes() for path in database.parent.iterdir())
    finally:
        server.send_signal(signal.SIGTERM)
        printed = server.communicate(timeout=PATIENCE)[0].decode()
    return Shipped(code, printed, stored, statuses)


def code_of_a_survey(database: Path) -> str:
    """The code of a card of an open survey in the database."""
    engine = db.make_engine(f"sqlite:///{database}")
    with Session(db.writing(engine), expire_on_commit=False) as session:
        code = card_of(make_survey(session, make_team(session))).code
    engine.dispose()
    return code


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


def asked(port: int, code: str) -> list[int]:
    """Ask for pages that are there, that aren't, and that go wrong; the answers' statuses."""
    wait_for(port)
    finish = urlencode({"response": ID, "overall": "5", "best": "Quite a lunch", "finish": "1"})
    unreadable = urlencode({"response": ID, "overall": "telltale"})
    requests = [
        ("GET", f"/s/{code}?who=telltale", None),
        ("POST", f"/s/{code}?who=telltale", finish),
        ("POST", f"/s/{code}", unreadable),
        ("GET", f"/s/{code}/thanks?receipt=telltale", None),
        ("GET", "/telltale?who=telltale", None),
        ("POST", "/sign-in", urlencode({"email": "telltale@example.org", "password": "telltale"})),
        ("PUT", f"/s/{code}", "telltale"),
        ("GET", "/%00%ff?telltale", None),
        ("GET", f"/s/{code}", None),
        ("GET", f"/S/{code.upper()}", None),  # kept since the one before, and answered in front of Flask
    ]
    return [ask(port, *request) for request in requests]


def ask(port: int, method: str, path: str, body: str | None) -> int:
    """Send one request with telltale headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(method, path, body, HEADERS | form)
    status = connection.getresponse().status
    connection.close()
    return status


def wait_for(port: int) -> None:
    """Wait until the server listens."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server did not start")


def log_lines(shipped: Shipped) -> list[str]:
    """The lines of the access log, without the welcome before and the goodbye after."""
    return [line for line in shipped.printed.splitlines() if re.match(r"[A-Z]+ \S+ \d", line)]


def test_every_request_was_answered_and_logged(shipped: Shipped) -> None:
    assert shipped.statuses == [200, 303, 422, 200, 404, 400, 405, 404, 200, 200]
    assert len(log_lines(shipped)) == len(shipped.statuses)


def test_a_line_is_method_route_status_and_milliseconds(shipped: Shipped) -> None:
    assert [line for line in log_lines(shipped) if not LINE.fullmatch(line)] == []
    assert re.search(r"^GET /s/<code> 200 \d+$", shipped.printed, re.M)


@pytest.mark.parametrize("mark", MARKS)
def test_the_log_holds_nothing_of_who_asked_or_what_they_wrote(shipped: Shipped, mark: str) -> None:
    assert [line for line in log_lines(shipped) if mark in line] == []


def test_the_log_holds_no_code_and_no_time_of_day(shipped: Shipped) -> None:
    assert shipped.code not in "\n".join(log_lines(shipped))
    assert not re.search(r"\d\d:\d\d", "\n".join(log_lines(shipped)))


def test_nothing_else_is_printed_than_the_welcome_and_the_log(shipped: Shipped) -> None:
    others = [line for line in shipped.printed.splitlines() if line and line not in log_lines(shipped)]
    words = [line.split(":")[0] for line in others if not set(line) <= QR_BLOCKS]

    assert words == ["Database", "Organisers", "Attendees", "Stop with Ctrl+C.", "Stopped."]


def test_the_database_holds_the_words_and_nothing_of_who_wrote_them(shipped: Shipped) -> None:
    assert b"Quite a lunch" in shipped.stored
    assert [
        mark
        for mark in ("203.0.113.77", "198.51.100.66", "127.0.0.1", "elltale", ID)
        if mark.encode() in shipped.stored
    ] == []
