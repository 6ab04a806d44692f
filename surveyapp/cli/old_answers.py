"""`import-answers`: a wide table of old answers into a closed survey that nobody has answered here."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from surveyapp.cli.settings import open_database, read_settings
from surveyapp.db import sessions as db
from surveyapp.importing.answers.table import MOST_BYTES, read_table
from surveyapp.importing.answers.target_columns import ReadColumns, placed
from surveyapp.importing.imported import NotReadError
from surveyapp.model.codes import read_card_code
from surveyapp.model.figure_counts import count_released
from surveyapp.model.release import FEWEST, TooFewToReleaseError, lock_survey, release, write_anew
from surveyapp.model.response import InboxResponse, Response
from surveyapp.model.stored_blanks import store_blanks
from surveyapp.model.survey import IMPORTED, Card, Phase, Survey
from surveyapp.model.team import AuditEntry
from surveyapp.refused import RefusedError

KEY_BYTES = 32


@click.command("import-answers")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--survey", "code", required=True, metavar="CODE", help="The code of any card of the survey.")
@click.option("--dry-run", is_flag=True, help="Say what would be placed, and change nothing.")
def import_answers_command(file: Path, code: str, *, dry_run: bool) -> None:
    """Read old answers (Google Forms, Microsoft Forms, LimeSurvey, Qualtrics, our own) into a closed survey.

    Columns are known by its questions' words or keys. The survey must be closed, and nobody may have answered it here.
    """
    engine = open_database(read_settings())
    click.echo(import_answers(engine, file, code, dry_run=dry_run))


def import_answers(engine: Engine, file: Path, code: str, *, dry_run: bool = False) -> str:
    """Place the answers and release them; what could not be placed is told by lines. Raises RefusedError."""
    now = datetime.now(UTC)
    with Session(db.writing(engine)) as session:
        survey = _survey_of(session, code, now)
        found = _placed(file, survey)
        if not dry_run:
            _store(session, survey, found, now)
            session.commit()
        done = "would be" if dry_run else "are now"
        made = f"{len(found.answers)} people's answers {done} in “{survey.title}”, from {found.columns} columns."
    return "\n- ".join([made, *found.told])


def _survey_of(session: Session, code: str, now: datetime) -> Survey:
    survey = session.scalar(select(Survey).join(Survey.cards).where(Card.code == read_card_code(code)))
    if survey is None:
        raise RefusedError(f"No card has the code “{code}”.")
    if not survey.editions or survey.times.phase(now) is not Phase.CLOSED:
        raise RefusedError("Old answers go into a closed survey: open this one and close it, then type this again.")
    for table in (Response, InboxResponse):
        if session.scalar(select(func.count()).select_from(table).where(table.survey_id == survey.id)):
            raise RefusedError("People have answered this survey here: make a survey of its own for the old answers.")
    return survey


def _placed(file: Path, survey: Survey) -> ReadColumns:
    try:
        with file.open("rb") as content:
            found = placed(read_table(content.read(MOST_BYTES + 1)), survey.editions[-1].questionnaire)
    except OSError as error:
        raise RefusedError(f"{file} can't be read: {error.strerror}.") from error
    except NotReadError as error:
        raise RefusedError(str(error)) from error
    if not survey.shows_openly and len(found.answers) < FEWEST:
        raise RefusedError(
            "\n- ".join(["Answers are shown together when five or more have answered: here are fewer.", *found.told])
        )
    return found


def _store(session: Session, survey: Survey, found: ReadColumns, now: datetime) -> None:
    """The responses under random keys, marked as imported, and the final release of them."""
    lock_survey(session, survey.id)
    edition = survey.editions[-1]
    usual: dict[str, Any] = {
        "survey_id": survey.id, "edition": edition.number, "group": None, "view": "standard",
        "language": edition.questionnaire.language, "source": IMPORTED, "revision": 1, "finished": True, "late": False,
        "follows": None, "day": None, "receipt": None, "released": survey.shows_openly or survey.is_released,
    }  # fmt: skip
    rows = [usual | {"key": secrets.token_bytes(KEY_BYTES), "answers": answers} for answers in found.answers]
    if rows:
        session.connection().execute(insert(Response), sorted(rows, key=lambda row: bytes(row["key"])))
    survey.add_card("Imported", source=IMPORTED).finished_count = len(rows)  # how many answered is what cards count
    try:
        if survey.is_released:
            count_released(session.connection(), survey.id)
            store_blanks(session, survey)
            write_anew(session, survey)
        else:
            release(session, survey, now)
    except TooFewToReleaseError as error:
        raise RefusedError("Answers are shown together when five or more have answered: here are fewer.") from error
    what = f"imported {len(rows)} old answers by the command line"
    session.add(AuditEntry(team_id=survey.team_id, account_id=None, survey_id=survey.id, at=now, what=what))
