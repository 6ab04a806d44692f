"""The database that a command acts on: named before anything is done, and made by the few commands that may."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Engine, inspect, make_url

from surveyapp.db import file as database_file
from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from surveyapp.refused import RefusedError


def database_name(url: str | URL) -> str:
    """A database as people call it: a file's path, or user, host and name; never a password."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        return str(parts.database)
    host = parts.host or parts.query.get("host", "")
    where = f"{host}:{parts.port}" if parts.port else host
    user = f"{parts.username}@" if parts.username else ""
    return f"PostgreSQL {user}{where}/{parts.database or parts.username or ''}"


def file_of(url: str | URL) -> Path | None:
    """The file of a SQLite database."""
    parts = make_url(url)
    return Path(str(parts.database)) if parts.get_backend_name() == "sqlite" else None


def opened_database(url: str, read_from: str = "", *, may_create: bool = False) -> Engine:
    """The database, brought up to date. Raises RefusedError where there is none, unless it may be made here.

    `read_from` says where its address was read, for whoever wonders why it isn't the server's.
    """
    file = file_of(url)
    if file is not None and may_create:
        _create(file)
    if file is not None and not file.exists():
        raise RefusedError(_nothing_in(read_from))
    engine = db.make_engine(url)
    try:
        _check_ours(tables_of(engine), read_from, may_create=may_create)
        schema.upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _check_ours(tables: set[str], read_from: str, *, may_create: bool) -> None:
    if not tables and not may_create:
        raise RefusedError(_nothing_in(read_from))
    if tables and "alembic_version" not in tables:
        raise RefusedError("This database is of another program: it has tables, and none says that they are ours.")


def tables_of(engine: Engine) -> set[str]:
    """The names of a database's tables; a file is only read for it, since it may be somebody else's."""
    file = file_of(engine.url)
    if file is None:
        return set(inspect(engine).get_table_names())
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as opened:
        return {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _create(file: Path) -> None:
    try:
        database_file.create_with_folder(file)
    except OSError as error:
        raise RefusedError(f"{file} can't be made or opened: {error.strerror}.") from error
    database_file.make_private(file)


def _nothing_in(read_from: str) -> str:
    return (
        "There is no database of ours. The server makes one at its start. If it runs already, this command has other "
        f"settings than the server: write DATABASE_URL or INSTANCE into the file that both read (this was {read_from})."
    )
