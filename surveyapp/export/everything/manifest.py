"""`manifest.json`: what must be in the package, counted by the database in the snapshot that the rows came from.

The rows go through Python; these counts don't. Where both agree, no answer was lost on the way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import func, join, true
from sqlalchemy.sql.functions import FunctionElement

from surveyapp.domain.response import Response
from surveyapp.export.everything.written import Written
from surveyapp.export.rows import Snapshot

NAME = "manifest.json"
FORMAT = "surveyapp-export/1"


@dataclass(frozen=True, slots=True)
class DatabaseCounts:
    """Responses by edition, and people who answered by question."""

    editions: Mapping[int, int]
    answers: Mapping[str, int]


def manifest_json(taken: Snapshot, counts: DatabaseCounts, files: Sequence[Written]) -> bytes:
    """The file; `made_on` is a day, as nothing finer than a day leaves."""
    document = {
        "format": FORMAT,
        "survey": {"title": taken.title, "event_key": taken.event_key},
        "made_on": taken.made_on,
        "with_unfinished": taken.unfinished,
        "responses": sum(counts.editions.values()),
        "responses_by_edition": {str(edition): counts.editions.get(edition, 0) for edition in taken.editions},
        "answers": counts.answers,
        "files": [_file(file) for file in files],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def database_counts(taken: Snapshot) -> DatabaseCounts:
    """Ask the database; every question of every edition is named, 0 where nobody answered it."""
    per_edition = taken.responses.with_only_columns(Response.edition, func.count()).order_by(None)
    editions = dict(taken.connection.execute(per_edition.group_by(Response.edition)).all())
    each = _each(taken.connection.dialect.name).table_valued("key")
    per_key = taken.responses.with_only_columns(each.c.key, func.count()).order_by(None).group_by(each.c.key)
    joined = per_key.select_from(join(Response, each, true()))
    found: dict[str, int] = dict(taken.connection.execute(joined).all())
    asked = dict.fromkeys(question.key for edition in taken.editions.values() for question in edition.linked)
    return DatabaseCounts(editions, {name: found.get(name, 0) for name in asked})


def _each(dialect: str) -> FunctionElement[Any]:
    """A response's answers, a row each."""
    return func.jsonb_each(Response.answers) if dialect == "postgresql" else func.json_each(Response.answers)


def _file(file: Written) -> dict[str, Any]:
    known = {"path": file.name, "bytes": file.bytes, "sha256": file.sha256}
    return known if file.rows is None else {**known, "rows": file.rows}
