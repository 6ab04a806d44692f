"""The signed note that a page carries: which edition it shows, and when it was opened.

It decides only whether a page opened before the close may still send, and is never stored.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

SIGNATURE_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Opening:
    """An edition's number and the moment its page was opened."""

    edition: int
    at: datetime


def written_opening(secret: bytes, survey_id: UUID, edition: int, now: datetime) -> str:
    """The note for a page opened now."""
    said = f"{edition}.{int(now.timestamp())}"
    return f"{said}.{_signature(secret, survey_id, said)}"


def read_opening(secret: bytes, survey_id: UUID, note: str) -> Opening | None:
    """The note, if it is one of ours; a key that changed meanwhile must not cost anybody's answers."""
    said, _, signature = note.rpartition(".")
    if not note.isascii() or not hmac.compare_digest(signature, _signature(secret, survey_id, said)):
        return None
    edition, _, seconds = said.partition(".")
    return Opening(int(edition), datetime.fromtimestamp(int(seconds), UTC))


def _signature(secret: bytes, survey_id: UUID, said: str) -> str:
    note = b"opened:%s:%s" % (survey_id.bytes, said.encode())
    return hmac.digest(secret, note, "sha256").hex()[:SIGNATURE_LENGTH]
