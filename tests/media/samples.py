"""Small files of every kind that may be sent: true ones made by the format's own rules, and traps."""

import math
import struct
import wave
import zlib
from array import array
from io import BytesIO
from typing import Any

from PIL import Image


def wav(seconds: float = 0.05, tone: int = 440) -> bytes:
    """A tone as a WAV of 8 kHz."""
    out = BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        samples = (int(9000 * math.sin(place * tone * math.tau / 8000)) for place in range(int(8000 * seconds)))
        sound.writeframes(array("h", samples).tobytes())
    return out.getvalue()


def mp3(frames: int = 4, *, tagged: bool = True) -> bytes:
    """Frames of silence, MPEG 1 layer III at 128 kbit/s and 44.1 kHz: 417 bytes each; with an ID3 tag before."""
    tag = b"ID3\x04\0\0" + bytes((0, 0, 0, 20)) + b"\0" * 20 if tagged else b""
    return tag + (b"\xff\xfb\x90\xc4" + b"\0" * 413) * frames


def aac(frames: int = 4) -> bytes:
    """ADTS frames of 64 bytes."""
    length = 64
    head = bytes((0xFF, 0xF1, 0x50, 0x80 | length >> 11, length >> 3 & 0xFF, (length & 7) << 5 | 0x1F, 0xFC))
    return (head + b"\0" * (length - len(head))) * frames


def mp4(handler: bytes = b"soun") -> bytes:
    """An ISO file with one track: `soun` is a recording, `vide` a video."""
    track = _box(b"trak", _box(b"mdia", _box(b"hdlr", b"\0" * 8 + handler + b"\0" * 13)))
    return _box(b"ftyp", b"M4A \0\0\0\0isom") + _box(b"moov", track) + _box(b"mdat", b"\0" * 64)


def ogg(codec: bytes = b"OpusHead") -> bytes:
    """The first page of an Ogg file."""
    return b"OggS\0\x02" + b"\0" * 20 + b"\x01\x13" + codec + b"\0" * 64


def webm(codec: bytes = b"A_OPUS") -> bytes:
    """The head of a WebM file."""
    return b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + b"\0" * 8 + codec


def photo(kind: str = "JPEG", size: tuple[int, int] = (600, 400), **how: Any) -> bytes:
    """A photo of one colour with a darker half."""
    picture = Image.new("RGB", size, (40, 120, 200))
    picture.paste((20, 60, 100), (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def photo_from_a_phone() -> bytes:
    """A photo held upright, with the place and the phone in its metadata."""
    told = Image.Exif()
    told[0x0112] = 6  # turned by a quarter
    told[0x010F] = "Telephone"
    told[0x8825] = {1: "N", 2: (53.0, 48.0, 0.0)}
    return photo(exif=told)


def huge_png(side: int = 30_000) -> bytes:
    """A file of a few hundred bytes that says that it is 900 million dots."""
    rows = zlib.compress(b"\0" * (side // 8 + 1) * 10, 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")))


def gif_bomb(frames: int = 200) -> bytes:
    """An animation of many large frames."""
    drawn = [Image.new("P", (2000, 2000), shade) for shade in range(frames)]
    out = BytesIO()
    drawn[0].save(out, "GIF", save_all=True, append_images=drawn[1:])
    return out.getvalue()


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><script>alert(document.domain)</script></html>"


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
