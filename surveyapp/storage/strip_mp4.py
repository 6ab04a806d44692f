"""An ISO base media file (ISO 14496-12) that tells nothing but its sound.

What players need stays where it is, since tables in the file point at places in it. Every other box, known or not,
becomes `free` space of the same length, full of zeros; days of making become 0.
"""

import struct
from collections.abc import Iterator

from surveyapp.storage.refusals import NotKeptError

OPENED = {b"": b"moov", b"moov": b"trak", b"trak": b"mdia"}  # what is opened in what
DATED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
PLAYED = frozenset({
    b"ftyp", b"styp", b"sidx", b"mdat", b"moof", b"mfra", b"mvex", b"iods", b"edts", b"tref", b"hdlr", b"elng", b"minf",
})  # fmt: skip
HEAD, LONG_HEAD = 8, 16


def bare_mp4(content: bytes) -> bytes:
    """The file with the same sound at the same places. Raises NotKeptError, struct.error."""
    file = bytearray(content)
    waiting = [(b"", 0, len(file))]
    while waiting:
        around, first, last = waiting.pop()
        for kind, start, body, end in _boxes(file, first, last):
            if kind == OPENED.get(around) and not _is_for_no_sound(file, kind, body, end):
                waiting.append((kind, body, end))
            elif kind in DATED:
                _undate(file, body, end)
            elif kind not in PLAYED:
                file[start + 4 : start + 8] = b"free"
                file[body:end] = bytes(end - body)
    return bytes(file)


def _boxes(file: bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Each box: its kind, where it starts, where what it holds starts and ends."""
    while start + HEAD <= end:
        length, kind = struct.unpack_from(">I4s", file, start)
        head = LONG_HEAD if length == 1 else HEAD
        if length == 1:
            (length,) = struct.unpack_from(">Q", file, start + HEAD)
        after = end if length == 0 else min(start + length, end)
        if after < start + head:
            raise NotKeptError("sound")
        yield bytes(kind), start, start + head, after
        start = after


def _is_for_no_sound(file: bytearray, kind: bytes, body: int, end: int) -> bool:
    """Whether this is a track of something else, such as places on the way."""
    return kind == b"trak" and file.find(b"soun", body, end) < 0


def _undate(file: bytearray, body: int, end: int) -> None:
    """Two days of 4 bytes, or of 8 in version 1, behind version and flags."""
    first, last = body + 4, body + (20 if file[body] == 1 else 12)
    if last > end:
        raise NotKeptError("sound")
    file[first:last] = bytes(last - first)
