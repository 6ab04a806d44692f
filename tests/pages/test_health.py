"""Health: alive without a database, ready only when an answer could be stored."""

import shutil
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from config import Config
from surveyapp.app import create_app
from surveyapp.model.team import Team
from tests.factories import make_survey
from tests.visitor import Visitor


def test_ready_once_answers_can_be_stored(ana: Visitor, session: Session, team: Team) -> None:
    """AD8: `/health/ready` once answers can be stored."""
    make_survey(session, team)

    assert ana.get("/health/live").text == "live\n"
    assert ana.get("/health/ready").text == "ready\n"


def test_not_ready_without_its_tables_but_alive(config: Config) -> None:
    broken = Config(
        database_url=f"sqlite:///{config.instance}/nothing-here.sqlite3", secret_key="x" * 40, instance=config.instance
    )
    app = create_app(broken, testing=True)
    visitor = Visitor(app.test_client(use_cookies=False))

    visitor.get("/health/live")
    assert visitor.get("/health/ready", 503).text == "the database takes no writes\n"
    app.extensions["engine"].dispose()


def test_not_ready_on_a_disk_that_is_nearly_full(app: Flask, ana: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1024))
    is_sqlite = app.extensions["engine"].dialect.name == "sqlite"

    assert ana.get("/health/ready", 503 if is_sqlite else 200).text.startswith("the disk" if is_sqlite else "ready")
