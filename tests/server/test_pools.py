"""Threads by what they are for; and what happens when there are more requests than places."""

import json
import re
import threading
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from flask import Flask

from surveyapp.server.listening import Server
from surveyapp.server.pools import Pools, new_pools
from tests.running import running

ROUTES = Path(__file__).parents[1] / "house" / "routes.json"
PATIENCE = 60


def routes() -> list[tuple[str, str]]:
    """Method and a path for each route that there is."""
    listed = json.loads(ROUTES.read_text(encoding="utf-8"))
    return [(route.split(" ")[0], re.sub(r"<[^>]+>", "k7n4p2", route.split(" ")[1])) for route in listed]


@pytest.fixture(scope="module")
def pools() -> Pools:
    """A server's pools."""
    made = new_pools()
    made.close()
    return made


def test_whatever_an_attendee_asks_for_has_its_own_threads(pools: Pools) -> None:
    theirs = [(method, path) for method, path in routes() if path.lower().startswith("/s/")]

    assert len(theirs) >= 7
    assert {pools.of(method, path) for method, path in theirs if method == "GET"} == {pools.pages}
    assert {pools.of(method, path) for method, path in theirs if method == "POST"} == {pools.saves}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/surveys/7e0c/export/everything.zip"),
        ("GET", "/surveys/7e0c/cards.pdf"),
        ("GET", "/team/cards.pdf"),
        ("GET", "/surveys/7e0c/questions.xlsx"),
        ("POST", "/surveys/7e0c/media/best/photo"),
        ("POST", "/sign-in"),
    ],
)
def test_files_drawings_uploads_and_passwords_are_slow(pools: Pools, method: str, path: str) -> None:
    assert pools.of(method, path) is pools.slow


def test_nothing_else_shares_threads_with_attendees(pools: Pools) -> None:
    others = [
        (method, path) for method, path in routes() if path.startswith(("/surveys", "/team", "/account", "/health"))
    ]

    assert {pools.of(method, path) for method, path in others} == {pools.slow, pools.organisers}


def asking(server: Server, path: str, accepts: str = "text/html") -> HTTPConnection:
    """A connection on which something was asked."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Accept": accepts})
    return connection


def answered(connection: HTTPConnection) -> tuple[HTTPResponse, bytes]:
    """What came back."""
    with closing(connection), connection.getresponse() as answer:
        return answer, answer.read()


def test_too_many_at_once_are_told_to_come_back() -> None:
    app, may_go = Flask("slow"), threading.Event()

    @app.get("/sign-in")
    def _slow() -> str:
        may_go.wait(PATIENCE)
        return "done"

    @app.get("/")
    def _quick() -> str:
        return "quick"

    with running(app) as server:
        waiting = [asking(server, "/sign-in") for _ in range(24)]
        time.sleep(0.3)
        page, told = answered(asking(server, "/sign-in"))
        script, said = answered(asking(server, "/sign-in", "application/json"))
        _answer, quick = answered(asking(server, "/"))
        may_go.set()
        done = [answered(one)[1] for one in waiting]

    assert (page.status, page.headers["Retry-After"]) == (503, "5")
    assert b"Please wait a moment" in told
    assert (script.status, script.headers["Retry-After"]) == (503, "5")
    assert json.loads(said).keys() == {"error", "fields"}
    assert quick == b"quick"
    assert done == [b"done"] * 24
