"""A rendered page cut at its gaps, plain and compressed: filling it in renders and compresses nothing anew.

Compressing took longer than all the rest of a page. Deflate (RFC 1951) lets the work be done once: each fixed text
ends with a sync flush, so that a gap's bytes fit in between as a stored block. Later text may refer back over a gap,
never into it: while compressing, a gap is bytes that no UTF-8 text holds, as many as will be filled in.
"""

import re
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

_MARK = secrets.token_hex(8)
_GAP = re.compile(rf"gap{_MARK}\.([a-z]{{1,20}})\.")
_NO_TEXT = b"\xff"
_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"  # RFC 1952: deflate, no time, no name, best compression, unknown system
LEVEL = 9

Gaps = Mapping[str, bytes]


def gap(name: str) -> str:
    """What to render where a gap shall be."""
    return f"gap{_MARK}.{name}."


@dataclass(frozen=True, slots=True)
class CutPage:
    """A page's fixed texts, and the names of the gaps between them (one fewer than texts); headers that it needs."""

    texts: tuple[bytes, ...]
    names: tuple[str, ...]
    squeezed: tuple[bytes, ...]
    lengths: Mapping[str, int]
    headers: tuple[tuple[str, str], ...] = ()

    def plain(self, gaps: Gaps) -> bytes:
        """The whole page for one person."""
        pieces = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            pieces += (gaps[name], text)
        return b"".join(pieces)

    def gzipped(self, gaps: Gaps) -> bytes:
        """The whole page for one person as gzip (RFC 1952). Raises ValueError for a gap of another length."""
        pieces = [_HEAD, self.squeezed[0]]
        for name, squeezed in zip(self.names, self.squeezed[1:], strict=True):
            if len(gaps[name]) != self.lengths[name]:
                raise ValueError(f"the gap {name} was left for {self.lengths[name]} bytes")
            pieces += (_stored_block(gaps[name]), squeezed)
        plain = self.plain(gaps)
        pieces += (zlib.crc32(plain).to_bytes(4, "little"), len(plain).to_bytes(4, "little"))
        return b"".join(pieces)


def cut(page: str, lengths: Mapping[str, int]) -> CutPage:
    """Cut a page at the gaps that `gap` left in it; `lengths` are the bytes that each will be filled with."""
    parts = _GAP.split(page)
    texts, names = tuple(part.encode() for part in parts[::2]), tuple(parts[1::2])
    return CutPage(texts, names, _squeezed(texts, names, lengths), lengths)


def _squeezed(texts: tuple[bytes, ...], names: tuple[str, ...], lengths: Mapping[str, int]) -> tuple[bytes, ...]:
    squeezer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    pieces = []
    for text, name in zip(texts, names, strict=False):
        pieces.append(squeezer.compress(text) + squeezer.flush(zlib.Z_SYNC_FLUSH))
        squeezer.compress(_NO_TEXT * lengths[name])
        squeezer.flush(zlib.Z_SYNC_FLUSH)
    return (*pieces, squeezer.compress(texts[-1]) + squeezer.flush(zlib.Z_FINISH))


def _stored_block(data: bytes) -> bytes:
    """Deflate's block of bytes as they are (RFC 1951, 3.2.4); it begins at a whole byte after a sync flush."""
    length = len(data)
    return b"\0" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little") + data
