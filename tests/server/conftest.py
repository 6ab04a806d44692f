"""An event with a database of its own, for programs that run by themselves."""

from pathlib import Path
from shutil import copy

import pytest

from tests.server.phones import Event, open_survey


@pytest.fixture
def event(migrated_sqlite: Path, tmp_path: Path) -> Event:
    """An event with one card."""
    database = tmp_path / "answers.sqlite3"
    copy(migrated_sqlite, database)
    return Event(database, open_survey(f"sqlite:///{database}"))
