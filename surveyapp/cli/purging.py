"""`purge`: delete answers whose time is over, and recordings and photos that no survey names."""

from datetime import UTC, datetime, timedelta

import click
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from surveyapp.cli.settings import media_of, open_database, read_settings
from surveyapp.db import sessions as db
from surveyapp.editing.media_owner import MARK, claim, owner_of
from surveyapp.editing.media_references import named_media
from surveyapp.figures.frozen import freeze_released
from surveyapp.figures.safe_figures import SafeFigures
from surveyapp.model.action import Action
from surveyapp.model.comment_note import CommentNote
from surveyapp.model.due import do_what_is_due
from surveyapp.model.figure_counts import FigureCount
from surveyapp.model.installation import this_installation
from surveyapp.model.paper import PaperSheet, PaperSitting
from surveyapp.model.public_report import PublicReport
from surveyapp.model.response import InboxResponse, Response, UnlinkedAnswer, UnlinkedCount
from surveyapp.model.survey import Survey, today_at
from surveyapp.model.traces import remove_traces
from surveyapp.refused import RefusedError
from surveyapp.storage.stores import Store, forget_unnamed

ABOUT_TO_BE_NAMED = timedelta(days=1)
FROM_SURVEYS = (
    CommentNote, Action, SafeFigures, PublicReport, InboxResponse, Response, UnlinkedAnswer, UnlinkedCount, FigureCount,
    PaperSheet, PaperSitting,
)  # fmt: skip


@click.command("purge")
def purge_command() -> None:
    """Delete answers whose time is over, and recordings and photos that no survey names."""
    config = read_settings()
    engine, now = open_database(config), datetime.now(UTC)
    click.echo(purge_answers(engine, now))
    released = do_what_is_due(db.writing(engine), now, rewrite=True).released
    freeze_released(db.writing(engine), config.small_group, now)
    if released:
        click.echo(f"Answers of {released} survey{'' if released == 1 else 's'} are shown now.")
    click.echo(purge_media(engine, media_of(config), now))


def purge_answers(engine: Engine, now: datetime) -> str:
    """Delete the answers of surveys whose time of keeping is over, and overwrite them on the disk.

    What the team said and did about them goes too.
    """
    with Session(db.writing(engine)) as session:
        surveys = session.scalars(select(Survey).where(Survey.keep_until.is_not(None)))
        over = [one.id for one in surveys if one.keep_until is not None and one.keep_until < today_at(one.zone, now)]
        for table in FROM_SURVEYS:
            session.execute(delete(table).where(table.survey_id.in_(over)))
        session.commit()
    remove_traces(engine)
    return f"Answers of {len(over)} survey{'' if len(over) == 1 else 's'} were deleted."


def purge_media(engine: Engine, store: Store, now: datetime) -> str:
    """Delete recordings and photos that nothing names. Raises RefusedError where they are not this installation's.

    A file that was sent within the last day may be about to be named.
    """
    with Session(engine) as session:
        if not claim(session, store):
            owner = owner_of(store) or "nothing says which"
            raise RefusedError(
                f"Recordings and photos were left alone: they are of another installation ({owner}). If they are of "
                f"this one, write {this_installation(session).id} into the file “{MARK}” among them; type this again."
            )
        forgotten = forget_unnamed(store, named_media(session), now - ABOUT_TO_BE_NAMED)
    return f"{forgotten} recordings and photos were deleted that no survey names."
