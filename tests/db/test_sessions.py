"""The database promises that what was acknowledged is on disk, and refuses to start where it isn't."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model.response import UnlinkedCount
from surveyapp.model.team import Team
from tests.factories import make_question, make_questionnaire, make_survey, make_team
from tests.postgres import PostgresServer

PATIENCE = 60
COMMAND = """import sqlite3, sys
opened = sqlite3.connect(sys.argv[1])
opened.execute("SELECT * FROM note").fetchall()
opened.close()
"""


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Engine]:
    """An engine on a SQLite file with one small table."""
    engine = db.make_engine(f"sqlite:///{tmp_path / 'answers.sqlite3'}")
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("CREATE TABLE note (words TEXT)")
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 10_000),
        ("secure_delete", 1),
        ("journal_size_limit", 64 * 1024 * 1024),
    ],
)
def test_every_sqlite_connection_keeps_its_promises(sqlite: Engine, pragma: str, value: Any) -> None:
    with sqlite.connect() as first, sqlite.connect() as second:
        said = [one.exec_driver_sql(f"PRAGMA {pragma}").scalar() for one in (first, second)]

    assert said == [value, value]


def statements_of(engine: Engine) -> list[str]:
    """A list that grows with each statement sent."""
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
    return sent


def test_a_write_takes_its_lock_at_once_and_a_read_takes_none(sqlite: Engine) -> None:
    sent = statements_of(sqlite)

    with Session(db.writing(sqlite)) as session:
        session.execute(text("SELECT 1"))
    with Session(sqlite) as session:
        session.execute(text("SELECT 1"))

    assert sent == ["BEGIN IMMEDIATE", "SELECT 1", "BEGIN DEFERRED", "SELECT 1"]


def test_a_command_beside_the_server_takes_nothing_away(sqlite: Engine) -> None:
    log = Path(f"{sqlite.url.database}-wal")
    with sqlite.connect() as first, sqlite.connect() as second:
        second.exec_driver_sql("SELECT * FROM note")
        before = log.stat().st_ino
        with sqlite.begin() as third:
            third.exec_driver_sql("INSERT INTO note VALUES ('said while the command runs')")
        subprocess.run([sys.executable, "-c", COMMAND, str(sqlite.url.database)], check=True)  # noqa: S603 -- our own program
        first.exec_driver_sql("SELECT * FROM note")

        assert log.stat().st_ino == before


def test_a_second_writer_waits_for_the_first_and_a_reader_does_not(sqlite: Engine) -> None:
    done: list[str] = []

    def write() -> None:
        with Session(db.writing(sqlite)) as session:
            session.execute(text("INSERT INTO note VALUES ('second')"))
            session.commit()
        done.append("second")

    with Session(db.writing(sqlite)) as first:
        first.execute(text("INSERT INTO note VALUES ('first')"))
        other = threading.Thread(target=write)
        other.start()
        time.sleep(0.1)
        with Session(sqlite) as reader:
            notes = reader.scalar(text("SELECT count(*) FROM note"))
            done.append(f"reader saw {notes}")
        done.append("first")
        first.commit()
    other.join(PATIENCE)

    assert done == ["reader saw 0", "first", "second"]


def test_sqlite_that_stays_unsafe_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "PRAGMAS", ("synchronous=NORMAL",))
    engine = db.make_engine(f"sqlite:///{tmp_path / 'unsafe.sqlite3'}")

    with pytest.raises(db.UnsafeDatabaseError, match="SQLite must run with synchronous=FULL"):
        engine.connect()


@pytest.mark.parametrize("spelling", ["postgresql+psycopg", "postgresql", "postgres"])
def test_postgresql_is_taken_by_each_of_its_names(postgres: PostgresServer, spelling: str) -> None:
    engine = db.make_engine(postgres.fresh_database().replace("postgresql+psycopg", spelling, 1))

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()


def test_postgresql_that_acknowledges_before_it_writes_is_refused(postgres: PostgresServer) -> None:
    engine = db.make_engine(postgres.fresh_database() + "&options=-c%20synchronous_commit%3Doff")

    with pytest.raises(db.UnsafeDatabaseError, match="PostgreSQL must run with synchronous_commit on"):
        engine.connect()


@pytest.fixture
def without_fsync(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """The server with fsync off, for one test."""
    set_fsync(postgres, "off")
    yield postgres
    set_fsync(postgres, "on")


def set_fsync(server: PostgresServer, value: str) -> None:
    """Change the server's setting and wait until new connections have it."""
    with server.connect() as connection:
        connection.execute(f"ALTER SYSTEM SET fsync = {value}".encode())
        connection.execute("SELECT pg_reload_conf()")
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with server.connect() as connection:
            if connection.execute("SHOW fsync").fetchone() == (value,):
                return
        time.sleep(0.02)
    raise AssertionError("the server did not take the setting")


def test_postgresql_that_never_waits_for_the_disk_is_refused(without_fsync: PostgresServer) -> None:
    engine = db.make_engine(without_fsync.fresh_database())

    with pytest.raises(db.UnsafeDatabaseError, match="PostgreSQL must run with fsync on"):
        engine.connect()


def test_a_row_that_points_nowhere_is_refused(session: Session) -> None:
    survey = make_survey(session, make_team(session))
    session.add(UnlinkedCount(survey_id=survey.id, question="eq", value="yes", n=1))
    session.commit()

    with pytest.raises(IntegrityError):
        session.execute(text("DELETE FROM survey"))


def test_a_request_that_reads_and_one_that_writes_begin_differently(app: Flask) -> None:
    sent = statements_of(app.extensions["engine"])

    with app.test_request_context(method="GET"):
        db.session().execute(text("SELECT 1"))
    with app.test_request_context(method="POST"):
        db.session().execute(text("SELECT 1"))

    begins = ["BEGIN DEFERRED", "BEGIN IMMEDIATE"] if app.extensions["engine"].dialect.name == "sqlite" else []
    assert [statement for statement in sent if statement.startswith("BEGIN")] == begins


def test_a_request_has_one_session_and_leaves_nothing_uncommitted(app: Flask, session: Session) -> None:
    with app.test_request_context(method="POST"):
        assert db.session() is db.session()
        db.session().add(Team(name="Forgotten"))
        db.session().flush()

    assert session.query(Team).all() == []


def test_a_database_that_can_be_written_is_in_no_trouble(app: Flask) -> None:
    with app.app_context():
        assert db.trouble() == ""


def test_words_are_stored_as_they_are_read(session: Session) -> None:
    make_survey(session, make_team(session), make_questionnaire(make_question(label="Sut oedd y caffi? ☕")))

    stored = session.scalar(text("SELECT CAST(draft AS TEXT) FROM survey"))

    assert "Sut oedd y caffi? ☕" in str(stored)
