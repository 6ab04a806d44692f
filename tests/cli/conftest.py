"""An operator at a terminal: a database and an instance folder of their own, and the commands."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveyapp.cli.main import main
from surveyapp.db import sessions as db

PASSWORD = "long enough a password"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of an operator with a SQLite file and an instance folder of their own."""
    path = tmp_path / "answers.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    monkeypatch.setenv("INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type a command: its exit code, what it says after the database's name, and what it says on standard error."""

    def typed(*words: str, password: str = PASSWORD) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        capsys.readouterr()
        code = main(words)
        said = capsys.readouterr()
        first, _, rest = said.out.partition("\n")
        return code, rest if first.startswith("Database: ") else said.out, said.err

    return typed


def looked(path: Path) -> Session:
    """A session on the operator's database."""
    return Session(db.make_engine(f"sqlite:///{path}"))
