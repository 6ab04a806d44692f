"""A disk under SQLite that loses at a power cut whatever was not synced.

SQLite asks its VFS for every file (https://www.sqlite.org/vfs.html). This one hands everything on to the usual VFS and
keeps, at each sync, a copy of the file as it is then. After a power cut the files are those copies. It speaks to
SQLite's C interface by ctypes, as Python's `sqlite3` has no way to a VFS of one's own.
"""

import ctypes
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_void_p, cast
from pathlib import Path
from random import Random
from typing import Any, ClassVar

NAME = b"simulated"
IO_ERROR = 10  # SQLITE_IOERR
METHODS = 18  # functions of sqlite3_io_methods, version 3
SYNC = 4  # the place of xSync among them
SHARED_MEMORY = "-shm"
_IN_USE: list[Any] = []
"""What SQLite still calls for a file that is closed late, when a forgotten connection is collected: kept for good."""


class IoMethods(Structure):
    """`sqlite3_io_methods`: what can be done with an open file."""

    _fields_: ClassVar = [("version", c_int), ("functions", c_void_p * METHODS)]


class File(Structure):
    """`sqlite3_file`: an open file begins with its methods."""

    _fields_: ClassVar = [("methods", POINTER(IoMethods))]


Open = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, POINTER(File), c_int, POINTER(c_int))
Sync = ctypes.CFUNCTYPE(c_int, POINTER(File), c_int)


class Vfs(Structure):
    """`sqlite3_vfs`, as far as its functions are of interest here; the rest is copied as it stands."""

    _fields_: ClassVar = [
        ("version", c_int),
        ("file_size", c_int),
        ("longest_name", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("others", c_void_p * 17),
    ]


class Disk:
    """The files of one folder as they would be found after a power cut; `step` is called around every sync."""

    def __init__(self, folder: Path, step: Callable[[], None] = lambda: None) -> None:
        self.folder = folder
        self.step = step
        self.is_off = False
        self._synced: dict[Path, bytes] = {path: path.read_bytes() for path in self._files()}

    def synced(self, path: Path) -> None:
        """Keep a file as it is now."""
        if not self.is_off and path.parent == self.folder and path.exists():
            self._synced[path] = path.read_bytes()

    def cut(self, chance: Random, *, is_power_cut: bool) -> dict[Path, bytes]:
        """Switch off; return what is found afterwards: by chance some of what was not synced is there all the same.

        Where a process alone was killed, the system goes on to write all that it was given.
        """
        self.is_off = True
        found = {path: path.read_bytes() for path in self._files()}
        if is_power_cut:
            for path in found:
                if chance.random() < 0.7:
                    found[path] = self._synced.get(path, b"")
        return found

    def start_again(self, found: dict[Path, bytes]) -> None:
        """Put down what was found, once nobody has the files open any more, and switch on."""
        for path in [*self.folder.iterdir()]:
            path.unlink()
        for path, content in found.items():
            path.write_bytes(content)
        self._synced = dict(found)
        self.is_off = False

    def _files(self) -> Iterator[Path]:
        return (path for path in self.folder.iterdir() if not path.name.endswith(SHARED_MEMORY))


@contextmanager
def simulated(disk: Disk) -> Iterator[None]:
    """SQLite's usual VFS is the simulated one until the block ends."""
    library = _library()
    library.sqlite3_vfs_find.restype = c_void_p
    usual = library.sqlite3_vfs_find(None)
    made = Vfs.from_buffer_copy(cast(usual, POINTER(Vfs)).contents)
    made.name, made.next = NAME, None
    hooks = _Hooks(disk, usual, made.open)
    made.open = cast(hooks.open, c_void_p)
    _IN_USE.append((made, hooks))
    library.sqlite3_vfs_register(byref(made), 1)
    try:
        yield
    finally:
        library.sqlite3_vfs_unregister(byref(made))
        library.sqlite3_vfs_register(c_void_p(usual), 1)


class _Hooks:
    """The functions that stand in for the usual VFS's, kept for as long as SQLite may call them."""

    def __init__(self, disk: Disk, usual: int, usual_open: int) -> None:
        self._disk, self._usual, self._usual_open = disk, usual, Open(usual_open)
        self._names: dict[int, Path] = {}
        self._methods: dict[int, tuple[IoMethods, Any]] = {}
        self.open = Open(self._open)

    def _open(self, _vfs: Any, name: int | None, file: Any, flags: int, told: Any) -> int:
        """Open as usual. The name stays SQLite's own piece of memory, which it reads again later."""
        code: int = self._usual_open(self._usual, name, file, flags, told)
        if code == 0 and name is not None:
            self._names[ctypes.addressof(file.contents)] = Path(ctypes.string_at(name).decode())
            self._watch(file)
        return code

    def _watch(self, file: Any) -> None:
        """Give the file methods of which syncing is ours; a set of methods is copied once."""
        usual = ctypes.addressof(file.contents.methods.contents)
        if usual not in self._methods:
            copied = IoMethods.from_buffer_copy(file.contents.methods.contents)
            sync = self._syncing(Sync(copied.functions[SYNC]))
            copied.functions[SYNC] = cast(sync, c_void_p).value
            self._methods[usual] = (copied, sync)
        file.contents.methods = ctypes.pointer(self._methods[usual][0])

    def _syncing(self, usual_sync: Any) -> Any:
        def sync(file: Any, flags: int) -> int:
            self._disk.step()
            if self._disk.is_off:
                return IO_ERROR
            code: int = usual_sync(file, flags)
            self._disk.synced(self._names[ctypes.addressof(file.contents)])
            return code

        return Sync(sync)


def _library() -> Any:
    """The SQLite that Python's own module has loaded."""
    found = next(
        (line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines() if "libsqlite3" in line), None
    )
    return ctypes.CDLL(found or shutil.which("sqlite3") or "libsqlite3.so.0")
