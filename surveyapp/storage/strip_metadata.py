"""A recording's sound alone: without where, when, with what and by whom it was made, and not one sample changed.

Phones write a place into a recording's name, a day, and what they are called. What is left is what players need.
"""

import struct
from collections.abc import Callable, Iterator

from surveyapp.storage.mpeg import aac_frame, frames_alone, mp3_frame
from surveyapp.storage.refusals import NotKeptError
from surveyapp.storage.strip_mp4 import bare_mp4
from surveyapp.storage.strip_ogg import bare_ogg
from surveyapp.storage.strip_webm import bare_webm

CHUNKS = (b"fmt ", b"fact", b"data")


def bare(content: bytes, ending: str) -> bytes:
    """A recording of a kind that `kind_of` told. Raises NotKeptError `sound` for what can't be read to its end."""
    try:
        left = _BARE[ending](content)
    except (struct.error, IndexError) as error:
        raise NotKeptError("sound") from error
    if not left:
        raise NotKeptError("sound")
    return left


def _bare_wav(content: bytes) -> bytes:
    """The chunks that hold sound, or say how to play it; a name, a day and a place have chunks of their own."""
    chunks = b"".join(
        kind + struct.pack("<I", len(held)) + held + b"\0" * (len(held) % 2)
        for kind, held in _chunks(content)
        if kind in CHUNKS
    )
    return chunks and b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What each chunk holds; one that is longer than the file ends with it, as where a recorder was stopped."""
    place = 12
    while place + 8 <= len(content):
        kind, length = struct.unpack_from("<4sI", content, place)
        yield kind, content[place + 8 : place + 8 + length]
        place += 8 + length + length % 2


_BARE: dict[str, Callable[[bytes], bytes]] = {
    "m4a": bare_mp4,
    "ogg": bare_ogg,
    "webm": bare_webm,
    "wav": _bare_wav,
    "aac": lambda content: frames_alone(content, aac_frame),
    "mp3": lambda content: frames_alone(content, mp3_frame),
}
