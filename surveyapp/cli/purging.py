"""`purge`: delete answers whose time is over, and recordings and photos that no survey names."""

from datetime import UTC, datetime, timedelta

import click
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveyapp.cli.settings import media_of, open_database, read_settings
from surveyapp.db import sessions as db
from surveyapp.editing.media_owner import MARK, claim, owner_of
from surveyapp.editing.media_references import named_media
from surveyapp.figures.frozen import freeze_released
from surveyapp.model.due import run_due
from surveyapp.model.installation import this_installation
from surveyapp.refused import RefusedError
from surveyapp.storage.stores import Store, forget_unnamed

ABOUT_TO_BE_NAMED = timedelta(days=1)


@click.command("purge")
def purge_command() -> None:
    """Delete answers whose time is over, and recordings and photos that no survey names."""
    config = read_settings()
    engine, now = open_database(config), datetime.now(UTC)
    done = run_due(db.writing(engine), now, rewrite=True)
    freeze_released(db.writing(engine), config.small_group, now)
    click.echo(f"Answers of {_surveys(done.deleted)} were deleted.")
    if done.removed:
        click.echo(f"{done.removed} draft{'' if done.removed == 1 else 's'} that nobody brought back went for good.")
    if done.released:
        click.echo(f"Answers of {_surveys(done.released)} are shown now.")
    click.echo(purge_media(engine, media_of(config), now))


def _surveys(number: int) -> str:
    return f"{number} survey{'' if number == 1 else 's'}"


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
