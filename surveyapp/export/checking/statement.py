"""The manifest as it is read: only what is shaped as one says anything; whatever else is there is refused."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from surveyapp.export.everything import manifest
from surveyapp.export.everything.signature import fits

MOST_BYTES = 16_000_000
PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
HASH = re.compile(r"[0-9a-f]{64}")
REQUIRED = frozenset({
    "README.txt", "responses.csv", "answers.csv", "comments.csv", "codebook.csv", "datapackage.json",
    "responses.csv-metadata.json",
})  # fmt: skip


class UnreadableError(Exception):
    """The manifest is none; said in a sentence."""


@dataclass(frozen=True, slots=True)
class ListedFile:
    """What a manifest says of one file."""

    path: str
    bytes: int
    sha256: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class PackageStatement:
    """What a manifest says. `answers` and `comments` count people by question, `editions` responses."""

    rows: str
    responses: int
    editions: Mapping[str, int]
    answers: Mapping[str, int]
    comments: Mapping[str, int]
    files: tuple[ListedFile, ...]
    key: str
    document: Mapping[str, Any]

    @property
    def is_ordinary(self) -> bool:
        """Whether it says that what singles people out is blanked."""
        return self.rows == manifest.ORDINARY


def read_statement(content: bytes) -> PackageStatement:
    """Read a manifest. Raises UnreadableError."""
    try:
        told = orjson.loads(content)
        if told.get("format") == manifest.UNSIGNED_FORMAT:
            raise UnreadableError(
                "It is of an earlier version, which did not sign packages: nobody can tell whether it was changed."
            )
        if told.get("format") != manifest.FORMAT:
            raise UnreadableError(f"{manifest.NAME} is not of a package that this version makes.")
        return _statement(told)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableError(f"{manifest.NAME} is missing or can't be read.") from error


def seal_faults(said: PackageStatement, key: str) -> Iterator[str]:
    """What is wrong with its hash and signature; with a key, whether it is that one's."""
    told = said.document
    if told.get(manifest.SEAL) != manifest.seal_of(told):
        yield f"{manifest.NAME} has changed: its own hash differs."
    if not fits(manifest.parsed_manifest(told), str(told.get(manifest.SIGNATURE, "")), said.key):
        yield f"{manifest.NAME} has changed, or nobody signed it: its signature does not fit."
    if key and key != said.key:
        yield f"It is signed by another key than the one you named: by {said.key}."


def _statement(told: Mapping[str, Any]) -> PackageStatement:
    files = tuple(_file(each) for each in _is(told["files"], list))
    paths = [file.path for file in files]
    if len(set(paths)) != len(paths) or not (set(paths) >= REQUIRED) or manifest.NAME in paths:
        raise ValueError(paths)
    if told["rows"] not in (manifest.ORDINARY, manifest.FULL):
        raise ValueError(told["rows"])
    return PackageStatement(
        told["rows"],
        _count(told["responses"]),
        _counts(told["responses_by_edition"]),
        _counts(told["answers"]),
        _counts(told["comments"]),
        files,
        _matching(told.get(manifest.PUBLIC_KEY, "0" * 64), HASH),
        told,
    )


def _file(each: Any) -> ListedFile:
    rows = each.get("rows")
    if rows is None and str(each["path"]).endswith(".csv"):
        raise ValueError(each)
    return ListedFile(
        _matching(each["path"], PATH),
        _count(each["bytes"]),
        _matching(each["sha256"], HASH),
        None if rows is None else _count(rows),
    )


def _counts(told: Any) -> Mapping[str, int]:
    return {name: _count(n) for name, n in _is(told, dict).items()}


def _count(told: Any) -> int:
    if type(told) is not int or told < 0:
        raise ValueError(told)
    return told


def _matching(told: Any, pattern: re.Pattern[str]) -> str:
    if not isinstance(told, str) or not pattern.fullmatch(told):
        raise ValueError(told)
    return told


def _is(told: Any, kind: type) -> Any:
    if not isinstance(told, kind):
        raise TypeError(told)
    return told
