"""The zip itself: nothing in front of it, behind it or between its files, no name that leads elsewhere, and no bomb.

Programs that zip again write other headers, sizes behind the data, perhaps a folder around all: these are whole too.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from struct import unpack_from
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

MOST_FILES = 100
END = b"PK\x05\x06"
END_BYTES = 22
WIDE_END_BYTES = 76  # the end and its locator for sizes beyond 4 GB
LOCAL_BYTES = 30
SIZES_BEHIND = frozenset({12, 16, 20, 24})
HAS_SIZES_BEHIND = 0x08
MOST_TIMES = 300  # what is unpacked against what is packed; tables of answers stay far below
SMALL = 10_000_000


def container_faults(file: BinaryIO, archive: ZipFile) -> Iterator[str]:
    """What is wrong with the container, as sentences."""
    files = archive.infolist()
    if len(files) > MOST_FILES:
        yield f"It holds {len(files)} files: no package has more than {MOST_FILES}."
        return
    yield from _leading_elsewhere(info.orig_filename for info in files)
    for name, times in Counter(info.filename.casefold() for info in files).items():
        if times > 1:
            yield f"{name} is there twice."
    for info in files:
        if info.file_size > SMALL and info.file_size > MOST_TIMES * info.compress_size:
            yield f"{info.filename} would unpack to {info.file_size} bytes, over {MOST_TIMES} times its size: a bomb."
    yield from _other_bytes(file, archive, sorted(files, key=lambda info: info.header_offset))


def folder_of(names: Iterable[str]) -> str:
    """The one folder that all files are in, with its slash; empty where there is none."""
    folders = {name.partition("/")[0] if "/" in name else "" for name in names}
    folder = folders.pop() if len(folders) == 1 else ""
    return f"{folder}/" if folder else ""


def _leading_elsewhere(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        parts = name.split("/")
        if ".." in parts or parts[0] == "" or "\\" in name or ":" in name or "\0" in name:
            yield f"It holds a file “{name!r}”, whose name leads out of its folder."


def _other_bytes(file: BinaryIO, archive: ZipFile, files: list[ZipInfo]) -> Iterator[str]:
    size = file.seek(0, 2)
    end = _read(file, size - END_BYTES, END_BYTES)
    if not end.startswith(END) or archive.comment:
        yield "There are bytes behind its end that are of no file."
        return
    if files and files[0].header_offset:
        yield "There are bytes in front of it that are of no file."
    starts = [*(info.header_offset for info in files), archive.start_dir]
    for info, (start, following) in zip(files, pairwise(starts), strict=True):
        names, more = unpack_from("<HH", _read(file, start, LOCAL_BYTES), 26)
        left = following - (start + LOCAL_BYTES + names + more + info.compress_size)
        if left and not (info.flag_bits & HAS_SIZES_BEHIND and left in SIZES_BEHIND):
            yield f"There are bytes behind {info.filename} that are of no file."
    left = size - END_BYTES - archive.start_dir - _directory_bytes(file, size, end)
    if left not in (0, WIDE_END_BYTES):
        yield "There are bytes in its directory that are of no file."


def _directory_bytes(file: BinaryIO, size: int, end: bytes) -> int:
    """How long the directory says it is; a wide one says it in front of the end."""
    (length,) = unpack_from("<I", end, 12)
    if length == 0xFFFF_FFFF:
        (length,) = unpack_from("<Q", _read(file, size - END_BYTES - WIDE_END_BYTES, WIDE_END_BYTES), 40)
    return int(length)


def _read(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(max(0, start))
    return file.read(length)
