"""What a store of recordings and photos does, and the one that the settings name; it looks into no file."""

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

from surveyapp.storage.bucket import bucket_store
from surveyapp.storage.folder import FolderStore


class Store(Protocol):
    """What holds files by name."""

    def write(self, name: str, content: bytes) -> None:
        """Keep a file. Raises StoreGoneError."""

    def read(self, name: str) -> bytes | None:
        """A file's content, or nothing. Raises StoreGoneError."""

    def names(self) -> Iterator[str]:
        """Everything that is kept. Raises StoreGoneError."""

    def forget(self, name: str, before: datetime) -> bool:
        """Delete a file unless it was sent at this moment or later; whether it did. Raises StoreGoneError."""


def store_of(media_url: str, media_endpoint: str, instance: Path) -> Store:
    """The store that the settings name: a bucket, else the instance folder's `media`."""
    return bucket_store(media_url, media_endpoint) if media_url else FolderStore(instance / "media")


def forget_unnamed(store: Store, named: Collection[str], before: datetime) -> int:
    """Delete what nothing names and was sent before a moment; how many files. Raises StoreGoneError."""
    unnamed = [name for name in store.names() if name not in named]
    return sum(store.forget(name, before) for name in unnamed)
