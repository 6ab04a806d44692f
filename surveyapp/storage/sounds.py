"""What kind of recording a file is, by its content alone: what phones and computers record and browsers play.

Formats: MPEG 1/2/2.5 layer III frames (ISO 11172-3, 13818-3), ADTS and ISO base media files (ISO 14496-3, -12), Ogg
(RFC 3533, Opus RFC 7845), RIFF WAVE, WebM (its EBML DocType). A name or a sent content type proves nothing.
"""

import re
from collections.abc import Callable

from surveyapp.storage.mpeg import aac_frame, after_tag, frames_follow, mp3_frame
from surveyapp.storage.refusals import NotKeptError

LIMIT = 5 * 1024 * 1024  # ten minutes of speech as a phone records it
HANDLER = re.compile(rb"hdlr.{8}(soun|vide)", re.DOTALL)


def sound_format(content: bytes) -> str:
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
    return frames_follow(content, after_tag(content), mp3_frame)


def _is_aac(content: bytes) -> bool:
    return frames_follow(content, after_tag(content), aac_frame)


_KINDS: dict[str, Callable[[bytes], bool]] = {
    "m4a": _is_m4a,
    "ogg": _is_ogg,
    "webm": _is_webm,
    "wav": _is_wav,
    "aac": _is_aac,
    "mp3": _is_mp3,
}
