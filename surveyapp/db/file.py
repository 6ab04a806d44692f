"""The file of a SQLite database: for its owner's eyes only, and known again as long as a process has it open."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OWNERS_FILE = 0o600
OWNERS_FOLDER = 0o700
BESIDE = ("-wal", "-shm", "-journal")  # SQLite gives them the mode of the database

Identity = tuple[int, int]


def create(path: Path) -> None:
    """Make an empty file that only its owner may read, unless there is one. Raises OSError.

    One that is there is never opened: closing it again would drop every lock that SQLite holds on it in this process
    (POSIX locks belong to process and file), and another process would take away the log that is being written.
    """
    file = path.resolve()  # a link to a file that isn't there yet counts as none
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWNERS_FILE))
    except FileExistsError:
        if file.is_dir():
            raise _os_error(errno.EISDIR) from None
        if not os.access(file, os.R_OK | os.W_OK):
            raise _os_error(errno.EROFS if _is_read_only(file) else errno.EACCES) from None


def create_with_folder(path: Path) -> None:
    """Make a file and the folder that it needs, both for their owner alone. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=OWNERS_FOLDER)
    create(path)


def make_private(path: Path) -> None:
    """Let only the owner read a database that was made more openly, where it is ours to say."""
    for file in (path, *(path.with_name(path.name + ending) for ending in BESIDE)):
        with suppress(FileNotFoundError, PermissionError):
            file.chmod(OWNERS_FILE)


def delete_database(path: Path) -> None:
    """Remove a database and what SQLite keeps beside it."""
    for file in (path, *(path.with_name(path.name + ending) for ending in BESIDE)):
        file.unlink(missing_ok=True)


def identity(path: Path) -> Identity | None:
    """What tells a file from another one that takes its name; nothing where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_read_only(file: Path) -> bool:
    """Whether the disk itself takes nothing; Windows doesn't tell."""
    return hasattr(os, "statvfs") and bool(os.statvfs(file).f_flag & os.ST_RDONLY)


def _os_error(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """A draft beside a new file, for its owner alone; at the end it becomes the file, on the disk, or is gone.

    Raises FileExistsError where the file is there already, and whatever writing raises.
    """
    draft = file.with_name(f"{file.name}.writing")
    delete_database(draft)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNERS_FILE))
    try:
        yield draft
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        os.link(draft, file)
    finally:
        delete_database(draft)
