"""`manifest.json`: what must be in the package, counted by the database in the snapshot that the rows came from.

The rows go through Python; these counts don't. Where both agree, no answer was lost on the way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Subquery, func, join, select, true
from sqlalchemy.sql.functions import FunctionElement

from surveyapp.export.everything.written import Written
from surveyapp.export.rows import Asked, Event, Snapshot

NAME = "manifest.json"
FORMAT = "surveyapp-export/1"
SEAL = "manifest_sha256"


@dataclass(frozen=True, slots=True)
class DatabaseCounts:
    """Responses by edition, and people who answered by question."""

    editions: Mapping[Asked, int]
    answers: Mapping[str, int]


def manifest_json(taken: Snapshot, counts: DatabaseCounts, files: Sequence[Written]) -> bytes:
    """The file; `made_on` is a day, as nothing finer than a day leaves."""
    document = {
        "format": FORMAT,
        "survey": {"title": taken.title, "event_key": taken.key},
        "events": [{"title": event.title, "event_key": event.key} for event in taken.events],
        "made_on": taken.made_on,
        "with_unfinished": taken.unfinished,
        "responses": sum(counts.editions.values()),
        "responses_by_edition": {edition_name(taken, *asked): counts.editions[asked] for asked in taken.editions},
        "answers": counts.answers,
        "files": [_file(file) for file in files],
    }
    return sealed(document)


def sealed(document: Mapping[str, Any]) -> bytes:
    """A manifest's bytes, at its end the hash of all it says."""
    told = {**document, SEAL: seal_of(document)}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def seal_of(document: Mapping[str, Any]) -> str:
    """The hash of what a manifest says, whatever its spaces and order and without the seal itself."""
    said = {name: value for name, value in document.items() if name != SEAL}
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def edition_name(taken: Snapshot, event_key: str, number: int) -> str:
    """How an edition is named: by its number, in a series after its event's key."""
    return f"{event_key} {number}" if taken.is_series else str(number)


def database_counts(taken: Snapshot) -> DatabaseCounts:
    """Ask the database; every edition and every question is named, 0 where nobody answered it."""
    editions = Counter(dict.fromkeys(taken.editions, 0))
    answers = Counter({question.key: 0 for edition in taken.editions.values() for question in edition.linked})
    for event in taken.events:
        editions.update({(event.key, number): n for number, n in _per_edition(taken, event)})
        answers.update({key: n for key, n in _per_key(taken, event) if key in answers})
    return DatabaseCounts(editions, answers)


def _per_edition(taken: Snapshot, event: Event) -> Iterable[tuple[int, int]]:
    stored = taken.stored(event)
    counted = select(stored.c.edition, func.count()).group_by(stored.c.edition)
    return ((number, n) for number, n in taken.connection.execute(counted))


def _per_key(taken: Snapshot, event: Event) -> Iterable[tuple[str, int]]:
    stored = taken.stored(event)
    each = _each(taken.connection.dialect.name, stored).table_valued("key")
    counted = select(each.c.key, func.count()).select_from(join(stored, each, true())).group_by(each.c.key)
    return ((key, n) for key, n in taken.connection.execute(counted))


def _each(dialect: str, stored: Subquery) -> FunctionElement[Any]:
    """A response's answers, a row each."""
    return func.jsonb_each(stored.c.answers) if dialect == "postgresql" else func.json_each(stored.c.answers)


def _file(file: Written) -> dict[str, Any]:
    known = {"path": file.name, "bytes": file.bytes, "sha256": file.sha256}
    return known if file.rows is None else {**known, "rows": file.rows}
