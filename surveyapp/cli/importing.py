"""`import`: a document, an XLSForm or pasted text becomes a draft survey."""

from datetime import date
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveyapp.cli.settings import open_database, read_settings
from surveyapp.db import sessions as db
from surveyapp.importing.detect import questionnaire_from_file
from surveyapp.importing.imported import MOST_BYTES, Imported, NotReadError
from surveyapp.importing.plain import on_one_line
from surveyapp.model.asking_who import in_new_survey
from surveyapp.model.questionnaire import localized
from surveyapp.model.survey import TITLE_LENGTH, Survey
from surveyapp.model.team import Account, Membership, Team
from surveyapp.refused import RefusedError


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--organiser", metavar="EMAIL", help="Whose survey it is, where there are several teams.")
def import_command(file: Path, organiser: str | None) -> None:
    """Make a draft survey of a document, an XLSForm or a text with one question a line."""
    engine = open_database(read_settings())
    click.echo(import_document(engine, file, organiser))


def import_document(engine: Engine, file: Path, organiser: str | None) -> str:
    """Make the draft; what could not be kept is told by lines. Raises RefusedError."""
    imported = _read(file)
    questionnaire = in_new_survey(imported.questionnaire)
    with Session(db.writing(engine)) as session:
        title = on_one_line(localized(questionnaire.title, questionnaire.language, "standard")[0] or file.stem)[
            :TITLE_LENGTH
        ]
        team_id = _team_of(session, organiser)
        survey = Survey(team_id=team_id, title=title, draft=questionnaire.to_json(), created_on=date.today())  # noqa: DTZ011 -- the operator's own day
        session.add(survey)
        survey.add_card("Link", source="link")
        session.commit()
    asked = len(questionnaire.asking)
    made = f"“{title}” is a draft now, with {asked} question{'' if asked == 1 else 's'}."
    return "\n- ".join([made, *imported.left_out])


def _read(file: Path) -> Imported:
    try:
        with file.open("rb") as content:
            return questionnaire_from_file(content.read(MOST_BYTES + 1))
    except OSError as error:
        raise RefusedError(f"{file} can't be read: {error.strerror}.") from error
    except NotReadError as error:
        raise RefusedError(str(error)) from error


def _team_of(session: Session, organiser: str | None) -> UUID:
    wanted = select(Membership.team_id).join(Account)
    teams = list(session.scalars(wanted.where(Account.email == organiser.lower()) if organiser else select(Team.id)))
    if len(teams) != 1:
        raise RefusedError("Say whose survey it is with --organiser and the email address of an organiser.")
    return teams[0]
