"""An event with a database of its own, for programs that run by themselves."""

from pathlib import Path
from shutil import copy

import pytest
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from tests.factories import card_of, make_survey, make_team
from tests.server.phones import Event


@pytest.fixture
def event(migrated_sqlite: Path, tmp_path: Path) -> Event:
    """An event with one card."""
    database = tmp_path / "answers.sqlite3"
    copy(migrated_sqlite, database)
    engine = db.make_engine(f"sqlite:///{database}")
    with Session(db.writing(engine), expire_on_commit=False) as session:
        code = card_of(make_survey(session, make_team(session))).code
    engine.dispose()
    return Event(database, code)
