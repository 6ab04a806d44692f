"""What kind of recording a file is, by its content alone: what phones and computers record and browsers play.

Formats: MPEG 1/2/2.5 layer III frames (ISO 11172-3, 13818-3), ADTS and ISO base media files (ISO 14496-3, -12), Ogg
(RFC 3533, Opus RFC 7845), RIFF WAVE, WebM (its EBML DocType). A name or a sent content type proves nothing.
"""

import re
from collections.abc import Callable

from surveyapp.store.refusals import NotKeptError

LIMIT = 5 * 1024 * 1024  # ten minutes of speech as a phone records it
SAMPLE_RATES = (44100, 48000, 32000)
BIT_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
BIT_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
HANDLER = re.compile(rb"hdlr.{8}(soun|vide)", re.DOTALL)
TAG_HEADER = 10
FRAMES = 3  # as many in a row make chance unlikely


def kind_of(content: bytes) -> str:
    """The ending for a recording: `mp3`, `m4a`, `aac`, `ogg`, `wav` or `webm`.

    Raises NotKeptError: `empty`, `big`, `video`, `amr` (which browsers don't play) or `sound` for anything else.
    """
    if not content:
        raise NotKeptError("empty")
    if len(content) > LIMIT:
        raise NotKeptError("big")
    if content.startswith(b"#!AMR"):
        raise NotKeptError("amr")
    for ending, is_one in _KINDS.items():
        if is_one(content):
            return ending
    raise NotKeptError("sound")


def _is_m4a(content: bytes) -> bool:
    if content[4:8] != b"ftyp":
        return False
    handlers = set(HANDLER.findall(content))
    if b"vide" in handlers:
        raise NotKeptError("video")
    return handlers == {b"soun"}


def _is_ogg(content: bytes) -> bool:
    if not content.startswith(b"OggS"):
        return False
    if b"\x80theora" in content[:4096]:
        raise NotKeptError("video")
    return b"OpusHead" in content[:128] or b"\x01vorbis" in content[:128]


def _is_webm(content: bytes) -> bool:
    if not content.startswith(b"\x1a\x45\xdf\xa3") or b"webm" not in content[:64]:
        return False
    head = content[:8192]
    if b"V_VP8" in head or b"V_VP9" in head or b"V_AV1" in head:
        raise NotKeptError("video")
    return b"A_OPUS" in head or b"A_VORBIS" in head


def _is_wav(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WAVE" and b"fmt " in content[:256] and b"data" in content


def _is_mp3(content: bytes) -> bool:
    return _frames_follow(content, _after_tag(content), _mp3_frame)


def _is_aac(content: bytes) -> bool:
    return _frames_follow(content, _after_tag(content), _aac_frame)


def _after_tag(content: bytes) -> int:
    """Where the sound begins behind an ID3 tag, whose length is four times seven bits."""
    if content[:3] != b"ID3" or len(content) < TAG_HEADER:
        return 0
    length = 0
    for byte in content[6:10]:
        length = length << 7 | byte & 0x7F
    return TAG_HEADER + length


def _frames_follow(content: bytes, start: int, length_at: Callable[[bytes, int], int]) -> bool:
    """Whether a few frames stand one behind the other from here, or one up to the end of the file."""
    place, seen = start, 0
    while seen < FRAMES and place < len(content):
        length = length_at(content, place)
        if not length:
            return False
        place, seen = place + length, seen + 1
    return seen > 0


def _mp3_frame(content: bytes, place: int) -> int:
    """The length in bytes of the layer III frame here, 0 where there is none."""
    head = content[place : place + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, rate_index = head[1] >> 3 & 3, head[2] >> 2 & 3
    if version == 1 or rate_index == 3:
        return 0
    kilobits = (BIT_RATES_1 if version == 3 else BIT_RATES_2)[head[2] >> 4]
    rate = SAMPLE_RATES[rate_index] >> {3: 0, 2: 1, 0: 2}[version]
    samples = 144 if version == 3 else 72
    return samples * kilobits * 1000 // rate + (head[2] >> 1 & 1) if kilobits else 0


def _aac_frame(content: bytes, place: int) -> int:
    """The length in bytes of the ADTS frame here, 0 where there is none."""
    head = content[place : place + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return 0
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return length if length > 7 else 0


_KINDS: dict[str, Callable[[bytes], bool]] = {
    "m4a": _is_m4a,
    "ogg": _is_ogg,
    "webm": _is_webm,
    "wav": _is_wav,
    "aac": _is_aac,
    "mp3": _is_mp3,
}
