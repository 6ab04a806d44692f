"""Whether a server has a SQLite database open: told by a lock of the operating system, which falls with its process.

Servers share the lock, a restore has it alone. It lies on a file beside the database, which stays.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from surveyapp.db.file import OWNERS_FILE, OWNERS_FOLDER
from surveyapp.refused import RefusedError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def hold(database: Path) -> int:
    """Hold the lock for as long as this process lives, and return the open file. Raises RefusedError, OSError."""
    database.parent.mkdir(parents=True, exist_ok=True, mode=OWNERS_FOLDER)
    held = _opened(database)
    try:
        _lock(held, shared=True)
    except OSError:
        os.close(held)
        raise RefusedError(
            "A restore or a copy is at work on this database. Start the server when it is done."
        ) from None
    return held


def let_go(held: int) -> None:
    """Let go of the lock earlier than the process ends."""
    os.close(held)


@contextmanager
def no_server_running(database: Path, refusal: str) -> Iterator[None]:
    """Keep servers from starting during the block. Raises RefusedError with a sentence where one runs."""
    held = _opened(database)
    try:
        _lock(held, shared=False)
    except OSError:
        os.close(held)
        raise RefusedError(refusal) from None
    try:
        yield
    finally:
        os.close(held)


def is_held(database: Path) -> bool:
    """Whether a server runs on a database."""
    if not _path(database).exists():
        return False
    try:
        with no_server_running(database, ""):
            return False
    except RefusedError:
        return True


def _path(database: Path) -> Path:
    return database.with_name(f"{database.name}.lock")


def _opened(database: Path) -> int:
    return os.open(_path(database), os.O_RDWR | os.O_CREAT, OWNERS_FILE)


def _lock(held: int, *, shared: bool) -> None:
    """Take the lock or raise OSError at once; Windows knows no shared ones, and any holder tells that a server runs."""
    if sys.platform == "win32":
        with suppress(OSError) if shared else nullcontext():
            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(held, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
