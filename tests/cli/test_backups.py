"""A backup is one file with recordings and photos in it, and brings them back where they were lost."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from surveyapp.cli.backups import backup, restore
from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from surveyapp.db.migrations import NewerDatabaseError
from surveyapp.storage.bucket import BucketStore
from surveyapp.storage.folder import FolderStore
from surveyapp.storage.upload import store_photo, store_recording
from tests.media import samples


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    """A store that keeps a recording and a photo."""
    made = FolderStore(tmp_path / "media")
    store_recording(made, samples.wav())
    store_photo(made, samples.photo())
    return made


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """The database beside it."""
    made = db.make_engine(f"sqlite:///{tmp_path / 'answers.sqlite3'}")
    schema.upgrade(made)
    return made


def tables_of(file: Path) -> set[str]:
    """The tables of a database."""
    with closing(sqlite3.connect(file)) as opened:
        return {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_what_was_lost_comes_back_and_nothing_is_deleted(engine: Engine, store: FolderStore, tmp_path: Path) -> None:
    before = {name: store.read(name) for name in store.names()}
    said = backup(engine, tmp_path / "copy.sqlite3", store)
    for name in before:
        (store.folder / name).unlink()
    later = store_recording(store, samples.wav(tone=880))

    restore(tmp_path / "answers.sqlite3", tmp_path / "copy.sqlite3", store)

    assert "with 2 recordings and photos." in said
    assert {name: store.read(name) for name in store.names()} == {**before, later: samples.wav(tone=880)}
    assert "kept_media" not in tables_of(tmp_path / "answers.sqlite3")
    engine.dispose()


def test_a_backup_from_before_there_was_media_is_restored(engine: Engine, store: FolderStore, tmp_path: Path) -> None:
    nothing = FolderStore(tmp_path / "nothing")
    backup(engine, tmp_path / "copy.sqlite3", nothing)
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        copy.execute("DROP TABLE kept_media")

    assert restore(tmp_path / "answers.sqlite3", tmp_path / "copy.sqlite3", store).startswith("Restored")
    engine.dispose()


def test_a_name_that_leads_elsewhere_is_left_out(engine: Engine, store: FolderStore, tmp_path: Path) -> None:
    backup(engine, tmp_path / "copy.sqlite3", store)
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy, copy:
        copy.execute("INSERT INTO kept_media VALUES ('../planted', x'00')")

    restore(tmp_path / "answers.sqlite3", tmp_path / "copy.sqlite3", store)

    assert not (tmp_path / "planted").exists()
    engine.dispose()


def test_a_bucket_is_named_instead(engine: Engine, tmp_path: Path) -> None:
    bucket = BucketStore(None, (), "surveys", "")

    assert "in the bucket: see to it, too." in backup(engine, tmp_path / "copy.sqlite3", bucket)
    assert "kept_media" not in tables_of(tmp_path / "copy.sqlite3")
    engine.dispose()


def test_a_backup_of_a_newer_version_changes_nothing(engine: Engine, store: FolderStore, tmp_path: Path) -> None:
    backup(engine, tmp_path / "copy.sqlite3", store)
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy, copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    path = tmp_path / "answers.sqlite3"
    before = path.stat().st_ino

    with pytest.raises(NewerDatabaseError):
        restore(path, tmp_path / "copy.sqlite3", store)

    assert path.stat().st_ino == before
    assert not list(tmp_path.glob("*restor*"))
    engine.dispose()


def test_a_backup_is_its_owners_alone(engine: Engine, store: FolderStore, tmp_path: Path) -> None:
    backup(engine, tmp_path / "copy.sqlite3", store)

    assert stat.S_IMODE((tmp_path / "copy.sqlite3").stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.writing*"))
    engine.dispose()
