"""A fault of the program, or a database that is gone, still answers with a page in easy words."""

import sqlite3

import pytest
from flask import Flask, abort
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveyapp.answer import queries
from surveyapp.db import sessions as db
from surveyapp.editing.easyread import remarks_on
from surveyapp.model.team import Team
from tests.factories import card_of, make_survey
from tests.visitor import Page, Visitor


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


@pytest.mark.parametrize("code", [400, 404, 410, 413, 429, 500, 503])
def test_failure_is_told_in_easy_words_and_in_its_language(
    app: Flask, shipped: Visitor, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """I2: easy words with a way on, in the language and the look that were chosen, and without the database."""
    asked: list[str] = []
    event.listen(app.extensions["engine"], "before_cursor_execute", lambda *call: asked.append(call[2]))
    monkeypatch.setattr(queries, "_read_card", lambda *_: abort(code))

    english, welsh = (shipped.get(f"/s/k7q4mx?size=3{more}", code) for more in ("", "&lang=cy"))

    hard = [remark for words in said(english) for remark in remarks_on(words, "help", "en")]
    assert [remark.sentence for remark in hard if remark.severity == "error"] == []
    assert not set(said(english)) & set(said(welsh))
    assert (welsh.tree.get("lang"), welsh.tree.get("class")) == ("cy", "standard auto size-3")
    assert {"/?lang=cy&size=3", "/look?to=survey&code=k7q4mx&lang=cy&size=3"} <= set(welsh.links())
    assert asked == []


def test_form_that_failed_is_answered_in_its_own_language(
    shipped: Visitor, session: Session, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I2: a card may begin in a language that its address doesn't name."""
    address = f"/s/{card_of(make_survey(session, team)).code}"
    monkeypatch.setattr(db, "commit_together", lambda *_: abort(503))

    page = shipped.post(address, {"overall": "5", "lang": "ar"}, 503)

    assert (page.tree.get("lang"), page.tree.get("dir")) == ("ar", "rtl")


def said(page: Page) -> list[str]:
    """What the main part of a page says, by heading and paragraph."""
    return ["".join(one.itertext()).strip() for one in page.tree.findall(".//main//*") if one.tag in ("h1", "p")]
