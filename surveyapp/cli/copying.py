"""`copy --to URL`: a whole installation into another, empty database, verified table by table."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import click
from sqlalchemy import Connection, Engine, Table, insert, select, text, update
from sqlalchemy.engine import Row

from config import database_address
from surveyapp.cli.settings import open_database, read_settings
from surveyapp.db import file as database_file
from surveyapp.db import migrations as schema
from surveyapp.db import server_lock
from surveyapp.db import sessions as db
from surveyapp.db.opening import database_name, file_of, tables_of
from surveyapp.model.base import Base
from surveyapp.model.installation import Installation
from surveyapp.refused import RefusedError

AT_ONCE = 500  # rows
RUNNING = (
    "A server runs on this database, and what it takes meanwhile would be left behind. Stop it, then type this again."
)
MODULUS = 1 << 256
OWN = Installation.__tablename__  # every installation has a number of its own


@dataclass(frozen=True, slots=True)
class Digest:
    """What a table holds, whatever the order of its rows: their number, and the sum of their SHA-256."""

    rows: int = 0
    total: int = 0

    def __str__(self) -> str:
        return f"{self.rows} rows, {self.total:064x}"


@click.command("copy")
@click.option(
    "--to", "url", required=True, metavar="URL", help="The empty database: sqlite:///… or postgresql+psycopg://…"
)
def copy_command(url: str) -> None:
    """Copy everything into another, empty database, and verify every table. Stop the server first."""
    config = read_settings()
    source_file = file_of(config.database_url)
    target = database_address("--to", url, config.instance)
    click.echo(f"Into:     {database_name(target)}")
    source = open_database(config)
    with server_lock.no_server_running(source_file, RUNNING) if source_file else nullcontext():
        for line in copy(source, target):
            click.echo(line)


def copy(source: Engine, target_url: str) -> list[str]:
    """Copy every row of every table; a line a table. Raises RefusedError, and then leaves the target as it was."""
    with _empty(target_url) as target:
        schema.upgrade(target)
        copied = {table.name: _copy_table(source, target, table) for table in _tables()}
        _mark_as_copy(source, target)
        _compare(copied, _digests(target), "The copy differs")
        _compare(copied, _digests(source), "Somebody changed something meanwhile")
        return [f"{name}: {digest}" for name, digest in copied.items()] + ["Every table is there, and equal."]


def _tables() -> list[Table]:
    """Every table, those first that others point to."""
    return [table for table in Base.metadata.sorted_tables if table.name != OWN]


@contextmanager
def _empty(url: str) -> Iterator[Engine]:
    """The target, which must hold nothing; after a failure it holds nothing again. Raises RefusedError."""
    file = file_of(url)
    if file is not None:
        if file.exists() and file.stat().st_size:
            raise RefusedError(f"{file} is there already. Name a new file.")
        database_file.create_with_folder(file)
    target = db.make_engine(url)
    try:
        if tables_of(target):
            raise RefusedError("The target has tables already. Name an empty database.")
        with _emptied_on_failure(target):
            yield target
    finally:
        target.dispose()


@contextmanager
def _emptied_on_failure(target: Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        _empty_again(target)
        raise


def _empty_again(target: Engine) -> None:
    file = file_of(target.url)
    if file is not None:
        target.dispose()
        database_file.delete_database(file)
        return
    with target.begin() as connection:
        Base.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


def _copy_table(source: Engine, target: Engine, table: Table) -> Digest:
    digest = Digest()
    with db.read_snapshot(source) as reading, db.writing(target).begin() as writing:
        for rows in _rows(reading, table):
            writing.execute(insert(table), [dict(row._mapping) for row in rows])
            digest = _with(digest, rows)
    return digest


def _digests(engine: Engine) -> dict[str, Digest]:
    """What every table holds, read anew."""
    with db.read_snapshot(engine) as reading:
        return {table.name: _digest(reading, table) for table in _tables()}


def _digest(reading: Connection, table: Table) -> Digest:
    digest = Digest()
    for rows in _rows(reading, table):
        digest = _with(digest, rows)
    return digest


def _rows(reading: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    """A table's rows, some at a time, so that a million of them need little memory."""
    for part in reading.execution_options(yield_per=AT_ONCE).execute(select(table)).partitions():
        yield list(part)


def _with(digest: Digest, rows: list[Row[Any]]) -> Digest:
    total = sum(int.from_bytes(hashlib.sha256(_bytes_of(row)).digest()) for row in rows)
    return replace(digest, rows=digest.rows + len(rows), total=(digest.total + total) % MODULUS)


def _bytes_of(row: Row[Any]) -> bytes:
    """A row as both databases must give it, to the letter; JSON in the order of its keys, which PostgreSQL forgets."""
    return json.dumps(list(row), sort_keys=True, ensure_ascii=True, default=_plain).encode()


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _mark_as_copy(source: Engine, target: Engine) -> None:
    """Let the copy know of which installation it is one: served, it takes over the recordings and photos."""
    with source.connect() as reading, db.writing(target).begin() as writing:
        writing.execute(update(Installation).values(copy_of=reading.scalar(select(Installation.id))))


def _compare(copied: dict[str, Digest], found: dict[str, Digest], what: str) -> None:
    different = [name for name, digest in copied.items() if found[name] != digest]
    if different:
        raise RefusedError(f"{what} in {', '.join(different)}. Nothing was left in the target; type this again.")
