"""One engine per app, one Session per request.

SQLite: WAL, every commit on disk (`synchronous=FULL`), foreign keys on; a request that may write begins IMMEDIATE,
one that only reads begins plainly, because a read that turns into a write fails at once however long it may wait.
PostgreSQL: refused when it would acknowledge what it may still lose.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, cast

from flask import Flask, current_app, g, request
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from surveyapp.db.file import Identity, create, identity
from surveyapp.db.group_commit import GroupCommit, Result
from surveyapp.refused import RefusedError

BUSY_SECONDS = 10
"""How long a command waits for another writer; a migration at the start of a second process may take some time."""
WRITE_SECONDS = 4
"""How long a request's write waits, counted from when it came in; then it is refused with 503."""
WRITE_BY: ContextVar[float | None] = ContextVar("write_by", default=None)
"""The moment by `time.monotonic()` until which this request's write may wait; the server sets it."""
KEPT_CONNECTIONS = 10
CONNECTIONS = 40
"""Connections of an engine at most: more than requests can hold at once (`server.pools`)."""
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}",
           "secure_delete=ON", "journal_size_limit=67108864")  # fmt: skip
ROOM_NEEDED = 64 * 1024 * 1024
# SQLite's plain BEGIN is a snapshot already; PostgreSQL's default would see answers that come in between two queries.
_SNAPSHOT: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class UnsafeDatabaseError(RefusedError):
    """The database could lose what it has acknowledged; the message says which setting to change."""


class ReplacedFileError(OperationalError):
    """Another file has taken the place of the one that is open: what is written now would be lost."""

    def __init__(self, path: Path) -> None:
        super().__init__(None, None, OSError(f"{path} is another file than the one that is open"))


def init_app(app: Flask, url: str) -> None:
    """Give the app its engine and close each request's Session."""
    made = make_engine(url)
    app.extensions["engine"] = made
    if made.dialect.name == "sqlite":
        app.extensions["group_commit"] = GroupCommit(writing(made))
    app.teardown_appcontext(_close)


def make_engine(url: str) -> Engine:
    """An engine whose transactions are safe for answers. Raises UnsafeDatabaseError at the first connection."""
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(
        parsed,
        json_serializer=_compact_json,
        max_overflow=CONNECTIONS - KEPT_CONNECTIONS,
        pool_size=KEPT_CONNECTIONS,
        pool_timeout=WRITE_SECONDS,
        pool_pre_ping=parsed.get_backend_name() != "sqlite",
        hide_parameters=True,  # or a failed statement would write answers to the log
    )
    for name, listener in _LISTENERS[engine.dialect.name]:
        event.listen(engine, name, listener)
    if engine.dialect.name == "sqlite":
        _watch_file(engine, Path(str(engine.url.database)))
    return engine


def engine() -> Engine:
    """The current app's engine."""
    return cast(Engine, current_app.extensions["engine"])


def writing(on: Engine) -> Engine:
    """The same engine for transactions that write: SQLite then takes its lock at BEGIN."""
    return on.execution_options(sqlite_begin="IMMEDIATE")


@contextmanager
def read_snapshot(on: Engine) -> Iterator[Connection]:
    """One read transaction that sees the database as it is at its first query, whatever comes in meanwhile."""
    with on.connect().execution_options(**_SNAPSHOT[on.dialect.name]) as connection:
        yield connection


def session() -> Session:
    """The request's Session: for writing, unless the request's method is one that only reads."""
    if "session" not in g:
        reads = bool(request) and request.method in SAFE_METHODS
        g.session = Session(engine() if reads else writing(engine()), expire_on_commit=False)
    return cast(Session, g.session)


@contextmanager
def reading() -> Iterator[Session]:
    """A Session that only reads and holds nothing up, in whatever request; closed at the end of the block."""
    with Session(engine()) as opened:
        yield opened


def commit_together(run: Callable[[Session], Result]) -> Result:
    """Run a function in a transaction and return its result once that is on disk.

    On SQLite several requests' functions share a transaction, and one may be run twice; the request's own Session
    must not have begun to write. PostgreSQL gathers the commits of its connections by itself.
    """
    if "group_commit" in current_app.extensions:
        grouped: GroupCommit = current_app.extensions["group_commit"]
        return grouped.commit(run)
    result = run(session())
    session().commit()
    return result


def _close(_error: BaseException | None = None) -> None:
    opened = g.pop("session", None)
    if opened is not None:
        opened.close()


def _compact_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _set_up_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    record.info["patience"] = BUSY_SECONDS
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA synchronous").fetchone()[0] != 2:
        raise UnsafeDatabaseError("SQLite must run with synchronous=FULL, or a power cut loses answers.")


def _watch_file(engine: Engine, path: Path) -> None:
    """Make the file for its owner alone, and refuse to write once another one has taken its place."""
    opened: list[Identity | None] = []

    def make(*_connecting: Any) -> None:
        with suppress(OSError):  # SQLite says it better
            create(path)

    def remember(*_connected: Any) -> None:
        if not opened:
            opened.append(identity(path))

    def compare(connection: Connection) -> None:
        if connection.get_execution_options().get("sqlite_begin") and identity(path) not in opened:
            raise ReplacedFileError(path)

    for name, listener in (("do_connect", make), ("connect", remember), ("begin", compare)):
        event.listen(engine, name, listener)


def _begin_sqlite(connection: Connection) -> None:
    how = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    if how == "IMMEDIATE":
        _be_patient(connection)
    connection.exec_driver_sql(f"BEGIN {how}")


def _be_patient(connection: Connection) -> None:
    """Wait for the lock as long as the request still may, in whole seconds: what it waited elsewhere counts."""
    until = WRITE_BY.get()
    seconds = BUSY_SECONDS if until is None else int(max(until - time.monotonic(), 0))
    if connection.info.get("patience") != seconds:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={seconds * 1000}")
        connection.info["patience"] = seconds


def _check_postgresql(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        for setting in ("synchronous_commit", "fsync"):
            cursor.execute(f"SHOW {setting}")
            if cursor.fetchone()[0] == "off":
                raise UnsafeDatabaseError(f"PostgreSQL must run with {setting} on, or a crash loses answers.")
    connection.rollback()


_LISTENERS: dict[str, tuple[tuple[str, Callable[..., None]], ...]] = {
    "sqlite": (("connect", _set_up_sqlite), ("begin", _begin_sqlite)),
    "postgresql": (("connect", _check_postgresql),),
}


def trouble() -> str:
    """Why an answer could not be stored right now, or nothing: a write is tried and rolled back."""
    try:
        with writing(engine()).connect() as connection:
            connection.execute(text("UPDATE card SET finished_count = finished_count WHERE 1 = 0"))
            connection.rollback()
    except ReplacedFileError:
        return "another file has taken the database's place: restart the server"
    except DBAPIError:
        return "the database takes no writes"
    database = engine().url.database
    if engine().dialect.name != "sqlite" or database is None:
        return ""
    return _trouble_of_disk(Path(database).parent)


def _trouble_of_disk(folder: Path) -> str:
    """What a database's disk lacks: a transaction that is rolled back puts nothing on it, and so can't tell."""
    try:
        with TemporaryFile(dir=folder, buffering=0) as probe:
            probe.write(b"x")
    except OSError as error:
        return f"the database's disk takes no writes: {error.strerror}"
    return "" if shutil.disk_usage(folder).free >= ROOM_NEEDED else "the disk is nearly full"
