"""`surveyapp purge` lets go of what is this installation's, and of nothing else."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import Config
from surveyapp.cli.purging import purge_media
from surveyapp.db import server_lock
from surveyapp.db import sessions as db
from surveyapp.editing.media_owner import MARK, claim, owner_of
from surveyapp.model.installation import this_installation
from surveyapp.model.survey import TOGETHER, Survey
from surveyapp.model.team import Team
from surveyapp.refused import RefusedError
from surveyapp.server.serve import prepared_app
from surveyapp.storage.folder import FolderStore
from surveyapp.storage.upload import store_recording
from tests.cli.conftest import Run, looked
from tests.factories import every_kind, make_survey
from tests.house.project_files import ROOT
from tests.media import samples
from tests.model.test_release import finish

LATER = datetime.now(UTC) + timedelta(days=3)


@pytest.fixture
def store(database: Path, run: Run) -> FolderStore:
    """What a served installation keeps: a recording that no survey names any more."""
    served(database)
    made = FolderStore(database.parent / "instance" / "media")
    store_recording(made, samples.wav())
    return made


def served(database: Path) -> None:
    """A server starts, and stops."""
    config = Config(f"sqlite:///{database}", "k" * 40, demo="off", instance=database.parent / "instance")
    app = prepared_app(config)
    app.extensions["engine"].dispose()
    server_lock.let_go(app.extensions["server_lock"])


def test_a_purge_shows_what_is_due_in_a_process_of_its_own(database: Path, run: Run) -> None:
    """CM9: `purge` does what is due, with its own installation's files alone."""
    run("demo")
    with looked(database) as session:
        team = session.scalars(select(Team)).one()
        survey = make_survey(session, team, every_kind(), sharing=TOGETHER)
        finish(session, survey, 7)
        survey.close(datetime.now(UTC) - timedelta(days=2))
        session.commit()
        survey_id = survey.id
    command = [sys.executable, "-m", "surveyapp", "purge"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 -- our own command

    assert (done.returncode, done.stderr) == (0, "")
    assert "Answers of 1 survey are shown now.\n" in done.stdout
    with looked(database) as session:
        assert session.get_one(Survey, survey_id).is_released


def test_what_a_server_kept_is_purged_by_its_own_database(database: Path, store: FolderStore) -> None:
    engine = db.make_engine(f"sqlite:///{database}")

    assert purge_media(engine, store, LATER) == "1 recordings and photos were deleted that no survey names."
    engine.dispose()


def test_another_database_purges_nothing_of_it(
    run: Run, tmp_path: Path, store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CM9: `purge` does what is due, with its own installation's files alone."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'another.sqlite3'}")
    run("demo")
    engine = db.make_engine(f"sqlite:///{tmp_path / 'another.sqlite3'}")

    code, said, refused = run("purge")
    with pytest.raises(RefusedError, match="they are of another installation"):
        purge_media(engine, store, LATER)

    assert (code, said) == (1, "Answers of 0 surveys were deleted.\n")
    assert refused.startswith("Recordings and photos were left alone: they are of another installation (")
    assert len(list(store.names())) == 1
    engine.dispose()


def test_what_nobody_marked_is_left_until_somebody_says_whose_it_is(run: Run, store: FolderStore) -> None:
    (store.folder / MARK).unlink()

    code, _, refused = run("purge")
    named = refused.partition("write ")[2].partition(" into")[0]
    (store.folder / MARK).write_text(f"{named}\n")

    assert code == 1
    assert run("purge")[0] == 0


def test_a_copy_takes_over_when_it_is_served(run: Run, tmp_path: Path, store: FolderStore) -> None:
    assert run("copy", "--to", f"sqlite:///{tmp_path / 'copy.sqlite3'}")[0] == 0
    before = owner_of(store)

    served(tmp_path / "copy.sqlite3")

    engine = db.make_engine(f"sqlite:///{tmp_path / 'copy.sqlite3'}")
    with Session(engine) as session:
        assert claim(session, store)
        assert owner_of(store) == this_installation(session).id != before
    engine.dispose()
    assert run("purge")[0] == 1
