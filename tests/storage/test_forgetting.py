"""`purge` lets go of recordings and photos that no document names any more, in a folder and in a bucket."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveyapp.cli.purging import purge_media
from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from surveyapp.editing import media as editing_media
from surveyapp.editing.drafts import change_draft
from surveyapp.editing.media_owner import claim
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import Survey
from surveyapp.storage.folder import FolderStore
from surveyapp.storage.stores import Store
from surveyapp.storage.upload import store_photo, store_recording
from tests.factories import make_survey, make_team
from tests.media import samples

TOMORROW = timedelta(days=1, hours=1)


@pytest.fixture
def engine(migrated_sqlite: Path, tmp_path: Path) -> Engine:
    """An empty database; SQLite alone: documents are read alike on both."""
    made = db.make_engine(f"sqlite:///{tmp_path / 'answers.sqlite3'}")
    schema.upgrade(made)
    return made


@pytest.fixture(autouse=True)
def claimed(engine: Engine, store: Store) -> None:
    """The store is this installation's, as the server's start marks it."""
    with Session(engine) as session:
        assert claim(session, store)


def sounding(store: Store, tone: int) -> str:
    """A recording that is kept."""
    return store_recording(store, samples.wav(tone=tone))


def change(session: Session, survey: Survey, questionnaire: Questionnaire) -> None:
    """An organiser changes the draft, which can be undone."""
    change_draft(session, survey, questionnaire, "changed something")
    session.commit()


def test_only_what_no_draft_no_edition_and_no_change_that_can_be_undone_names_is_deleted(
    engine: Engine, store: Store
) -> None:
    published, undone, drafted, nobodys = (sounding(store, tone) for tone in (300, 400, 500, 600))
    photo = store_photo(store, samples.photo())
    with Session(engine) as session:
        team = make_team(session)
        survey, other = (make_survey(session, team, title=title) for title in ("One", "Two"))
        asked = survey.questionnaire
        survey.draft = editing_media.with_recording(asked, "overall", "en", published).to_json()
        survey.publish()
        change(session, survey, editing_media.with_recording(survey.questionnaire, "overall", "en", undone))
        change(session, survey, editing_media.with_recording(survey.questionnaire, "overall", "en", drafted))
        for one in (survey, other):
            change(session, one, editing_media.with_photo(one.questionnaire, "overall", photo, {"en": "A room"}))
        change(session, other, editing_media.without_photo(other.questionnaire, "overall"))

    said = purge_media(engine, store, datetime.now(UTC) + TOMORROW)

    assert set(store.names()) == {published, undone, drafted, photo}
    assert said == "1 recordings and photos were deleted that no survey names."
    assert store.read(nobodys) is None
    engine.dispose()


def test_what_was_sent_today_may_be_about_to_be_named(engine: Engine, store: Store) -> None:
    name = sounding(store, 440)

    assert purge_media(engine, store, datetime.now(UTC)) == "0 recordings and photos were deleted that no survey names."
    assert list(store.names()) == [name]
    engine.dispose()


def test_what_is_sent_again_is_as_new_as_anything(engine: Engine, tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "folder")
    with Session(engine) as session:
        assert claim(session, store)
    path = store.folder / sounding(store, 440)
    os.utime(path, (0, 0))
    sounding(store, 440)
    purge_media(engine, store, datetime.now(UTC))
    assert path.exists()

    os.utime(path, (0, 0))
    purge_media(engine, store, datetime.now(UTC))
    assert not path.exists()
    assert not store.forget(path.name, datetime.now(UTC))
    engine.dispose()
