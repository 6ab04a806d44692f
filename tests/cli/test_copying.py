"""`surveyapp copy`: everything goes over, from SQLite to PostgreSQL and back, and every table is compared."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, inspect, select, text, update
from sqlalchemy.orm import Session

from surveyapp.cli import copying
from surveyapp.db import server_lock
from surveyapp.db import sessions as db
from surveyapp.model.installation import this_installation
from surveyapp.model.response import Response
from surveyapp.model.survey import Survey
from tests.cli.conftest import Run
from tests.postgres import PostgresServer


@pytest.fixture(autouse=True)
def demonstration(run: Run, database: Path) -> None:
    """Something to copy, with a closing time, which must keep its zone."""
    run("demo")
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute("UPDATE survey SET closes_at = '2026-10-08 20:15:30.123456', help = 'naïve “ก” 😀'")


def digests(url: str) -> dict[str, copying.Digest]:
    """What a database holds."""
    engine = db.make_engine(url)
    found = copying._digests(engine)
    engine.dispose()
    return found


def test_there_and_back_everything_is_the_same(
    run: Run, database: Path, tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CM12: `copy --to` takes a whole installation over, verified, into an empty database."""
    over, back = postgres.fresh_database(), tmp_path / "back.sqlite3"

    code, said, _ = run("copy", "--to", over)
    monkeypatch.setenv("DATABASE_URL", over)
    returned, said_again, _ = run("copy", "--to", f"sqlite:///{back}")

    assert (code, returned) == (0, 0)
    assert said.splitlines()[1:] == said_again.splitlines()[1:]
    assert "response: 44 rows, " in said
    assert said.endswith("\nEvery table is there, and equal.\n")
    assert digests(f"sqlite:///{database}") == digests(over) == digests(f"sqlite:///{back}")
    assert back.stat().st_mode & 0o777 == 0o600


def test_a_copy_is_an_installation_of_its_own_that_knows_where_it_is_from(
    run: Run, database: Path, tmp_path: Path
) -> None:
    run("copy", "--to", f"sqlite:///{tmp_path / 'other.sqlite3'}")

    first, second = (db.make_engine(f"sqlite:///{path}") for path in (database, tmp_path / "other.sqlite3"))
    with Session(first) as one, Session(second) as other:
        assert this_installation(other).copy_of == this_installation(one).id != this_installation(other).id


def test_a_target_that_holds_something_is_refused_and_left_alone(
    run: Run, database: Path, tmp_path: Path, postgres: PostgresServer
) -> None:
    """CM12: `copy --to` takes a whole installation over, verified, into an empty database."""
    file = tmp_path / "letter.txt"
    file.write_text("Dear Olu")
    url = postgres.fresh_database()
    engine = db.make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE letter (words TEXT)"))

    assert run("copy", "--to", f"sqlite:///{file}")[::2] == (1, f"{file} is there already. Name a new file.\n")
    assert run("copy", "--to", f"sqlite:///{database}")[0] == 1
    assert run("copy", "--to", url)[::2] == (1, "The target has tables already. Name an empty database.\n")
    assert file.read_text() == "Dear Olu"
    assert inspect(engine).get_table_names() == ["letter"]
    engine.dispose()


def test_while_a_server_runs_nothing_is_copied(run: Run, database: Path, tmp_path: Path) -> None:
    server_lock.hold(database)

    code, _, refused = run("copy", "--to", f"sqlite:///{tmp_path / 'other.sqlite3'}")

    assert (code, refused.startswith("A server runs on this database")) == (1, True)
    assert not (tmp_path / "other.sqlite3").exists()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_does_not_come_over_whole_is_refused_and_leaves_nothing(
    run: Run, tmp_path: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def lose(source: Engine, target: Engine) -> None:
        with db.writing(target).begin() as connection:
            connection.execute(update(Survey).values(title="Another"))

    monkeypatch.setattr(copying, "_mark_as_copy", lose)
    file = tmp_path / "other.sqlite3"
    url = f"sqlite:///{file}" if kind == "sqlite" else postgres.fresh_database()

    code, _, refused = run("copy", "--to", url)

    assert (code, refused) == (1, "The copy differs in survey. Nothing was left in the target; type this again.\n")
    assert not file.exists()
    if kind == "postgresql":
        engine = db.make_engine(url)
        assert inspect(engine).get_table_names() == []
        engine.dispose()


def test_an_answer_that_comes_meanwhile_is_noticed(
    run: Run, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(source: Engine, target: Engine) -> None:
        with db.writing(source).begin() as connection:
            connection.execute(update(Response).values(view="easy"))

    monkeypatch.setattr(copying, "_mark_as_copy", answer)

    code, _, refused = run("copy", "--to", f"sqlite:///{tmp_path / 'other.sqlite3'}")

    assert (code, refused.startswith("Somebody changed something meanwhile in response.")) == (1, True)
    with Session(db.make_engine(f"sqlite:///{database}")) as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 37 + 7


@pytest.mark.parametrize("url", ["nowhere", "mysql://db/x", "sqlite://"])
def test_a_target_that_is_no_database_is_refused(run: Run, url: str) -> None:
    code, _, refused = run("copy", "--to", url)

    assert (code, refused.startswith("--to ")) == (1, True)
