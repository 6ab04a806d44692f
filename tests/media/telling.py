"""Recordings that tell where, when and by whom they were made, as phones and programs write it."""

import struct
import zlib

from tests.media import samples

SECRETS = (b"High Street", b"+53.7997-001.5492/", b"Olu's iPhone", b"2026:10:07", b"A photo of Olu")
DAY = 3_800_000_000  # seconds since 1904
TOLD = b" | ".join(SECRETS)


def mp3() -> bytes:
    """An ID3v2 tag before, one in the middle, an APE tag and an ID3v1 tag behind."""
    sound = samples.mp3(4, tagged=False)
    return _id3(TOLD) + sound + _id3(TOLD) + sound + _ape(TOLD) + b"TAG" + b"High Street".ljust(125, b"\0")


def aac() -> bytes:
    """An ID3v2 tag before the frames."""
    return _id3(TOLD) + samples.aac()


def m4a(*, long: bool = False) -> bytes:
    """What iPhones and Android phones write: days, a name, the place twice, a phone, and a track of places."""
    tagged = _box(b"udta", _box(b"\xa9xyz", SECRETS[1]) + _box(b"meta", _box(b"ilst", _box(b"\xa9nam", SECRETS[0]))))
    track = _box(b"trak", _dated(b"tkhd", long=long) + _box(b"mdia", _dated(b"mdhd", long=long) + _handler(b"soun")))
    places = _box(b"trak", _box(b"mdia", _handler(b"meta")) + _box(b"minf", TOLD))
    movie = _box(b"moov", _dated(b"mvhd", long=long) + track + places + tagged + _box(b"uuid", TOLD))
    whole = _box(b"ftyp", b"M4A \0\0\0\0isom") + movie + _box(b"free", TOLD)
    return whole + struct.pack(">I4sQ", 1, b"mdat", 16 + 64) + b"\x5a" * 64 + _box(b"meta", TOLD)


def wav() -> bytes:
    """Chunks with a name, a day and an ID3 tag before and behind the sound."""
    plain = samples.wav()
    before, behind = (
        _chunk(b"bext", TOLD),
        _chunk(b"LIST", b"INFO" + _chunk(b"INAM", TOLD)) + _chunk(b"id3 ", _id3(TOLD)),
    )
    return plain[:12] + before + plain[12:] + behind


def ogg(kind: bytes = b"OpusTags") -> bytes:
    """Comments over three pages, with a picture among them; the sound follows in two packets."""
    head = b"OpusHead\x01\x01" + bytes(9) if kind == b"OpusTags" else b"\x01vorbis" + bytes(23)
    comments = kind + struct.pack("<I", 7) + b"encoder" + struct.pack("<II", 1, 60_000) + (TOLD * 1000)[:60_000]
    comments += b"\1" if kind != b"OpusTags" else b""
    pages = [head, comments, b"sound one " * 30, b"sound two " * 30]
    return b"".join(ogg_pages(pages))


def ogg_pages(packets: list[bytes]) -> list[bytes]:
    """Packets on pages of 80 segments at most, each packet beginning a page; without right checksums."""
    pages: list[bytes] = []
    for packet in packets:
        table = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
        for start in range(0, len(table), 80):
            part = table[start : start + 80]
            flags = (1 if start else 0) | (2 if not pages else 0)
            head = struct.pack("<4sBBqIII", b"OggS", 0, flags, 0, 7, len(pages), 0) + bytes([len(part)])
            pages.append(head + part + packet[start * 255 : start * 255 + sum(part)])
    return pages


def webm() -> bytes:
    """A live recording: lengths that nobody knew yet, a day, programs, tags, a checksum."""
    info = _element(0x1549A966, _element(0x2AD7B1, b"\x0f\x42\x40") + _element(0x4461, b"2026:10:07") + _made_with())
    track = _element(0xAE, _element(0xD7, b"\1") + _element(0x536E, b"Olu's iPhone") + _element(0x86, b"A_OPUS"))
    tags = _element(0x1254C367, _element(0xBF, struct.pack("<I", zlib.crc32(TOLD))) + _element(0x7373, TOLD))
    cluster = b"\x1f\x43\xb6\x75\x01" + b"\xff" * 7 + _element(0xE7, b"\0") + _element(0xA3, b"\x81\0\0\x80sound")
    head = samples.webm(b"")
    return head + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + info + _element(0x1654AE6B, track) + cluster + tags


def _made_with() -> bytes:
    return _element(0x4D80, b"Olu's iPhone") + _element(0x5741, b"Olu's iPhone")


def _id3(words: bytes) -> bytes:
    return b"ID3\x04\0\0" + bytes((0, 0, len(words) >> 7, len(words) & 127)) + words


def _ape(words: bytes) -> bytes:
    ends = struct.pack("<8sIIII", b"APETAGEX", 2000, len(words) + 32, 1, 0) + bytes(8)
    return ends + words + ends


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def _dated(kind: bytes, *, long: bool) -> bytes:
    days = struct.pack(">IQQ", 1 << 24, DAY, DAY) if long else struct.pack(">III", 0, DAY, DAY)
    return _box(kind, days + b"\x11" * 12)


def _handler(kind: bytes) -> bytes:
    return _box(b"hdlr", b"\0" * 8 + kind + b"\0" * 13)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _element(kind: int, content: bytes) -> bytes:
    return kind.to_bytes((kind.bit_length() + 7) // 8) + bytes((0x40 | len(content) >> 8, len(content) & 255)) + content
