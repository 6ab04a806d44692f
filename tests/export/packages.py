"""A package as a test looks at it: fetched, opened, changed and put together again."""

import json
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from surveyapp.export.everything.manifest import signed
from surveyapp.model.survey import Survey
from tests.export.samples import file_of
from tests.visitor import Visitor

FORGER = bytes(range(32))
NAMES = [
    "README.txt", "responses.csv", "answers.csv", "comments.csv", "codebook.csv", "datapackage.json",
    "responses.csv-metadata.json", "import.sps", "import.R", "import.do",
    "manifest.json",
]  # fmt: skip


def package_of(visitor: Visitor, survey: Survey, query: str = "") -> dict[str, bytes]:
    """The files of a survey's package by name, in their order."""
    return unzipped(file_of(visitor, survey, "everything.zip", query))


def unzipped(package: bytes) -> dict[str, bytes]:
    """The files of a package by name, in their order."""
    with ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped_again(files: dict[str, bytes]) -> bytes:
    """Files as a package."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def json_of(files: dict[str, bytes], name: str) -> Any:
    """One of the files, read."""
    return json.loads(files[name])


def resigned(package: dict[str, bytes], **changes: Any) -> dict[str, bytes]:
    """The files with a manifest that says something else, sealed and signed anew with somebody else's key."""
    return {**package, "manifest.json": signed(json_of(package, "manifest.json") | changes, FORGER)}


def rehashed(files: dict[str, bytes], *names: str) -> dict[str, bytes]:
    """The files with a manifest that has been brought up to date with changed ones, signed with somebody else's key."""
    told = json_of(files, "manifest.json")["files"]
    for file in told:
        if file["path"] in names:
            file |= {"bytes": len(files[file["path"]]), "sha256": sha256(files[file["path"]]).hexdigest()}
    return resigned(files, files=told)
