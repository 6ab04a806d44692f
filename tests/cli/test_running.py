"""Beside a running server: a restore is refused, and the server notices when its file is taken away all the same."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from config import Config
from surveyapp.app import create_app
from surveyapp.db import server_lock
from surveyapp.db import sessions as db
from surveyapp.refused import RefusedError
from surveyapp.server.serve import prepared_app
from tests.cli.conftest import Run
from tests.visitor import Visitor

HOLD = "import sys, pathlib; from surveyapp.db import server_lock; server_lock.hold(pathlib.Path(sys.argv[1])); input()"


@pytest.fixture(autouse=True)
def backed_up(run: Run, tmp_path: Path) -> Path:
    """A backup of the demonstration."""
    run("demo")
    run("backup", str(tmp_path / "copy.sqlite3"))
    return tmp_path / "copy.sqlite3"


def settings(database: Path) -> Config:
    """The operator's settings."""
    return Config(f"sqlite:///{database}", "k" * 40, demo="off", instance=database.parent / "instance")


def test_a_restore_is_refused_while_a_server_runs_and_not_after(run: Run, database: Path, backed_up: Path) -> None:
    """CM8: `backup` and `restore`; nothing is restored under a running server."""
    app = prepared_app(settings(database))
    before = database.stat().st_ino

    code, _, refused = run("restore", str(backed_up))

    assert (code, refused) == (
        1,
        "A server runs on this database, and would lose what it takes meanwhile. Stop it, then type this again.\n",
    )
    assert database.stat().st_ino == before
    server_lock.let_go(app.extensions["server_lock"])
    assert run("restore", str(backed_up))[0] == 0


def test_the_lock_falls_with_its_process_however_that_ends(database: Path) -> None:
    server = subprocess.Popen([sys.executable, "-c", HOLD, str(database)], stdin=subprocess.PIPE)  # noqa: S603 -- our words
    try:
        while not server_lock.is_held(database):
            assert server.poll() is None
    finally:
        server.kill()
        server.communicate()

    assert not server_lock.is_held(database)


def test_servers_share_a_database_and_none_starts_in_the_middle_of_a_restore(database: Path) -> None:
    held = [server_lock.hold(database), server_lock.hold(database)]
    for one in held:
        server_lock.let_go(one)

    with (
        server_lock.no_server_running(database, "A server runs."),
        pytest.raises(RefusedError, match="A restore or a copy is at"),
    ):
        server_lock.hold(database)


def test_a_file_that_was_put_in_the_place_of_the_open_one_is_noticed(database: Path, backed_up: Path) -> None:
    app = create_app(settings(database), testing=True)
    visitor = Visitor(app.test_client(use_cookies=False))
    assert visitor.get("/health/ready").text == "ready\n"

    backed_up.replace(database)

    why = "another file has taken the database's place: restart the server\n"
    assert [visitor.get("/health/ready", 503).text for _ in range(2)] == [why, why]
    with app.app_context(), pytest.raises(db.ReplacedFileError), Session(db.writing(db.engine())) as session:
        session.connection()
    app.extensions["engine"].dispose()


def test_a_file_that_was_taken_away_is_noticed(database: Path) -> None:
    app = create_app(settings(database), testing=True)
    visitor = Visitor(app.test_client(use_cookies=False))
    visitor.get("/health/ready")

    database.unlink()

    visitor.get("/health/ready", 503)
    app.extensions["engine"].dispose()
