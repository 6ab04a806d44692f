"""What files keep of old rows is emptied, and nobody who answers waits long for it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model.survey import TOGETHER
from surveyapp.model.team import Team
from surveyapp.model.traces import remove_traces
from tests.factories import make_survey
from tests.model.test_release import finish

SOON = 5.0  # seconds: SQLite by itself would wait for ten


@pytest.fixture
def engine(app: Flask) -> Engine:
    """The app's engine."""
    found: Engine = app.extensions["engine"]
    return found


def log_size(engine: Engine) -> int:
    """How much lies in SQLite's log."""
    return Path(f"{engine.url.database}-wal").stat().st_size


def test_a_long_export_holds_nobody_up_and_what_is_left_goes_the_next_time(
    engine: Engine, session: Session, team: Team
) -> None:
    survey = make_survey(session, team, sharing=TOGETHER)
    finish(session, survey, 3)
    session.close()
    with db.read_snapshot(engine) as export:
        export.execute(text("SELECT count(*) FROM response, inbox"))
        with Session(db.writing(engine)) as other:
            finish(other, other.merge(survey, load=True), 2)
        waited = [0.0]
        with ThreadPoolExecutor(1) as pool:
            removing = pool.submit(remove_traces, engine)
            while not removing.done():
                started = monotonic()
                with Session(db.writing(engine)) as other:
                    finish(other, other.merge(survey, load=True), 1)
                waited.append(monotonic() - started)
        assert max(waited) < SOON

    remove_traces(engine)

    if engine.dialect.name == "sqlite":
        assert log_size(engine) == 0
