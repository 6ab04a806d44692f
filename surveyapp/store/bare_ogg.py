"""An Ogg file (RFC 3533) of Opus (RFC 7845) or Vorbis without a comment; no packet changes its length or its place.

The second packet of each stream holds who made it, with what, and comments: place, day, even pictures. It becomes a
maker's name of blanks and no comment at all. Pages that it stands on get their checksum anew.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from surveyapp.store.refusals import NotKeptError

HEAD = 27
POLYNOMIAL = 0x04C11DB7
COMMENTS = (b"OpusTags", b"\x03vorbis")


@dataclass
class _Stream:
    """How many packets of a stream have ended, and where the parts of its second one stand."""

    packets: int = 0
    parts: list[tuple[int, int]] = field(default_factory=list)


def bare_ogg(content: bytes) -> bytes:
    """The file's whole pages, with the same sound. Raises NotKeptError, struct.error."""
    file = bytearray().join(_pages(content))
    streams: dict[bytes, _Stream] = {}
    touched = [start for start in _starts(file) if _reads_comments(file, start, streams)]
    for stream in streams.values():
        _silence(file, stream.parts)
    for start in touched:
        _sum_up(file, start)
    return bytes(file)


def _pages(content: bytes) -> Iterator[bytes]:
    """Each whole page; what stands between them is nobody's."""
    place = 0
    while (place := content.find(b"OggS", place)) >= 0:
        end = _end_of(content, place)
        if end > len(content):
            return
        yield content[place:end]
        place = end


def _starts(file: bytearray) -> Iterator[int]:
    place = 0
    while place < len(file):
        yield place
        place = _end_of(file, place)


def _end_of(content: bytes | bytearray, start: int) -> int:
    """Behind a page: the number of its segments stands in its head, their lengths behind it."""
    table = content[start + HEAD : start + HEAD + _segments(content, start)]
    return start + HEAD + _segments(content, start) + sum(table)


def _segments(content: bytes | bytearray, start: int) -> int:
    return content[start + HEAD - 1] if start + HEAD <= len(content) else len(content)


def _reads_comments(file: bytearray, start: int, streams: dict[bytes, _Stream]) -> bool:
    """Follow the packets of a page; whether a part of the second one is on it."""
    number = bytes(file[start + 14 : start + 18])
    stream = streams.setdefault(number, _Stream())
    place, before = start + HEAD + _segments(file, start), len(stream.parts)
    for length in file[start + HEAD : place]:
        if stream.packets == 1:
            stream.parts.append((place, place + length))
        stream.packets += length < 255
        place += length
    return len(stream.parts) > before


def _silence(file: bytearray, parts: list[tuple[int, int]]) -> None:
    """Write an empty list of comments over the one that stands in these parts."""
    told = b"".join(file[start:end] for start, end in parts)
    kind = next((kind for kind in COMMENTS if told.startswith(kind)), None)
    if kind is None:
        if parts:
            raise NotKeptError("sound")
        return
    end = b"\0\0\0\0" + (b"\1" if kind == COMMENTS[1] else b"")
    blanks = len(told) - len(kind) - len(end) - 4
    if blanks < 0:
        raise NotKeptError("sound")
    empty = kind + struct.pack("<I", blanks) + b" " * blanks + end
    for first, last in parts:
        file[first:last], empty = empty[: last - first], empty[last - first :]


def _sum_up(file: bytearray, start: int) -> None:
    """Write a page's checksum: CRC-32 from the highest bit on, begun with 0, with 0 in its own place."""
    file[start + 22 : start + 26] = bytes(4)
    crc = 0
    for byte in file[start : _end_of(file, start)]:
        crc = (crc << 8 & 0xFFFFFFFF) ^ _TABLE[crc >> 24 ^ byte]
    file[start + 22 : start + 26] = struct.pack("<I", crc)


def _entry(crc: int) -> int:
    for _ in range(8):
        crc = crc << 1 ^ (POLYNOMIAL if crc & 0x80000000 else 0)
    return crc & 0xFFFFFFFF


_TABLE = tuple(_entry(byte << 24) for byte in range(256))
