"""Keep a recording or a photo, and open it again: the name is the SHA-256 of what is kept, and its kind."""

import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

from surveyapp.model.validation import MEDIA_NAME
from surveyapp.storage.bare import bare
from surveyapp.storage.bucket import bucket_store
from surveyapp.storage.folder import FolderStore
from surveyapp.storage.photos import redrawn
from surveyapp.storage.sounds import kind_of

CONTENT_TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "webm": "audio/webm",
    "jpg": "image/jpeg",
}
PHOTO = "jpg"
ON_EVERY_PHONE = frozenset({"mp3", "m4a", "aac", "wav"})  # older iPhones can't play the others


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


def keep_recording(store: Store, content: bytes) -> str:
    """Keep a recording's sound alone and return its name. Raises NotKeptError, StoreGoneError."""
    ending = kind_of(content)
    return _keep(store, bare(content, ending), ending)


def keep_photo(store: Store, content: bytes) -> str:
    """Keep a photo, drawn anew, and return its name. Raises NotKeptError, StoreGoneError."""
    return _keep(store, redrawn(content), PHOTO)


def opened(store: Store, name: str) -> bytes | None:
    """What is kept under a name; nothing for a name that can't be one. Raises StoreGoneError."""
    is_ours = MEDIA_NAME.fullmatch(name) and ending_of(name) in CONTENT_TYPES
    return store.read(name) if is_ours else None


def kept_again(store: Store, name: str) -> bool:
    """Whether a file is there still; if so it counts as sent just now. Raises StoreGoneError."""
    content = opened(store, name)
    if content is not None:
        store.write(name, content)
    return content is not None


def forget_unnamed(store: Store, named: Collection[str], before: datetime) -> int:
    """Delete what nothing names and was sent before a moment; how many files. Raises StoreGoneError."""
    unnamed = [name for name in store.names() if name not in named]
    return sum(store.forget(name, before) for name in unnamed)


def ending_of(name: str) -> str:
    """What stands behind the dot: the kind."""
    return name.rpartition(".")[2]


def _keep(store: Store, content: bytes, ending: str) -> str:
    name = f"{hashlib.sha256(content).hexdigest()}.{ending}"
    store.write(name, content)
    return name
