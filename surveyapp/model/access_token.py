"""A program's token: leave to read figures and files, as the person who made it may."""

import secrets
from datetime import date
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveyapp.model.base import Base
from surveyapp.model.survey import Survey
from surveyapp.model.team import Account, Team

TOKEN_PREFIX = "ea_"  # noqa: S105 -- what every token begins with, not a token


class AccessToken(Base):
    """A program's leave to read, as its maker may, one survey or (`survey_id` None) all of a team's.

    Only the token's hash is kept, and of its use only the last day. It ends with its last day, when it is revoked
    (its row is then gone), and when whoever made it leaves the team.
    """

    __tablename__ = "access_token"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    team_id: Mapped[UUID] = mapped_column(ForeignKey(Team.id), index=True)
    survey_id: Mapped[UUID | None] = mapped_column(ForeignKey(Survey.id))
    made_on: Mapped[date]
    last_day: Mapped[date]
    last_used_on: Mapped[date | None]
    account: Mapped[Account] = relationship()
    team: Mapped[Team] = relationship()

    @staticmethod
    def new_secret() -> str:
        """256 random bits under a prefix by which people and scanners know what it is."""
        return TOKEN_PREFIX + secrets.token_urlsafe(32)

    @staticmethod
    def hash_of(secret: str) -> bytes:
        """What is stored of a token; nothing slow, since nobody can guess 256 random bits."""
        return sha256(secret.encode()).digest()

    def opens(self, team_id: UUID, survey_id: UUID) -> bool:
        """Whether it is for this survey of this team."""
        return self.team_id == team_id and self.survey_id in (None, survey_id)
