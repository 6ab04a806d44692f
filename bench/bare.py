"""The least that Python can do with the same rows: a bare cursor, orjson, csv.writer; no guard, no editions."""

import csv
import io
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import psycopg

from surveyapp.model.validation import FIXED_NAMES

CHUNK = 64 * 1024
FETCH = 1000
SQLITE = """
    SELECT key, edition, day, "group", view, language, source, finished, late, follows, answers FROM response
    WHERE survey_id = ? AND withdrawn = 0 AND finished = 1 ORDER BY key
"""
POSTGRESQL = """
    SELECT key, edition, day, "group", view, language, source, finished::int, late::int, follows, answers::text
    FROM response WHERE survey_id = %s AND NOT withdrawn AND finished ORDER BY key
"""
LONG = ("response_id", "question_key", "item", "state", "value_code", "value_number", "value_text")

Rows = Iterator[list[Any]]


def sqlite_rows(path: Path, survey_id: UUID) -> Rows:
    """The columns of finished responses, by hundreds, from a SQLite file."""
    connection = sqlite3.connect(path)
    cursor = connection.execute(SQLITE, (survey_id.hex,))
    while rows := cursor.fetchmany(FETCH):
        yield rows
    connection.close()


def postgresql_rows(url: str, survey_id: UUID) -> Rows:
    """The same by a server-side cursor of PostgreSQL."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection, connection.cursor(name="bare") as cursor:
        cursor.execute(POSTGRESQL, (survey_id,))
        while rows := cursor.fetchmany(FETCH):
            yield rows


def wide(rows: Rows, keys: list[str]) -> Iterator[bytes]:
    """`responses.csv` of questions that each have one column."""
    return _written([*FIXED_NAMES, *keys], rows, lambda row: [_wide_line(row, keys)])


def long(rows: Rows, text_keys: list[str], keys: list[str]) -> Iterator[bytes]:
    """`answers.csv` of ratings, single choices and comments that everybody answered."""
    return _written(LONG, rows, lambda row: _long_lines(row, text_keys, keys))


def _wide_line(row: tuple[Any, ...], keys: list[str]) -> list[Any]:
    key, *middle, follows, answers = row
    given = orjson.loads(answers)
    return [key[:8].hex(), "bench", *middle, follows, *[given.get(key) for key in keys]]


def _long_lines(row: tuple[Any, ...], text_keys: list[str], keys: list[str]) -> list[list[Any]]:
    response_id, given = row[0][:8].hex(), orjson.loads(row[-1])
    coded = [key for key in keys if key not in text_keys]
    lines = [
        [response_id, key, None, "answered", given[key], given[key] if given[key].isdigit() else None, None]
        for key in coded
    ]
    return [*lines, *([response_id, key, None, "answered", None, None, given[key]] for key in text_keys)]


def _written(
    header: Iterable[str], rows: Rows, lines_of: Callable[[tuple[Any, ...]], list[list[Any]]]
) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    for part in rows:
        writer.writerows([line for row in part for line in lines_of(row)])
        if buffer.tell() >= CHUNK:
            yield emptied(buffer)
    yield emptied(buffer)


def emptied(buffer: io.StringIO) -> bytes:
    """What was written to it, as UTF-8, taken out of it."""
    written = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return written
