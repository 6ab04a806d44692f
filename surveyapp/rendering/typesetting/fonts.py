"""The fonts that are shipped for the PDF, and which letters they have (OpenType `cmap`, formats 4 and 12)."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("fonts")
FAMILIES = (
    "Atkinson Hyperlegible Next",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Bengali",
    "Noto Sans Gujarati",
    "Noto Sans Gurmukhi",
)
UNSEEN = ("Cf", "Zs", "Cc")  # joiners, spaces: nothing is drawn


def missing_letters(text: str) -> str:
    """The letters of a text that no shipped font has, each once."""
    seen = (letter for letter in dict.fromkeys(unicodedata.normalize("NFC", text)))
    return "".join(one for one in seen if ord(one) not in _letters() and unicodedata.category(one) not in UNSEEN)


@cache
def _letters() -> frozenset[int]:
    """Every code point that a shipped font draws in bold, as most of a card is set."""
    return frozenset(code for file in FOLDER.glob("*-Bold.ttf") for code in letters_of(file.read_bytes()))


def letters_of(font: bytes) -> Iterator[int]:
    """The code points that a font maps to a drawing of its own."""
    (tables,) = struct.unpack_from(">H", font, 4)
    for place in range(12, 12 + 16 * tables, 16):
        if font[place : place + 4] == b"cmap":
            (cmap,) = struct.unpack_from(">I", font, place + 8)
            yield from _mapped(font, cmap)


def _mapped(font: bytes, cmap: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for place in range(cmap + 4, cmap + 4 + 8 * count, 8):
        table = cmap + struct.unpack_from(">I", font, place + 4)[0]
        (form,) = struct.unpack_from(">H", font, table)
        if form == 4:
            yield from _of_ranges(font, table)
        elif form == 12:
            yield from _of_groups(font, table)


def _of_ranges(font: bytes, table: int) -> Iterator[int]:
    (double,) = struct.unpack_from(">H", font, table + 6)
    ends = struct.unpack_from(f">{double // 2}H", font, table + 14)
    starts = struct.unpack_from(f">{double // 2}H", font, table + 16 + double)
    for start, end in zip(starts, ends, strict=True):
        yield from (code for code in range(start, end + 1) if code != 0xFFFF)


def _of_groups(font: bytes, table: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, table + 12)
    for place in range(table + 16, table + 16 + 12 * count, 12):
        start, end, _glyph = struct.unpack_from(">III", font, place)
        yield from range(start, end + 1)
