"""Which database a command acts on: named first, never made by accident, and refused in words when it can't be used."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from surveyapp.cli.main import main
from tests.cli.conftest import Run
from tests.postgres import PostgresServer

ACTING = (
    ["backup", "copy.sqlite3"],
    ["export", "bcd-fgh", "--out", "out.zip"],
    ["import", "survey.json"],
    ["people", "list"],
    ["purge"],
    ["record", "bcd-fgh"],
    ["copy", "--to", "sqlite:////nowhere/copy.sqlite3"],
)
PAGE = 4096


@pytest.mark.parametrize("words", ACTING, ids=lambda words: words[0])
def test_a_command_without_its_database_makes_none(run: Run, database: Path, tmp_path: Path, words: list[str]) -> None:
    """CM4: every command names its database first and makes none by itself."""
    code, _, refused = run(*words)

    assert (code, refused.startswith("There is no database of ours.")) == (1, True)
    assert "write DATABASE_URL or INSTANCE into the file that both read" in refused
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", ACTING[2:6], ids=lambda words: words[0])
def test_an_empty_database_of_postgresql_stays_empty(
    run: Run, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    url = postgres.fresh_database()
    monkeypatch.setenv("DATABASE_URL", url)

    code, _, refused = run(*words)

    assert (code, refused.startswith("There is no database of ours.")) == (1, True)


def test_the_first_line_names_the_database_and_no_password(
    capsys: pytest.CaptureFixture[str], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CM4: every command names its database first and makes none by itself."""
    main(["purge"])
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://me:hunter2@127.0.0.1:1/surveys?password=hunter3")
    code = main(["purge"])

    said = capsys.readouterr()
    assert said.out == f"Database: {database}\nDatabase: PostgreSQL me@127.0.0.1:1/surveys\n"
    assert code == 1
    assert "PostgreSQL refused or can't be reached: " in said.err
    assert "hunter" not in said.out + said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("words", [["demo"], ["add-organiser", "olu@example.org", "--password-stdin"]])
def test_what_may_make_a_database_makes_it_for_its_owner_alone(run: Run, database: Path, words: list[str]) -> None:
    before = os.umask(0)
    try:
        assert run(*words)[0] == 0
    finally:
        os.umask(before)

    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    beside = [stat.S_IMODE(file.stat().st_mode) for file in database.parent.glob("answers.sqlite3-*")]
    assert set(beside) <= {0o600}


def test_a_folder_is_made_for_its_owner_alone(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new' / 'answers.sqlite3'}")

    assert run("demo")[0] == 0
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def cut_short(file: Path) -> None:
    """Half of the file is gone."""
    os.truncate(file, file.stat().st_size // 2)


def other_beginning(file: Path) -> None:
    """The header holds something else."""
    with file.open("r+b") as opened:
        opened.write(b"Dear Olu, this is a letter.")


def no_tables(file: Path) -> None:
    """The page that says where the tables are holds nothing."""
    with file.open("r+b") as opened:
        opened.seek(100)
        opened.write(bytes(PAGE - 100))


def pages_of_others(file: Path) -> None:
    """Pages in the middle hold what was never written there."""
    with file.open("r+b") as opened:
        for page in range(1, file.stat().st_size // PAGE):
            opened.seek(page * PAGE)
            opened.write(b"\xff" * PAGE)


@pytest.mark.parametrize("spoil", [cut_short, other_beginning, no_tables, pages_of_others])
def test_a_damaged_database_is_told_in_words_and_left_as_it_is(
    run: Run, database: Path, spoil: Callable[[Path], None]
) -> None:
    run("demo")
    spoil(database)
    before = database.read_bytes()

    for words in (["purge"], ["people", "list"], ["check"]):
        code, said, refused = run(*words)
        assert code == 1
        assert "Traceback" not in refused
        assert "damaged" in said + refused or "no database" in said + refused
    assert database.read_bytes() == before


@pytest.mark.parametrize("spoil", [cut_short, other_beginning, no_tables, pages_of_others])
def test_a_backup_takes_a_damaged_databases_place(
    run: Run, database: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    run("demo")
    run("backup", str(tmp_path / "copy.sqlite3"))
    spoil(database)
    damaged = database.read_bytes()

    code, said, _ = run("restore", str(tmp_path / "copy.sqlite3"))

    assert (code, "What was there is in answers.sqlite3.before-restore-" in said) == (0, True)
    assert run("check")[1].count("44 responses") == 1
    aside = next(tmp_path.glob("answers.sqlite3.before-restore-*"))
    assert aside.read_bytes() == damaged
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600


def test_a_database_of_another_program_is_left_alone(run: Run, database: Path) -> None:
    with closing(sqlite3.connect(database)) as other, other:
        other.execute("CREATE TABLE letter (words TEXT)")
    before = database.read_bytes()

    for words in (["demo"], ["purge"]):
        code, _, refused = run(*words)
        assert (code, refused.startswith("This database is of another program")) == (1, True)
    assert database.read_bytes() == before


def test_a_database_of_a_newer_version_is_told(run: Run, database: Path) -> None:
    run("demo")
    with closing(sqlite3.connect(database)) as ahead, ahead:
        ahead.execute("UPDATE alembic_version SET version_num = '9999'")

    code, _, refused = run("purge")

    assert (code, refused.startswith("The database is of a newer version of this program.")) == (1, True)


def test_a_folder_in_the_way_is_told(run: Run, database: Path) -> None:
    database.mkdir()

    code, _, refused = run("demo")

    assert (code, refused) == (1, f"{database} can't be made or opened: Is a directory.\n")
