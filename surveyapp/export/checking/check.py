"""Whether a package is whole: every file read again, hashed, counted, and held against the others and the manifest."""

import csv
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from surveyapp.export.checking import container, descriptions, tables
from surveyapp.export.checking.statement import (
    MOST_BYTES,
    PackageStatement,
    UnreadableError,
    read_statement,
    seal_faults,
)
from surveyapp.export.everything import csvw, datapackage, manifest

READ = 1024 * 1024
_DAMAGED = (
    BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, LookupError, TypeError, AttributeError,
    ArithmeticError, csv.Error, struct.error, NotImplementedError, MemoryError,
)  # fmt: skip
"""What reading files of anybody's making can raise; whatever it is, they aren't what was written."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What differs in a package, as sentences, none where it is whole; its kind of rows, and who signed it."""

    differences: list[str]
    rows: str = ""
    key: str = ""


def differences(package: Path, key: str = "") -> list[str]:
    """What differs between a package and what was written, as sentences; none means whole. Raises OSError."""
    return checked(package, key).differences


def checked(package: Path, key: str = "") -> CheckReport:
    """Read a package through; with a key, it has to be signed by that one. Raises OSError where there is no file."""
    with package.open("rb") as file:
        try:
            with ZipFile(file) as archive:
                return _checked(file, archive, key)
        except UnreadableError as error:
            return CheckReport([str(error)])
        except _DAMAGED:
            return CheckReport(["It is no zip, or one that broke off."])


def _checked(file: BinaryIO, archive: ZipFile, key: str) -> CheckReport:
    wrong = list(container.container_faults(file, archive))
    folder = container.folder_of(archive.namelist())
    said = _statement(archive, folder)
    wrong += seal_faults(said, key)
    if not wrong:
        wrong += _names(archive, folder, said)
        wrong += _files(archive, folder, said)
    return CheckReport(wrong, said.rows, said.key)


def _statement(archive: ZipFile, folder: str) -> PackageStatement:
    try:
        with archive.open(f"{folder}{manifest.NAME}") as content:
            return read_statement(content.read(MOST_BYTES))
    except _DAMAGED as error:
        raise UnreadableError(f"{manifest.NAME} is missing or can't be read.") from error


def _names(archive: ZipFile, folder: str, said: PackageStatement) -> Iterator[str]:
    named = {file.path for file in said.files}
    there = {name.removeprefix(folder) for name in archive.namelist()} - {manifest.NAME, ""}
    yield from (f"{name} is missing." for name in sorted(named - there))
    yield from (f"{name} is not in the manifest." for name in sorted(there - named))


def _files(archive: ZipFile, folder: str, said: PackageStatement) -> Iterator[str]:
    """Each file by itself, then all against each other as far as they can be read."""
    there, damaged = set(archive.namelist()), False
    for file in said.files:
        if f"{folder}{file.path}" not in there:
            damaged = True
            continue
        try:
            yield from _hash(archive, f"{folder}{file.path}", file.path, (file.bytes, file.sha256))
        except _DAMAGED:
            damaged = True
            yield f"{file.path} is damaged: it can't be read to its end."
    if damaged:
        return
    try:
        yield from _together(archive, folder, said)
    except tables.FaultyError as error:
        yield str(error)
    except _DAMAGED:
        yield "A table or what describes it can't be read as what it should be."


def _hash(archive: ZipFile, path: str, name: str, expected: tuple[int, str]) -> Iterator[str]:
    hashed, length = sha256(), 0
    with archive.open(path) as content:
        while length <= expected[0] and (chunk := content.read(READ)):
            hashed.update(chunk)
            length += len(chunk)
    if length != expected[0]:
        yield f"{name} has {length} bytes, the manifest says {expected[0]}."
    if hashed.hexdigest() != expected[1]:
        yield f"{name} has changed: its hash differs."


def _together(archive: ZipFile, folder: str, said: PackageStatement) -> Iterator[str]:
    """The tables against each other, the manifest, the codebook, and what describes them."""
    columns, rows = tables.codebook_columns(archive, f"{folder}codebook.csv")
    yield from tables.fixed_faults(columns)
    if tables.table_header(archive, f"{folder}responses.csv") != list(columns):
        yield "responses.csv and codebook.csv have different columns."
        return
    found = tables.compared(archive, folder, columns, ordinary=said.is_ordinary)
    found.rows["codebook.csv"] = rows
    yield from found.sentences()
    yield from _counts(archive, folder, said, found)
    yield from tables.count_sentences(found, columns)
    yield from descriptions.data_package_faults(archive.read(f"{folder}{datapackage.NAME}"), said, columns)
    yield from descriptions.csvw_faults(archive.read(f"{folder}{csvw.NAME}"), columns)


def _counts(archive: ZipFile, folder: str, said: PackageStatement, found: tables.TableTotals) -> Iterator[str]:
    """What the tables hold against what the database counted."""
    for file in said.files:
        if file.rows is not None:
            if file.path not in found.rows:
                found.rows[file.path] = sum(1 for _row in tables.table_rows(archive, f"{folder}{file.path}"))
            yield from _differs(f"{file.path}: rows", found.rows[file.path], file.rows)
    yield from _differs("responses.csv: responses", found.responses, said.responses)
    for edition, expected in said.editions.items():
        yield from _differs(f"responses.csv: responses of edition {edition}", found.editions[edition], expected)
    for key in sorted(said.answers.keys() | found.answers.keys()):
        yield from _differs(f"answers.csv: people who answered “{key}”", found.answers[key], said.answers.get(key, 0))
    for key in sorted(said.comments.keys() | found.comments.keys()):
        yield from _differs(f"comments.csv: comments to “{key}”", found.comments[key], said.comments.get(key, 0))


def _differs(what: str, found: int, expected: int) -> Iterator[str]:
    if found != expected:
        yield f"{what}: {found}, the manifest says {expected}."
