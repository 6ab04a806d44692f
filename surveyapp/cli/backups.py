"""`backup` and `restore`: one new file that holds everything, and the way back."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from config import Config
from surveyapp.cli.settings import media_of, open_database, read_settings
from surveyapp.db import file as database_file
from surveyapp.db import migrations as schema
from surveyapp.db import server_lock
from surveyapp.db import sessions as db
from surveyapp.db.errors import database_sentence
from surveyapp.db.opening import file_of
from surveyapp.editing.media_owner import claim
from surveyapp.refused import RefusedError
from surveyapp.storage.backup import put_into, take_out_of
from surveyapp.storage.folder import FolderStore
from surveyapp.storage.refusals import StoreGoneError
from surveyapp.storage.stores import Store

NOT_OURS = (OSError, sqlite3.Error, DBAPIError, StoreGoneError)
RUNNING = "A server runs on this database, and would lose what it takes meanwhile. Stop it, then type this again."


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def backup_command(file: Path) -> None:
    """Copy the database and what is kept into a new FILE, also while a server runs."""
    config = read_settings()
    _database_of(config)
    click.echo(backup(open_database(config), file, media_of(config)))


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def restore_command(file: Path) -> None:
    """Put a backup in the database's place; refused while a server runs."""
    config = read_settings()
    click.echo(restore(_database_of(config), file, media_of(config)))


def backup(engine: Engine, file: Path, store: Store) -> str:
    """Copy the SQLite database, recordings and photos into a new file, whole while they are in use.

    It takes its name when it is whole and checked. Raises RefusedError, and then leaves nothing.
    """
    if file.exists():
        raise RefusedError(f"{file} is there already. Name a new file.")
    try:
        with database_file.written_whole(file) as draft:
            _copy(Path(str(engine.url.database)), draft)
            kept = put_into(draft, store)
            _check_copy(draft)
    except (OSError, sqlite3.Error) as error:
        raise RefusedError(f"{file} can't be written: {_reason(error)} Nothing was left.") from error
    elsewhere = "" if isinstance(store, FolderStore) else " Recordings and photos are in the bucket: see to it, too."
    return f"Backed up to {file}, with {kept} recordings and photos.{elsewhere}"


def restore(path: Path, file: Path, store: Store) -> str:
    """Put a backup in the place of a SQLite database; what was there is kept beside it. Raises RefusedError.

    The copy is brought up to date first and takes the database's place last, so that a failure changes nothing.
    """
    _check_backup(file)
    database_file.create_with_folder(path)
    aside = path.with_name(f"{path.name}.before-restore-{datetime.now(UTC):%Y%m%d%H%M%S}")
    draft = path.with_name(f"{path.name}.restoring")
    with server_lock.no_server_running(path, RUNNING):
        try:
            _make_ready(draft, file, store)
            is_kept = _put_aside(path, aside)
        except Exception as error:
            database_file.delete_database(draft)
            database_file.delete_database(aside)
            if not isinstance(error, NOT_OURS):
                raise
            raise RefusedError(f"Nothing was restored, and nothing has changed: {_reason(error)}") from error
        database_file.delete_database(path)
        draft.replace(path)
    return f"Restored from {file}." + (f" What was there is in {aside.name}." if is_kept else "")


def _make_ready(draft: Path, file: Path, store: Store) -> None:
    database_file.delete_database(draft)
    database_file.create(draft)
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as source:
        source.execute("VACUUM INTO ?", (str(draft),))
    take_out_of(draft, store)
    engine = db.make_engine(f"sqlite:///{draft}")
    schema.upgrade(engine)
    with Session(engine) as session:
        claim(session, store)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()


def _put_aside(path: Path, aside: Path) -> bool:
    """Keep what was there, as it is where it can't be read: whether there was anything."""
    if not path.stat().st_size:
        return False
    try:
        _copy(path, aside)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        database_file.delete_database(aside)
        aside.hardlink_to(path)
    return True


def _copy(path: Path, copy: Path) -> None:
    database_file.create(copy)
    with closing(sqlite3.connect(path)) as source:
        source.execute("VACUUM INTO ?", (str(copy),))


def _check_copy(draft: Path) -> None:
    with closing(sqlite3.connect(draft)) as copy:
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise RefusedError(f"The backup would be damaged: {verdict}")


def _check_backup(file: Path) -> None:
    if not file.is_file():
        raise RefusedError(f"There is no file {file}.")
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            is_whole = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        raise RefusedError(f"{file} is not a backup of this product, or can't be read.") from None
    if not is_whole or not {"survey", "response", "alembic_version"} <= tables:
        raise RefusedError(f"{file} is not a whole backup of this product.")


def _database_of(config: Config) -> Path:
    file = file_of(config.database_url)
    if file is None:
        raise RefusedError("This is for SQLite. Use pg_dump and pg_restore for PostgreSQL.")
    return file


def _reason(error: Exception) -> str:
    return database_sentence(error) or f"{getattr(error, 'strerror', None) or error}."
