"""`demo`: load the demonstration."""

import click
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from surveyapp.cli.settings import open_database, read_settings
from surveyapp.db import sessions as db
from surveyapp.demo import load_demo
from surveyapp.model.team import DEMO_EMAIL, Account
from surveyapp.refused import RefusedError


@click.command("demo")
def demo_command() -> None:
    """Load the demonstration, two events, once. Its organiser signs in on this machine only."""
    config = read_settings()
    if not config.is_loopback:
        raise RefusedError(
            "Everybody knows the demonstration's password, so it is for this machine alone: set HOST to 127.0.0.1, and "
            "leave PUBLIC_URL out."
        )
    click.echo(load(open_database(config, may_create=True)))


def load(engine: Engine) -> str:
    """Load it. Raises RefusedError where it is here already."""
    with Session(db.writing(engine)) as session:
        if session.scalar(select(Account.id).where(Account.email == DEMO_EMAIL)):
            raise RefusedError("The demonstration is here already.")
        events = load_demo(session)
        session.commit()
        return f"Loaded “{events.this_time.title}”: last time's, to look at, and this time's, which is open."
