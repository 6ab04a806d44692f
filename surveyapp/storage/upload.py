"""Keep a recording or a photo, and open it again: the name is the SHA-256 of what is kept, and its kind."""

import hashlib

from surveyapp.model.validation import MEDIA_NAME
from surveyapp.storage.photos import redrawn
from surveyapp.storage.sounds import sound_format
from surveyapp.storage.stores import Store
from surveyapp.storage.strip_metadata import bare

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


def store_recording(store: Store, content: bytes) -> str:
    """Keep a recording's sound alone and return its name. Raises NotKeptError, StoreGoneError."""
    ending = sound_format(content)
    return _keep(store, bare(content, ending), ending)


def store_photo(store: Store, content: bytes) -> str:
    """Keep a photo, drawn anew, and return its name. Raises NotKeptError, StoreGoneError."""
    return _keep(store, redrawn(content), PHOTO)


def stored_file(store: Store, name: str) -> bytes | None:
    """What is kept under a name; nothing for a name that can't be one. Raises StoreGoneError."""
    is_ours = MEDIA_NAME.fullmatch(name) and ending_of(name) in CONTENT_TYPES
    return store.read(name) if is_ours else None


def still_stored(store: Store, name: str) -> bool:
    """Whether a file is there still; if so it counts as sent just now. Raises StoreGoneError."""
    content = stored_file(store, name)
    if content is not None:
        store.write(name, content)
    return content is not None


def ending_of(name: str) -> str:
    """What stands behind the dot: the kind."""
    return name.rpartition(".")[2]


def _keep(store: Store, content: bytes, ending: str) -> str:
    name = f"{hashlib.sha256(content).hexdigest()}.{ending}"
    store.write(name, content)
    return name
