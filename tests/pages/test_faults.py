"""A fault of the program, or a database that is gone, still answers with a page in easy words."""

import sqlite3

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from surveyapp.answer import queries
from tests.visitor import Visitor


@pytest.fixture
def shipped(app: Flask) -> Visitor:
    """A visitor of the app as it is shipped: faults become pages rather than tracebacks."""
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return Visitor(app.test_client(use_cookies=False), takes_cookies=False)


def test_fault_of_the_program_is_a_page_with_a_way_on(shipped: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_read_card", lambda *_: 1 / 0)

    page = shipped.get("/s/k7q4mx", 500)

    assert page.h1
    assert "ZeroDivisionError" not in page.text


def test_fault_is_told_to_the_script_in_json(shipped: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_read_card", lambda *_: 1 / 0)

    refused = shipped.post("/s/k7q4mx", {"overall": "5"}, 500, headers={"Accept": "application/json"})

    assert set(refused.response.json or {}) == {"error", "fields"}


def test_database_that_is_busy_asks_to_come_again(shipped: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise OperationalError("SELECT", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr(queries, "_read_card", busy)

    page = shipped.get("/s/k7q4mx", 503)

    assert page.response.headers["Retry-After"] == "5"
