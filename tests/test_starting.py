"""A second start is quick: it loads what serving needs, and no more."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

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
