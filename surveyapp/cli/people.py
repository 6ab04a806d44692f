"""`people` and `add-organiser`: who organises, in which team, in which role."""

import getpass
import sys
from collections.abc import Callable
from typing import get_args

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts import people
from surveyapp.cli.settings import open_database, read_settings
from surveyapp.db import sessions as db
from surveyapp.model.team import Account, Membership, Role, Team

TEAM = click.option("--team", metavar="NAME", help="The team's name, where there are several.")
ROLE = click.Choice(get_args(Role))
PASSWORD = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@click.command("add-organiser")
@click.argument("email")
@click.option("--name", default="", help="What the person is called.")
@PASSWORD
def add_organiser_command(email: str, name: str, *, password_stdin: bool) -> None:
    """Add a person who organises, with a team of their own."""
    _change(
        lambda session: people.add_with_team(session, email, name, _password(from_stdin=password_stdin)), create=True
    )


@click.group("people")
def people_command() -> None:
    """List people who organise, add or remove them, change their passwords, roles and teams."""


@people_command.command("list")
def list_people() -> None:
    """Name everybody: e-mail address, role, team, name."""
    with Session(open_database(read_settings())) as session:
        found = session.execute(
            select(Account.email, Membership.role, Team.name, Account.name)
            .outerjoin(Membership, Membership.account_id == Account.id)
            .outerjoin(Team, Team.id == Membership.team_id)
            .order_by(Team.name, Account.email)
        )
        for row in found:
            click.echo("\t".join(word or "-" for word in row))


@people_command.command("add")
@click.argument("email")
@click.option("--name", default="", help="What the person is called.")
@click.option("--role", type=ROLE, default="editor", show_default=True)
@TEAM
@PASSWORD
def add_person(email: str, name: str, role: Role, team: str | None, *, password_stdin: bool) -> None:
    """Add a person to a team that is there."""
    person = people.NewPerson(email, name, role)
    _change(lambda session: people.add(session, person, team, lambda: _password(from_stdin=password_stdin)))


@people_command.command("reset")
@click.argument("email")
@PASSWORD
def reset_password(email: str, *, password_stdin: bool) -> None:
    """Give a person a new password, and sign them out everywhere."""
    _change(lambda session: people.reset(session, email, lambda: _password(from_stdin=password_stdin)))


@people_command.command("remove")
@click.argument("email")
def remove_person(email: str) -> None:
    """Remove a person, with their sign-ins and tokens. What they made stays with the team."""
    _change(lambda session: people.remove_account(session, email))


@people_command.command("move")
@click.argument("email")
@click.option("--to", "team", metavar="NAME", required=True, help="The name of the team that they go to.")
@click.option("--role", type=ROLE, help="Their role there; else the one they have.")
def move_person(email: str, team: str, role: Role | None) -> None:
    """Move a person to another team."""
    _change(lambda session: people.move_account(session, email, team, role))


@people_command.command("role")
@click.argument("email")
@click.argument("role", type=ROLE)
@click.option("--full-files", is_flag=True, help="Let an analyst take full files of rows, as the team's owner allowed.")
def change_role(email: str, role: Role, *, full_files: bool) -> None:
    """Give a person another role in their team."""
    _change(lambda session: people.give_role(session, email, role, full_files=full_files))


def _change(change: Callable[[Session], str], *, create: bool = False) -> None:
    """Change something and commit it, in the database that the settings name."""
    engine = open_database(read_settings(), may_create=create)
    with Session(db.writing(engine)) as session:
        said = change(session)
        session.commit()
    click.echo(said)


def _password(*, from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\n") if from_stdin else getpass.getpass("Password: ")
