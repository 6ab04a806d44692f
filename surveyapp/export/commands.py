"""What the operator's command line does with packages."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveyapp.export.everything.check import differences
from surveyapp.export.everything.package import everything_zip
from surveyapp.export.rows import snapshot
from surveyapp.model.codes import read_card_code
from surveyapp.model.survey import Card

OWNER_ONLY = 0o600


class NotExportedError(Exception):
    """The package can't be made, or is not whole; the message says why."""


def export(engine: Engine, code: str, file: Path) -> str:
    """Write the package of the survey that a card leads to, and check it. Raises NotExportedError.

    It is written beside its place and moved there when it is whole, for its owner's eyes only: it holds answers.
    """
    survey_id = _survey_of(engine, code)
    if file.exists():
        raise NotExportedError(f"{file} is there already. Name a new file.")
    try:
        with _draft_of(file) as draft:
            _write(engine, survey_id, draft)
            _check(draft, file)
    except OSError as error:
        raise NotExportedError(f"{file} can't be written: {error.strerror}.") from error
    return f"Exported to {file}: whole."


def check_export(file: Path) -> str:
    """Say that a package is whole. Raises NotExportedError with what differs."""
    try:
        _check(file, file)
    except OSError as error:
        raise NotExportedError(f"{file} can't be read: {error.strerror}.") from error
    return f"{file}: whole"


def _survey_of(engine: Engine, code: str) -> UUID:
    with Session(engine) as session:
        found = session.scalar(select(Card.survey_id).where(Card.code == read_card_code(code)))
    if found is None:
        raise NotExportedError(f"No card has the code “{code}”.")
    return found


@contextmanager
def _draft_of(file: Path) -> Iterator[Path]:
    """A place beside a file; what is written there becomes the file at the end, or is gone."""
    draft = file.with_name(f"{file.name}.writing")
    try:
        yield draft
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)


def _write(engine: Engine, survey_id: UUID, draft: Path) -> None:
    draft.unlink(missing_ok=True)
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with open(opened, "wb") as out, snapshot(engine, survey_id) as taken:
        for chunk in everything_zip(taken):
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())


def _check(written: Path, named: Path) -> None:
    """Raises NotExportedError, which calls the file by its name-to-be."""
    found = differences(written)
    if found:
        raise NotExportedError("\n".join([f"{named} is not whole:", *found]))
