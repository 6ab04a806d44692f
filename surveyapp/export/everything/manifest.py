"""`manifest.json`: what must be in the package, counted by the database in the snapshot that the rows came from.

The rows go through Python; these counts don't. Where both agree, no answer was lost on the way. It is signed with the
installation's key, so that nobody else can make one that says something else.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Subquery, func, join, select, true
from sqlalchemy.sql.functions import FunctionElement

from surveyapp.export.everything.signature import public_key, signature_of
from surveyapp.export.everything.written_file import WrittenFile
from surveyapp.export.rows import EditionKey, ExportedSurvey, Snapshot, word_keys
from surveyapp.model.installation import signing_seed
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.stored_blanks import all_blanked, stored_columns

NAME = "manifest.json"
FORMAT = "surveyapp-export/2"
UNSIGNED_FORMAT = "surveyapp-export/1"
ORDINARY, FULL = "ordinary", "full"
PUBLIC_KEY, SEAL, SIGNATURE = "public_key", "manifest_sha256", "signature"


@dataclass(frozen=True, slots=True)
class DatabaseCounts:
    """Responses by edition, people who answered by question, and texts in `comments.csv` by question."""

    editions: Mapping[EditionKey, int]
    answers: Mapping[str, int]
    comments: Mapping[str, int]


def manifest_json(taken: Snapshot, counts: DatabaseCounts, files: Sequence[WrittenFile]) -> bytes:
    """The file; `made_on` is a day, as nothing finer than a day leaves."""
    document = {
        "format": FORMAT,
        "survey": {"title": taken.title, "event_key": taken.key},
        "events": [{"title": event.title, "event_key": event.key} for event in taken.events],
        "made_on": taken.made_on,
        "rows": ORDINARY if taken.is_ordinary else FULL,
        "with_unfinished": taken.unfinished,
        **({"part": {"questions": sorted(taken.questions), "edition": taken.edition}} if taken.is_part else {}),
        "responses": sum(counts.editions.values()),
        "responses_by_edition": {
            edition_name(taken, event, number): counts.editions[event, number]
            for event, number in taken.editions
            if number is not None
        },
        "answers": counts.answers,
        "comments": counts.comments,
        "files": [_file(file) for file in files],
    }
    return signed(document, signing_seed(taken.connection))


def signed(document: Mapping[str, Any], seed: bytes) -> bytes:
    """A manifest's bytes, at its end the hash of all it says and the signature, by the key that it names."""
    told = {**document, PUBLIC_KEY: public_key(seed)}
    return manifest_bytes({**told, SEAL: seal_of(told), SIGNATURE: signature_of(parsed_manifest(told), seed)})


def manifest_bytes(told: Mapping[str, Any]) -> bytes:
    """A manifest's bytes."""
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def seal_of(document: Mapping[str, Any]) -> str:
    """The hash of what a manifest says."""
    return sha256(parsed_manifest(document)).hexdigest()


def parsed_manifest(document: Mapping[str, Any]) -> bytes:
    """What a manifest says, whatever its spaces and order and without seal and signature."""
    said = {name: value for name, value in document.items() if name not in (SEAL, SIGNATURE)}
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)


def edition_name(taken: Snapshot, event_key: str, number: int) -> str:
    """How an edition is named: by its number, in a series after its event's key."""
    return f"{event_key} {number}" if taken.is_series else str(number)


def database_counts(taken: Snapshot) -> DatabaseCounts:
    """Ask the database; every edition and every question is named, 0 where nobody answered it or all is blanked."""
    editions = Counter(dict.fromkeys(taken.editions, 0))
    asked = [question for edition in taken.editions.values() for question in edition.linked]
    answers = Counter({question.key: 0 for question in asked})
    comments = Counter({question.key: 0 for question in asked if kind_of(question).cells == "text"})
    for event in taken.events:
        for number, n in _per_edition(taken, event):
            editions[event.key, None if taken.is_ordinary else number] += n
        words = set(filter(taken.wants, word_keys(event))) if taken.is_ordinary else comments.keys()
        hidden = taken.hidden(event)
        for key, blanked, n in _per_key(taken, event):
            if key in words and not (key in hidden and not taken.is_ordinary):
                comments[key] += n
            if key in answers and key not in hidden and not (taken.is_ordinary and key in blanked):
                answers[key] += n
    return DatabaseCounts(editions, answers, comments)


def _per_edition(taken: Snapshot, event: ExportedSurvey) -> Iterable[tuple[int, int]]:
    stored = taken.stored(event)
    counted = select(stored.c.edition, func.count()).group_by(stored.c.edition)
    return ((number, n) for number, n in taken.connection.execute(counted))


def _per_key(taken: Snapshot, event: ExportedSurvey) -> Iterator[tuple[str, frozenset[str], int]]:
    """People who answered by question and by what is blanked in their rows, of which there are few combinations."""
    everything = all_blanked([*event.editions.values()])
    stored = taken.stored(event)
    each = _each(taken.connection.dialect.name, stored).table_valued("key")
    by = (each.c.key, stored.c.blanked)
    counted = select(*by, func.count()).select_from(join(stored, each, true())).group_by(*by)
    for key, text, n in taken.connection.execute(counted):
        yield key, everything if text is None else stored_columns(text), n


def _each(dialect: str, stored: Subquery) -> FunctionElement[Any]:
    """A response's answers, a row each."""
    return func.jsonb_each(stored.c.answers) if dialect == "postgresql" else func.json_each(stored.c.answers)


def _file(file: WrittenFile) -> dict[str, Any]:
    known = {"path": file.name, "bytes": file.bytes, "sha256": file.sha256}
    return known if file.rows is None else {**known, "rows": file.rows}
