"""Whose recordings and photos a store keeps: a mark in it names the installation, and purging heeds it.

A command with the settings of another database would otherwise delete everything that this database doesn't name.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from surveyapp.editing.media_references import named_media
from surveyapp.model.installation import this_installation
from surveyapp.storage.stores import Store

MARK = "installation"


def owner_of(store: Store) -> UUID | None:
    """The installation that a store belongs to, or nothing. Raises StoreGoneError."""
    text = (store.read(MARK) or b"").decode("ascii", "replace").strip()
    try:
        return UUID(text)
    except ValueError:
        return None


def claim(session: Session, store: Store) -> bool:
    """Mark a store as this installation's, where it may be; whether it is this installation's. Raises StoreGoneError.

    It may be where nothing is kept yet, where a file is kept that this installation names, and where it belonged to
    the installation of which this one is a copy.
    """
    this, owner = this_installation(session), owner_of(store)
    if owner is None and _could_be_of(session, store):
        store.write(MARK, str(this.id).encode())
    elif owner is not None and owner == this.copy_of:
        store.forget(MARK, datetime.now(UTC) + timedelta(days=1))
        store.write(MARK, str(this.id).encode())
    return owner == this.id or owner_of(store) == this.id


def _could_be_of(session: Session, store: Store) -> bool:
    kept = set(store.names())
    return not kept or not kept.isdisjoint(named_media(session))
