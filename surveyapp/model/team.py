"""Who organises: teams, their members' roles, who is signed in, and the record of who did what."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.model.base import Base, Instant

Role = Literal["owner", "editor", "analyst", "viewer"]
ROLES: tuple[Role, ...] = ("viewer", "analyst", "editor", "owner")
DEMO_EMAIL = "demo@example.org"  # its password is printed, so it signs in on this machine only
SIGNED_IN_FOR = timedelta(hours=12)


class Team(Base):
    """People who organise together; every survey belongs to one team."""

    __tablename__ = "team"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(200))


class Account(Base):
    """A person who organises; attendees have none."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    password_hash: Mapped[str] = mapped_column(String(200))
    memberships: Mapped[list["Membership"]] = relationship(back_populates="account")


class Membership(Base):
    """An account's role in a team; `full_files` is the owner's leave for an analyst to take full files of rows."""

    __tablename__ = "membership"

    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(10))
    full_files: Mapped[bool] = mapped_column(default=False, server_default=false())
    account: Mapped[Account] = relationship(back_populates="memberships")
    team: Mapped[Team] = relationship()

    @property
    def may_take_full_files(self) -> bool:
        """Whether files of rows in which nothing is blanked are theirs to take."""
        return self.role == "owner" or (self.role == "analyst" and self.full_files)


class SignIn(Base):
    """One signed-in browser of an organiser; deleting the row signs it out. Only the token's hash is kept."""

    __tablename__ = "sign_in"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    expires_at: Mapped[datetime] = mapped_column(Instant)
    account: Mapped[Account] = relationship()

    @staticmethod
    def hash_of(token: str) -> bytes:
        """What is stored of a token."""
        return sha256(token.encode()).digest()


class AuditEntry(Base):
    """Who in the team did what, and when; it never says anything of an attendee."""

    __tablename__ = "audit_entry"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"), index=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    survey_id: Mapped[UUID | None] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    what: Mapped[str] = mapped_column(String(200))


def is_allowed(role: str, least: Role) -> bool:
    """Whether a role may do what needs at least another role."""
    return role in ROLES and ROLES.index(role) >= ROLES.index(least)
