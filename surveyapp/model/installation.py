"""Which installation a database is: a number by which a folder of recordings and photos knows its own database.

Its key is known to nobody else: comments are named by it, so that no name can be worked out from a response's id, and
the key that signs packages is made of it.
"""

import secrets
from functools import partial
from hashlib import sha256
from hmac import digest
from uuid import UUID, uuid4

from sqlalchemy import Connection, LargeBinary, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from surveyapp.model.base import Base

KEY_BYTES = 32
_SIGNS = b"signs packages of answers"


class Installation(Base):
    """The one row that says which installation this is, and of which one it is a copy."""

    __tablename__ = "installation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    copy_of: Mapped[UUID | None]
    comment_key: Mapped[bytes] = mapped_column(
        LargeBinary(KEY_BYTES), default=partial(secrets.token_bytes, KEY_BYTES), server_default=text("''")
    )


def this_installation(session: Session) -> Installation:
    """The row that a migration made."""
    return session.scalars(select(Installation)).one()


def comment_key(connection: Connection) -> bytes:
    """The key by which comments are named."""
    return connection.scalars(select(Installation.comment_key)).one()


def signing_seed(connection: Connection) -> bytes:
    """What the private key that signs packages is made of: 32 bytes that say nothing of the key for comments."""
    return digest(comment_key(connection), _SIGNS, sha256)
