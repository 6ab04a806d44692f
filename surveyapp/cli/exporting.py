"""`export` and `check-export`: a package of everything of one survey, whole or not there."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveyapp.cli.settings import open_database, read_settings
from surveyapp.db import sessions as db
from surveyapp.db.file import written_whole
from surveyapp.export.everything.check import differences, rows_of
from surveyapp.export.everything.manifest import FULL, ORDINARY
from surveyapp.export.everything.package import everything_zip
from surveyapp.export.rows import snapshot
from surveyapp.model.codes import read_card_code
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
def check_export_command(file: Path) -> None:
    """Say whether a package is whole, or what differs."""
    try:
        _check(file, file)
    except OSError as error:
        raise RefusedError(f"{file} can't be read: {error.strerror}.") from error
    click.echo(f"{file}: whole, {_KINDS[rows_of(file)]}")


def export(engine: Engine, code: str, file: Path, *, full: bool = False) -> str:
    """Write the package of the survey that a card leads to, and check it. Raises RefusedError."""
    if file.exists():
        raise RefusedError(f"{file} is there already. Name a new file.")
    survey_id = _survey_of(engine, code, full=full)
    try:
        with written_whole(file) as draft:
            with draft.open("wb") as out, snapshot(engine, survey_id, full=full) as taken:
                out.writelines(everything_zip(taken))
            _check(draft, file)
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


def _check(written: Path, named: Path) -> None:
    """Raises RefusedError, which calls the file by its name-to-be."""
    found = differences(written)
    if found:
        raise RefusedError("\n".join([f"{named} is not whole:", *found]))
