"""`record`: have a computer voice read a survey's questions, all of them, however long it takes."""

from collections.abc import Sequence

import click
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveyapp.cli.settings import media_of, open_database, read_settings
from surveyapp.db import sessions as db
from surveyapp.editing.drafts import change_draft
from surveyapp.media.speech import SpeechResult, Voice, each_recorded_in
from surveyapp.model.codes import read_card_code
from surveyapp.model.survey import Card, Survey
from surveyapp.refused import RefusedError


@click.command("record")
@click.argument("code")
@click.option("--language", "languages", multiple=True, metavar="TAG", help="This language only; may be repeated.")
def record_command(code: str, languages: tuple[str, ...]) -> None:
    """Have a computer voice read the questions that have no recording.

    CODE is the code of any card of the survey.
    """
    config = read_settings()
    click.echo(record_questions(open_database(config), code, Voice(config.speech_program, media_of(config)), languages))


def record_questions(engine: Engine, code: str, voice: Voice, languages: Sequence[str] = ()) -> str:
    """Make a recording of each question of a card's survey that has none, in these languages or in all it has.

    The draft changes once, at the end, if nobody else changed it meanwhile. Raises RefusedError.
    """
    with Session(engine) as session:
        survey = _survey_of(session, code)
        title, version, questionnaire = survey.title, survey.version, survey.questionnaire
    wanted = [tag for tag in questionnaire.languages if tag in (languages or questionnaire.languages)]
    spoken_ones = [tag for tag in wanted if voice.speaks(tag)]
    if not spoken_ones:
        raise RefusedError(
            f"{voice.program} has no voice for {', '.join(wanted or languages)}, or is not installed. "
            "Install espeak-ng, or set SPEECH_PROGRAM to its path."
        )
    spoken = each_recorded_in(questionnaire, spoken_ones, voice)
    _save(engine, code, version, spoken)
    silent = [tag for tag in wanted if tag not in spoken_ones]
    return " ".join(_told(title, spoken, silent))


def _save(engine: Engine, code: str, version: int, spoken: SpeechResult) -> None:
    with Session(db.writing(engine)) as session:
        survey = _survey_of(session, code)
        if survey.version != version:
            raise RefusedError("Somebody changed the survey meanwhile. Type this once more.")
        change_draft(session, survey, spoken.questionnaire, "made recordings by the computer voice")
        session.commit()


def _survey_of(session: Session, code: str) -> Survey:
    found = session.scalar(select(Survey).join(Card).where(Card.code == read_card_code(code)))
    if found is None:
        raise RefusedError(f"No survey has a card with the code {code}.")
    return found


def _told(title: str, spoken: SpeechResult, silent: Sequence[str]) -> list[str]:
    told = [f"“{title}” has {spoken.made} new recordings. Listen to them, then open the survey or show what changed."]
    if spoken.left:
        told.append(f"{spoken.left} could not be made.")
    if silent:
        told.append(f"There is no voice for {', '.join(silent)}.")
    return told
