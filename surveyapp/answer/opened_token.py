"""The signed note that a page carries: which edition it shows, and when it was opened.

Keyed BLAKE2 (RFC 7693) signs it: unlike OpenSSL's HMAC it keeps Python's lock, so that no page waits its turn twice.
It decides only whether a page opened before the close may still send, and is never stored.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

SIGNATURE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Opening:
    """An edition's number and the moment its page was opened."""

    edition: int
    at: datetime


def make_opened_token(secret: bytes, survey_id: UUID, edition: int, now: datetime) -> str:
    """The note for a page opened now."""
    said = f"{edition}.{int(now.timestamp())}"
    return f"{said}.{_signature(secret, survey_id, said)}"


def read_opened_token(secret: bytes, survey_id: UUID, note: str) -> Opening | None:
    """The note, if it is one of ours; a key that changed meanwhile must not cost anybody's answers."""
    said, _, signature = note.rpartition(".")
    if not note.isascii() or not hmac.compare_digest(signature, _signature(secret, survey_id, said)):
        return None
    edition, _, seconds = said.partition(".")
    return Opening(int(edition), datetime.fromtimestamp(int(seconds), UTC))


def _signature(secret: bytes, survey_id: UUID, said: str) -> str:
    note = survey_id.bytes + said.encode()
    return hashlib.blake2b(note, key=_key(secret), digest_size=SIGNATURE_LENGTH // 2).hexdigest()


@lru_cache(maxsize=8)
def _key(secret: bytes) -> bytes:
    return hashlib.sha256(b"opened:" + secret).digest()
