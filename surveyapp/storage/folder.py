"""A store in a folder of this machine: a file is there whole or not at all, also when the power goes."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from surveyapp.db.file import OWNERS_FOLDER
from surveyapp.model.validation import MEDIA_NAME
from surveyapp.storage.refusals import StoreGoneError


@dataclass(frozen=True, slots=True)
class FolderStore:
    """Files in one folder, made at the first that is kept."""

    folder: Path

    def write(self, name: str, content: bytes) -> None:
        """Keep a file under the name that its content gave: one that is there is the same. Raises StoreGoneError."""
        try:
            self._write(name, content)
        except OSError as error:
            raise StoreGoneError(f"{self.folder}: {error.strerror}") from error

    def read(self, name: str) -> bytes | None:
        """A file's content, or nothing."""
        with suppress(FileNotFoundError, NotADirectoryError):
            return (self.folder / name).read_bytes()
        return None

    def names(self) -> Iterator[str]:
        """The names of everything that is kept."""
        if self.folder.is_dir():
            yield from (path.name for path in sorted(self.folder.iterdir()) if MEDIA_NAME.fullmatch(path.name))

    def forget(self, name: str, before: datetime) -> bool:
        """Delete a file unless it was sent at this moment or later; whether it did. Raises StoreGoneError."""
        path = self.folder / name
        try:
            is_old = path.stat().st_mtime < before.timestamp()
            if is_old:
                path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StoreGoneError(f"{self.folder}: {error.strerror}") from error
        return is_old

    def _write(self, name: str, content: bytes) -> None:
        if (self.folder / name).exists():
            os.utime(self.folder / name)  # sent again: it is as new as any other
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=OWNERS_FOLDER)
        with NamedTemporaryFile(dir=self.folder, prefix=".") as draft, suppress(FileExistsError):
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
            os.link(draft.name, self.folder / name)
        _sync(self.folder)


def _sync(folder: Path) -> None:
    """Have the folder's own list of names on the disk; Windows can't, and does it by itself."""
    if os.name == "nt":
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
