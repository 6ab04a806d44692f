"""Who organises: people are added to teams, moved, given roles and passwords, and removed; each change is recorded.

A team that has others in it, or surveys, always keeps an owner. The caller commits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from surveyapp.accounts.passwords import hashed
from surveyapp.model.access_token import AccessToken
from surveyapp.model.deletion import Deletion
from surveyapp.model.paper import PaperSitting
from surveyapp.model.survey import Survey
from surveyapp.model.team import Account, AuditEntry, Membership, Role, SignIn, Team
from surveyapp.refused import RefusedError

SHORTEST_PASSWORD = 12
LONGEST_EMAIL = 254
LONGEST_NAME = 200
OWNER: Role = "owner"
ANALYST: Role = "analyst"

Ask = Callable[[], str]


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is to organise."""

    email: str
    name: str
    role: Role


def add_with_team(session: Session, email: str, name: str, password: str) -> str:
    """Add an owner with a team of their own. Raises RefusedError."""
    person = NewPerson(_new_email(session, email), name, OWNER)
    account = _account(person, password)
    team = Team(name=f"Team of {account.name}"[:LONGEST_NAME])
    session.add_all([team, account, Membership(team=team, account=account, role=OWNER)])
    session.flush()
    _note(session, team, f"added {account.email} as {OWNER} by the command line")
    return f"{account.email} can sign in now."


def add(session: Session, person: NewPerson, team_name: str | None, ask: Ask) -> str:
    """Add a person to the team of a name, or to the only one. Raises RefusedError."""
    team = _team(session, team_name)
    person = NewPerson(_new_email(session, person.email), person.name, person.role)
    account = _account(person, ask())
    session.add_all([account, Membership(team=team, account=account, role=person.role)])
    _note(session, team, f"added {account.email} as {person.role} by the command line")
    return f"{account.email} can sign in now, as {person.role} of “{team.name}”."


def reset(session: Session, email: str, ask: Ask) -> str:
    """Give a person a new password and sign them out everywhere. Raises RefusedError."""
    account = _known(session, email)
    account.password_hash = hashed(_long_enough(ask()))
    session.execute(delete(SignIn).where(SignIn.account_id == account.id))
    for membership in account.memberships:
        _note(session, membership.team, f"gave {account.email} a new password by the command line")
    return f"{account.email} has the new password, and is signed out everywhere."


def remove_account(session: Session, email: str) -> str:
    """Remove a person with all that lets them in; what they made stays. Raises RefusedError."""
    account = _known(session, email)
    for membership in list(account.memberships):
        _leave(session, membership)
    session.execute(delete(SignIn).where(SignIn.account_id == account.id))
    session.execute(delete(AccessToken).where(AccessToken.account_id == account.id))
    for table in (AuditEntry, Deletion, PaperSitting):
        session.execute(update(table).where(table.account_id == account.id).values(account_id=None))
    session.expire(account, ["memberships"])
    session.delete(account)
    return f"{account.email} is removed, with their sign-ins and tokens."


def move_account(session: Session, email: str, team_name: str, role: Role | None) -> str:
    """Move a person to another team; their tokens for the old one end. Raises RefusedError."""
    account, team = _known(session, email), _team(session, team_name)
    membership = _only_membership(account)
    if membership.team_id == team.id:
        raise RefusedError(f"{account.email} is in “{team.name}” already.")
    role_there = role or membership.role
    session.add(Membership(team=team, account=account, role=role_there))
    _leave(session, membership)
    _note(session, team, f"added {account.email} as {role_there} by the command line")
    return f"{account.email} is {role_there} of “{team.name}” now."


def give_role(session: Session, email: str, role: Role, *, full_files: bool = False) -> str:
    """Give a person another role in their team; `full_files` lets an analyst take full files. Raises RefusedError."""
    if full_files and role != ANALYST:
        raise RefusedError("Only an analyst needs leave for full files: an owner has it, and nobody else may have it.")
    account = _known(session, email)
    membership = _only_membership(account)
    if role != OWNER:
        _keep_an_owner(session, membership, "give them another role")
    membership.role, membership.full_files = role, full_files
    what = f"{role} who may take full files" if full_files else role
    _note(session, membership.team, f"made {account.email} {what} by the command line")
    return f"{account.email} is {what} of “{membership.team.name}” now."


def _account(person: NewPerson, password: str) -> Account:
    name = " ".join(person.name.split()) or person.email.partition("@")[0]
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise RefusedError(f"The name must be one line of at most {LONGEST_NAME} letters.")
    return Account(email=person.email, name=name, password_hash=hashed(_long_enough(password)))


def _long_enough(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise RefusedError(f"The password is too short: {SHORTEST_PASSWORD} characters or more.")
    return password


def _new_email(session: Session, typed: str) -> str:
    email = typed.strip().lower()
    name, _, host = email.partition("@")
    if not name or not host or "@" in host or not email.isprintable() or " " in email or len(email) > LONGEST_EMAIL:
        raise RefusedError(f"“{email}” is not an email address.")
    if session.scalar(select(Account.id).where(Account.email == email)):
        raise RefusedError(f"{email} is an organiser already.")
    return email


def _known(session: Session, email: str) -> Account:
    found = session.scalar(select(Account).where(Account.email == email.strip().lower()))
    if found is None:
        raise RefusedError(f"Nobody has the email address “{email}”. All are listed by: surveyapp people list")
    return found


def _team(session: Session, name: str | None) -> Team:
    wanted = select(Team) if name is None else select(Team).where(Team.name == name)
    found = session.scalars(wanted.limit(2)).all()
    if len(found) == 1:
        return found[0]
    if name is None:
        raise RefusedError("Say which team with --team. Teams are named by: surveyapp people list")
    few = "No team" if not found else "More than one team"
    raise RefusedError(f"{few} is called “{name}”. Teams are named by: surveyapp people list")


def _only_membership(account: Account) -> Membership:
    if len(account.memberships) != 1:
        raise RefusedError(
            f"{account.email} is in {len(account.memberships)} teams, so it isn't clear which one is meant."
        )
    return account.memberships[0]


def _leave(session: Session, membership: Membership) -> None:
    """Take a person out of a team, with their tokens for it."""
    team, account = membership.team, membership.account
    _keep_an_owner(session, membership, "take them away")
    of_both = (AccessToken.team_id == team.id, AccessToken.account_id == account.id)
    session.execute(delete(AccessToken).where(*of_both))
    session.delete(membership)
    session.flush()
    _note(session, team, f"took {account.email} out of the team by the command line")


def _keep_an_owner(session: Session, membership: Membership, what: str) -> None:
    """Raises RefusedError where nobody else owns a team that has others in it, or surveys."""
    others = select(func.count()).select_from(Membership).where(Membership.team_id == membership.team_id)
    others = others.where(Membership.account_id != membership.account_id)
    if membership.role != OWNER or session.scalar(others.where(Membership.role == OWNER)):
        return
    surveys = session.scalar(select(func.count()).select_from(Survey).where(Survey.team_id == membership.team_id))
    if session.scalar(others) or surveys:
        raise RefusedError(
            f"Nobody else owns “{membership.team.name}”. Make somebody else its owner before you {what}: "
            "surveyapp people role EMAIL owner"
        )


def _note(session: Session, team: Team, what: str) -> None:
    """Record the change for the team; nobody who is signed in made it."""
    session.add(AuditEntry(team_id=team.id, account_id=None, at=datetime.now(UTC), what=what[:LONGEST_NAME]))
