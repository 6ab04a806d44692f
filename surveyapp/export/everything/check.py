"""Whether a package is whole: every file read again, hashed, and its rows and answers counted against the manifest."""

import csv
import io
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import orjson

from surveyapp.export.everything import manifest

READ = 1024 * 1024
UNANSWERED = frozenset({"blanked", "skipped", "not_shown"})
_DAMAGED = (
    BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
    csv.Error,
    KeyError,
)


def differences(package: Path) -> list[str]:
    """What differs between a package and its manifest, as sentences; none means whole. Raises OSError."""
    try:
        with ZipFile(package) as archive:
            told = orjson.loads(archive.read(manifest.NAME))
            if not isinstance(told, dict) or told.get("format") != manifest.FORMAT:
                return [f"{manifest.NAME} is not of a package that this version makes."]
            return [*_seal(told), *_names(archive, told), *_files(archive, told)]
    except BadZipFile:
        return ["It is no zip, or one that broke off."]
    except (TypeError, orjson.JSONDecodeError, *_DAMAGED):
        return [f"{manifest.NAME} is missing or can't be read."]


def rows_of(package: Path) -> str:
    """Whether a whole package has ordinary rows or full ones. Raises OSError."""
    with ZipFile(package) as archive:
        return str(orjson.loads(archive.read(manifest.NAME)).get("rows", manifest.FULL))


def _seal(told: Mapping[str, Any]) -> Iterator[str]:
    if told.get(manifest.SEAL) != manifest.seal_of(told):
        yield f"{manifest.NAME} has changed: its own hash differs."


def _names(archive: ZipFile, told: Mapping[str, Any]) -> Iterator[str]:
    named = {file["path"] for file in told["files"]}
    there = Counter(name for name in archive.namelist() if name != manifest.NAME)
    yield from (f"{name} is missing." for name in sorted(named - there.keys()))
    yield from (f"{name} is not in the manifest." for name in sorted(there.keys() - named))
    yield from (f"{name} is there twice." for name in sorted(there) if there[name] > 1)


def _files(archive: ZipFile, told: Mapping[str, Any]) -> Iterator[str]:
    there = set(archive.namelist())
    for file in told["files"]:
        if file["path"] in there:
            try:
                yield from _hash(archive, file)
                yield from _counts(archive, file, told)
            except _DAMAGED:
                yield f"{file['path']} is damaged: it can't be read to its end."


def _hash(archive: ZipFile, file: Mapping[str, Any]) -> Iterator[str]:
    hashed, length = sha256(), 0
    with archive.open(file["path"]) as content:
        while chunk := content.read(READ):
            hashed.update(chunk)
            length += len(chunk)
    if length != file["bytes"]:
        yield f"{file['path']} has {length} bytes, the manifest says {file['bytes']}."
    if hashed.hexdigest() != file["sha256"]:
        yield f"{file['path']} has changed: its hash differs."


def _counts(archive: ZipFile, file: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[str]:
    """The rows of a table; of the three with answers, also what the database counted."""
    if "rows" not in file:
        return
    found, people = _counted(_rows(archive, file["path"]), file["path"])
    yield from _differs(f"{file['path']}: rows", found.pop(""), file["rows"])
    if file["path"] == "responses.csv":
        yield from _differs("responses.csv: responses", people, told["responses"])
        for edition, expected in told["responses_by_edition"].items():
            yield from _differs(f"responses.csv: responses of edition {edition}", found[edition], expected)
    if file["path"] == "answers.csv":
        yield from _differs("answers.csv: responses", people, told["responses"] if told["answers"] else 0)
        for key, expected in told["answers"].items():
            yield from _differs(f"answers.csv: people who answered “{key}”", found[key], expected)
    if file["path"] == "comments.csv":
        for key, times in found.items():
            yield from _differs(
                f"comments.csv: comments to “{key}”", times, told.get("comments", told["answers"]).get(key, 0)
            )


def _differs(what: str, found: int, expected: int) -> Iterator[str]:
    if found != expected:
        yield f"{what}: {found}, the manifest says {expected}."


def _counted(rows: Iterator[dict[str, str]], name: str) -> tuple[Counter[str], int]:
    """Rows under "", people by question (or responses by edition), and responses; one response's rows stand together.

    Nothing is kept of a response but its id while its rows pass by.
    """
    counts: Counter[str] = Counter({"": 0})
    people, last, answered = 0, "", set[str]()
    for row in rows:
        counts[""] += 1
        named = row.get("response_id") or row.get("comment_id", "")  # ordinary comments say of no response
        if named != last:
            people, last, answered = people + 1, named, set()
        for key in _keys(row, name):
            if key not in answered:
                answered.add(key)
                counts[key] += 1
    return counts, people


def _keys(row: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What a row counts for: its edition (in a series, named after its event's key), its question, or nothing."""
    if name == "responses.csv" and row["edition"]:
        return row["edition"], f"{row['event_key']} {row['edition']}"
    if name == "comments.csv" or (name == "answers.csv" and row["state"] not in UNANSWERED):
        return (row["question_key"],)
    return ()


def _rows(archive: ZipFile, name: str) -> Iterator[dict[str, str]]:
    with archive.open(name) as content, io.TextIOWrapper(content, encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text, strict=True)
