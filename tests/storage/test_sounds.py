"""A recording is known by its content: what phones make is taken, everything else is refused with its reason."""

import pytest

from surveyapp.storage.refusals import NotKeptError
from surveyapp.storage.sounds import LIMIT, sound_format
from tests.media import samples


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (samples.mp3(), "mp3"),
        (samples.mp3(tagged=False), "mp3"),
        (samples.mp3(1, tagged=False), "mp3"),
        (samples.aac(), "aac"),
        (samples.mp4(), "m4a"),
        (samples.ogg(), "ogg"),
        (samples.ogg(b"\x01vorbis"), "ogg"),
        (samples.webm(), "webm"),
        (samples.wav(), "wav"),
    ],
)
def test_what_phones_record_is_known(content: bytes, ending: str) -> None:
    assert sound_format(content) == ending


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (samples.wav() + b"\0" * LIMIT, "big"),
        (samples.mp4(b"vide"), "video"),
        (samples.mp4() + samples.mp4(b"vide"), "video"),
        (samples.webm(b"V_VP9 A_OPUS"), "video"),
        (samples.ogg(b"\x80theora"), "video"),
        (b"#!AMR\n" + b"\0" * 99, "amr"),
        (samples.photo(), "sound"),
        (samples.SVG, "sound"),
        (samples.HTML, "sound"),
        (samples.mp4(b"text"), "sound"),
        (b"\xff\xfb", "sound"),
        (b"ID3\x04\0\0\0\0\0\x14" + samples.HTML, "sound"),
        (samples.mp3(tagged=False)[:417] + samples.HTML, "sound"),
        (b"RIFF\0\0\0\0WAVE" + samples.HTML, "sound"),
        (b"PK\x03\x04 a spreadsheet", "sound"),
    ],
)
def test_anything_else_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(NotKeptError) as refused:
        sound_format(content)

    assert refused.value.reason == reason


@pytest.mark.parametrize("first", range(0, 256, 5))
def test_no_beginning_makes_the_reader_fall(first: int) -> None:
    for length in (1, 3, 4, 7, 12):
        with pytest.raises(NotKeptError):
            sound_format(bytes([first] * length))
