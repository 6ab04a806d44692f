"""`export` and `check-export`: a package of everything of one survey, whole or not there."""

import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from config import Config
from surveyapp.cli.settings import open_database, read_settings
from surveyapp.db import sessions as db
from surveyapp.db.file import written_whole
from surveyapp.db.opening import file_of
from surveyapp.export.checking.check import checked
from surveyapp.export.everything.manifest import FULL, ORDINARY
from surveyapp.export.everything.package import everything_zip
from surveyapp.export.everything.signature import KEY, public_key
from surveyapp.export.rows import snapshot
from surveyapp.model.codes import read_card_code
from surveyapp.model.installation import signing_seed
from surveyapp.model.survey import Card, Survey
from surveyapp.model.team import AuditEntry
from surveyapp.refused import RefusedError

_KINDS = {
    ORDINARY: "an ordinary file: what could single somebody out is blanked.",
    FULL: "a full file: nothing is blanked.",
}


@click.command("export")
@click.argument("code")
@click.option("--out", "file", type=click.Path(path_type=Path), required=True, metavar="FILE.zip")
@click.option("--full", is_flag=True, help="Blank nothing. Who knows somebody may recognise their answers in it.")
def export_command(code: str, file: Path, *, full: bool) -> None:
    """Write everything of one survey into a package, and check it.

    CODE is the code of any card of the survey. The package holds answers: only you can read the file.
    """
    click.echo(export(open_database(read_settings()), code, file, full=full))


@click.command("check-export")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", metavar="KEY", help="Who must have signed it: the key at /about/key, or a file that holds it.")
def check_export_command(file: Path, key: str | None) -> None:
    """Say whether a package is whole, and by which key it is signed, or what differs.

    Without --key it has to fit the key that it brings; whether that is this installation's is said.
    """
    named = _named_key(key) if key else ""
    try:
        rows, signed_by = _check(file, file, named)
    except OSError as error:
        raise RefusedError(f"{file} can't be read: {error.strerror}.") from error
    click.echo(f"{file}: whole, {_KINDS[rows]}")
    click.echo(_who_signed(signed_by, named or _own_key(), is_named=bool(named)))


def export(engine: Engine, code: str, file: Path, *, full: bool = False) -> str:
    """Write the package of the survey that a card leads to, and check it. Raises RefusedError."""
    if file.exists():
        raise RefusedError(f"{file} is there already. Name a new file.")
    survey_id = _survey_of(engine, code, full=full)
    try:
        with written_whole(file) as draft:
            with draft.open("wb") as out, snapshot(engine, survey_id, full=full) as taken:
                out.writelines(everything_zip(taken))
            _check(draft, file, "")
    except OSError as error:
        raise RefusedError(f"{file} can't be written: {error.strerror}. Nothing was left.") from error
    return f"Exported to {file}: whole."


def _survey_of(engine: Engine, code: str, *, full: bool) -> UUID:
    """The survey of a card, and a line in its audit that somebody takes its file here. Raises RefusedError."""
    with Session(db.writing(engine)) as session:
        survey = session.scalar(select(Survey).join(Survey.cards).where(Card.code == read_card_code(code)))
        if survey is None:
            raise RefusedError(f"No card has the code “{code}”.")
        if not survey.may_be_read:
            raise RefusedError(
                "Nobody can see the answers until the survey is over: close it, then press “Show now” on its results "
                "page, or wait until 4 in the morning after it closes."
            )
        what = f"took {'(full) ' if full else ''}everything.zip by the command line"
        team_id, now = survey.team_id, datetime.now(UTC)
        session.add(AuditEntry(team_id=team_id, account_id=None, survey_id=survey.id, at=now, what=what))
        session.commit()
        return survey.id


def _check(written: Path, named: Path, key: str) -> tuple[str, str]:
    """A whole package's kind of rows and the key that signed it.

    Raises RefusedError, which calls the file by its name-to-be, and OSError.
    """
    found = checked(written, key)
    if found.differences:
        raise RefusedError("\n".join([f"{named} is not whole:", *found.differences]))
    return found.rows, found.key


def _named_key(named: str) -> str:
    """The key that was typed, or that stands in a file. Raises RefusedError."""
    file = Path(named)
    try:
        text = file.read_text(encoding="utf-8") if file.is_file() else named
    except (OSError, ValueError) as error:
        raise RefusedError(f"{named} can't be read as a file with a key.") from error
    found = KEY.search(text.lower())
    if not found:
        raise RefusedError("A key is 64 digits from 0 to 9 and a to f, as the page /about/key of a server shows it.")
    return found[0]


def _own_key() -> str:
    """The key of the installation whose settings these are; empty where there is none, as on an analyst's machine."""
    try:
        config = Config.from_environment(dict(os.environ))
        file = file_of(config.database_url)
        if file is not None and not file.exists():
            return ""
        engine = db.make_engine(config.database_url)
        try:
            with engine.connect() as connection:
                return public_key(signing_seed(connection))
        finally:
            engine.dispose()
    except (RefusedError, SQLAlchemyError, OSError):
        return ""


def _who_signed(signed_by: str, expected: str, *, is_named: bool) -> str:
    if signed_by == expected:
        whose = "the key that you named" if is_named else "this installation's key"
        return f"It is signed with {whose}, {signed_by}."
    fits = f"It is signed with the key that is in it, {signed_by}."
    if expected:
        return f"{fits} This installation has another key now: it was changed since, or another one made the package."
    return f"{fits} Whose it is, /about/key of the server it came from says; then type --key."
