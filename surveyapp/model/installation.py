"""Which installation a database is: a number by which a folder of recordings and photos knows its own database."""

from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from surveyapp.model.base import Base


class Installation(Base):
    """The one row that says which installation this is, and of which one it is a copy."""

    __tablename__ = "installation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    copy_of: Mapped[UUID | None]


def this_installation(session: Session) -> Installation:
    """The row that a migration made."""
    return session.scalars(select(Installation)).one()
