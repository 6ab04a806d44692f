"""Frames of MPEG audio, one behind the other: layer III (ISO 11172-3, 13818-3) and ADTS (ISO 14496-3)."""

from collections.abc import Callable

SAMPLE_RATES = (44100, 48000, 32000)
BIT_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
BIT_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
TAG_HEADER = 10
FRAMES = 3  # as many in a row make chance unlikely

LengthAt = Callable[[bytes, int], int]


def after_tag(content: bytes) -> int:
    """Where the sound begins behind an ID3 tag, whose length is four times seven bits."""
    if content[:3] != b"ID3" or len(content) < TAG_HEADER:
        return 0
    length = 0
    for byte in content[6:10]:
        length = length << 7 | byte & 0x7F
    return TAG_HEADER + length


def frames_follow(content: bytes, start: int, length_at: LengthAt) -> bool:
    """Whether a few frames stand one behind the other from here, or one up to the end of the file."""
    place, seen = start, 0
    while seen < FRAMES and place < len(content):
        length = length_at(content, place)
        if not length:
            return False
        place, seen = place + length, seen + 1
    return seen > 0


def mp3_frame(content: bytes, place: int) -> int:
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


def aac_frame(content: bytes, place: int) -> int:
    """The length in bytes of the ADTS frame here, 0 where there is none."""
    head = content[place : place + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return 0
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return length if length > 7 else 0


def frames_alone(content: bytes, length_at: LengthAt) -> bytes:
    """The frames, and nothing that stands before, between or behind them: tags of whatever kind."""
    frames, place = [], after_tag(content)
    while place < len(content):
        length = length_at(content, place)
        if length and place + length <= len(content):
            frames.append(content[place : place + length])
            place += length
        else:
            place = _next_frames(content, place + 1, length_at)
    return b"".join(frames)


def _next_frames(content: bytes, place: int, length_at: LengthAt) -> int:
    """Where frames go on behind what is none; the end of the file where they don't."""
    while (place := content.find(b"\xff", place)) >= 0:
        if frames_follow(content, place, length_at):
            return place
        place += 1
    return len(content)
