"""A second start is quick: it loads what serving needs, and no more. The way in passes on what is typed."""

import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from surveyapp.bootstrap import ROOT

HEAVY = frozenset({"alembic", "mako", "openpyxl", "pyarrow", "boto3", "hypothesis"})
SHOW = "import sys, wsgi; print(*{name.partition('.')[0] for name in sys.modules})"


def started(migrated_sqlite: Path, folder: Path) -> str:
    """Make the app ready to serve, as `wsgi:app`, on a database at the newest revision; return the loaded packages."""
    database = folder / "answers.sqlite3"
    shutil.copy(migrated_sqlite, database)
    settings = {"DATABASE_URL": f"sqlite:///{database}", "SECRET_KEY": "k" * 40, "DEMO": "off", "INSTANCE": str(folder)}
    command = [sys.executable, "-c", SHOW]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | settings, check=True, capture_output=True, text=True
    ).stdout


def test_a_start_loads_no_heavy_package_that_serving_does_without(migrated_sqlite: Path, tmp_path: Path) -> None:
    """CM1: a start installs once, says each step, and loads no more than serving needs."""
    loaded = set(started(migrated_sqlite, tmp_path).split())

    assert "flask" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ([], ["serve"]),
        (["--port", "8123"], ["serve", "--port", "8123"]),
        (["--host", "0.0.0.0"], ["serve", "--host", "0.0.0.0"]),  # noqa: S104 -- nothing listens in this test
        (["--version"], ["--version"]),
        (["people", "list"], ["people", "list"]),
    ],
)
def test_the_way_in_passes_on_what_is_typed(
    monkeypatch: pytest.MonkeyPatch, typed: list[str], command: list[str]
) -> None:
    given: list[list[str]] = []
    way_in, run_path = str(ROOT / "wsgi.py"), runpy.run_path

    def note(words: list[str]) -> int:
        given.append(words)
        return 0

    monkeypatch.setattr("surveyapp.cli.main.main", note)
    monkeypatch.setattr(runpy, "run_path", lambda _bootstrap: {"enter": lambda: None})  # nothing is installed here
    monkeypatch.setattr(sys, "argv", [way_in, *typed])

    with pytest.raises(SystemExit) as ended:
        run_path(way_in, run_name="__main__")

    assert (ended.value.code, given) == (0, [command])
