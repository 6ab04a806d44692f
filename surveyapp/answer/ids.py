"""Random ids for responses (UUID version 4), made many at a time.

Asking the system for random bytes lets go of Python's lock, and under load every request then waits for its turn
again; asked for 256 ids at once, that is a 256th as often. Each id is used once.
"""

import os
from uuid import UUID

BATCH = 256
_BYTES = 16
_ready: list[bytes] = []


def new_response_id() -> str:
    """An id that nobody can guess."""
    try:
        drawn = _ready.pop()
    except IndexError:
        drawn = _refill()
    return str(UUID(bytes=drawn, version=4))


def _refill() -> bytes:
    random = os.urandom(BATCH * _BYTES)
    first, *others = (random[start : start + _BYTES] for start in range(0, len(random), _BYTES))
    _ready.extend(others)
    return first


if hasattr(os, "register_at_fork"):  # Windows has no fork
    os.register_at_fork(after_in_child=_ready.clear)  # or two processes would hand out the same ids
