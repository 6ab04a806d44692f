"""A WebM file (Matroska, RFC 9559, in EBML, RFC 8794) that tells nothing but its sound.

What tells more becomes an element `Void` of the same length, so that nothing changes its place. Elements that are
opened are stepped into; of these a live recorder often doesn't know the length.
"""

from collections.abc import Iterator

from surveyapp.storage.refusals import NotKeptError

SEGMENT, CLUSTER = 0x18538067, 0x1F43B675
INFO, TRACKS, TRACK = 0x1549A966, 0x1654AE6B, 0xAE
OPENED = frozenset({SEGMENT, INFO, TRACKS, TRACK})
TELLING = frozenset({
    0x1254C367, 0x1941A469, 0x1043A770,  # tags, attachments, chapters
    0x4461, 0x7BA9, 0x73A4, 0x7384, 0x3CB923, 0x3C83AB, 0x3EB923, 0x3E83BB,  # day, title, its and its neighbours' names
    0x536E, 0xBF, 0xEC,  # a track's name, a checksum that would be wrong now, what was made void before
})  # fmt: skip
MADE_WITH = frozenset({0x4D80, 0x5741})  # must be there, may be empty
VOID = 0xEC
LONG_VOID = 9


def bare_webm(content: bytes) -> bytes:
    """The file with the same sound at the same places, up to its last whole head. Raises NotKeptError."""
    file, last = bytearray(content), 0
    for kind, start, body, end in _elements(file):
        if kind in MADE_WITH:
            file[body:end] = bytes(end - body)
        elif kind in TELLING:
            file[start:end] = _void(end - start)
        last = end
    return bytes(file[:last])


def _elements(file: bytearray) -> Iterator[tuple[int, int, int, int]]:
    """Each element: its kind, start, body and end; one that is opened ends where its body starts."""
    place = 0
    while place < len(file):
        try:
            kind, behind_kind = _number(file, place, keeps_mark=True)
            length, body = _number(file, behind_kind)
        except IndexError:
            return
        is_unknown = length == (1 << 7 * (body - behind_kind)) - 1
        is_opened = kind in OPENED or (kind == CLUSTER and is_unknown)
        if is_unknown and not is_opened:
            raise NotKeptError("sound")
        end = body if is_opened else min(body + length, len(file))
        yield kind, place, body, end
        place = end


def _number(file: bytearray, place: int, *, keeps_mark: bool = False) -> tuple[int, int]:
    """A number whose first bit that is set says how many bytes it has, and where the next thing stands."""
    length = 9 - file[place].bit_length()
    if length > 8:
        raise NotKeptError("sound")
    if place + length > len(file):
        raise IndexError
    whole = int.from_bytes(file[place : place + length])
    return whole if keeps_mark else whole & (1 << 7 * length) - 1, place + length


def _void(length: int) -> bytes:
    """An element of so many bytes that means nothing."""
    if length < LONG_VOID:
        return bytes((VOID, 0x80 | length - 2)) + bytes(length - 2)
    return bytes((VOID, 0x01)) + (length - LONG_VOID).to_bytes(7) + bytes(length - LONG_VOID)
