"""An Ogg file (RFC 3533) of Opus (RFC 7845) or Vorbis without a comment; no packet changes its length or its place.

The second packet of each stream holds who made it, with what, and comments: place, day, even pictures. It becomes a
maker's name of blanks and no comment at all. Pages that it stands on get their checksum anew.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from surveyapp.storage.refusals import NotKeptError

HEAD = 27
POLYNOMIAL = 0x04C11DB7
OPUS, VORBIS = b"OpusTags", b"\x03vorbis"
COMMENTS = (OPUS, VORBIS)
BEGINS = 2  # a page's flag: a stream begins here

Parts = list[tuple[int, int, int]]  # a page's start, and where on it a part starts and ends


@dataclass
class _Stream:
    """How many packets of a stream have ended, and where the parts of its second one stand."""

    packets: int = 0
    parts: Parts = field(default_factory=list)


def bare_ogg(content: bytes) -> bytes:
    """The file's whole pages, with the same sound. Raises NotKeptError."""
    file = bytearray().join(_pages(content))
    streams: list[_Stream] = []
    known: dict[bytes, _Stream] = {}
    for start in _starts(file):
        number = bytes(file[start + 14 : start + 18])
        if number not in known or file[start + 5] & BEGINS:
            known[number] = _Stream()
            streams.append(known[number])
        _follow(file, start, known[number])
    for stream in streams:
        _silence(file, stream.parts)
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


def _follow(file: bytearray, start: int, stream: _Stream) -> None:
    """Count the packets of a page, and note the parts of the second one."""
    place = start + HEAD + _segments(file, start)
    for length in file[start + HEAD : place]:
        if stream.packets == 1:
            stream.parts.append((start, place, place + length))
        stream.packets += length < 255
        place += length


def _silence(file: bytearray, parts: Parts) -> None:
    """Write an empty list of comments over the one that stands in these parts."""
    told = b"".join(file[first:last] for _page, first, last in parts)
    kind = next((kind for kind in COMMENTS if told.startswith(kind)), None)
    if kind is None:
        return
    end = b"\0\0\0\0" + (b"\1" if kind == VORBIS else b"")
    blanks = len(told) - len(kind) - len(end) - 4
    if blanks < 0:
        raise NotKeptError("sound")
    empty = kind + struct.pack("<I", blanks) + b" " * blanks + end
    for _page, first, last in parts:
        file[first:last], empty = empty[: last - first], empty[last - first :]
    for page in {page for page, _first, _last in parts}:
        _sum_up(file, page)


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
