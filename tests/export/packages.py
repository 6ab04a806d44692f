"""A package as a test looks at it: fetched, opened, changed and put together again."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from surveyapp.model.survey import Survey
from tests.export.samples import file_of
from tests.visitor import Visitor

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
