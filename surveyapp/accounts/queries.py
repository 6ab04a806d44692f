"""What signing in reads and removes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from surveyapp.model.team import Account, SignIn


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account's id and the hash of its password."""

    account_id: UUID
    password_hash: str


def credentials(engine: Engine, email: str) -> Credentials | None:
    """The credentials of an address in lower case.

    Read apart from the request's Session: checking a password is slow, and must not hold SQLite's write lock.
    """
    wanted = select(Account.id, Account.password_hash).where(func.lower(Account.email) == email)
    with engine.connect() as connection:
        row = connection.execute(wanted).first()
    return Credentials(row.id, row.password_hash) if row else None


def remove_expired(session: Session, now: datetime) -> None:
    """Take away the sign-ins that ran out."""
    session.execute(delete(SignIn).where(SignIn.expires_at <= now))
