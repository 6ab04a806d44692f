"""A recording is kept without where, when and by whom it was made, and with every sample of its sound."""

import struct
import wave
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.storage.folder import FolderStore
from surveyapp.storage.refusals import NotKeptError
from surveyapp.storage.sounds import sound_format
from surveyapp.storage.strip_metadata import bare
from surveyapp.storage.upload import store_recording, stored_file
from tests.media import samples, telling

TELLING: dict[str, Callable[[], bytes]] = {
    "mp3": telling.mp3,
    "aac": telling.aac,
    "m4a": telling.m4a,
    "wav": telling.wav,
    "ogg": telling.ogg,
    "webm": telling.webm,
}

each_kind = pytest.mark.parametrize("kind", TELLING)


@each_kind
def test_what_is_kept_tells_nothing_of_its_maker(tmp_path: Path, kind: str) -> None:
    told = TELLING[kind]()
    assert telling.SECRETS[0] in told

    kept = stored_file(FolderStore(tmp_path), store_recording(FolderStore(tmp_path), told))

    assert kept is not None
    assert [secret for secret in telling.SECRETS if secret in kept] == []
    assert sound_format(kept) == kind
    assert bare(kept, kind) == kept


def test_frames_of_mp3_and_aac_are_all_there() -> None:
    assert bare(telling.mp3(), "mp3") == samples.mp3(8, tagged=False)
    assert bare(telling.aac(), "aac") == samples.aac()


def test_samples_of_a_wav_are_all_there_also_where_its_recorder_was_stopped() -> None:
    assert bare(telling.wav(), "wav") == samples.wav()
    stopped = samples.wav()[:-101]
    with wave.open(BytesIO(bare(stopped, "wav"))) as sound:
        assert sound.getnframes() == (len(stopped) - 44) // 2


@pytest.mark.parametrize("long", [False, True])
def test_sound_of_an_m4a_is_where_it_was_and_its_days_are_gone(long: bool) -> None:
    told = telling.m4a(long=long)
    left = bare(told, "m4a")

    assert len(left) == len(told)
    assert left.index(b"\x5a" * 64) == told.index(b"\x5a" * 64)
    assert struct.pack(">I", telling.DAY) not in left
    assert left.count(b"\x11" * 12) == 3  # the rest of the three boxes that held days
    assert (left.count(b"trak"), left.count(b"free")) == (1, 5)


@pytest.mark.parametrize("kind", [b"OpusTags", b"\x03vorbis"])
def test_packets_of_an_ogg_are_all_there_and_its_comments_are_blank(kind: bytes) -> None:
    told = telling.ogg(kind)
    left = bare(told, "ogg")

    assert len(left) == len(told)
    assert left[:28] == told[:28]
    assert left.index(b"sound one") == told.index(b"sound one")
    assert left.endswith(b"sound two " * 30)
    (blanks,) = struct.unpack_from("<I", left, left.index(kind) + len(kind))
    assert blanks > 50_000
    assert b"encoder" not in left


def remainder(page: bytes) -> int:
    """The page as one polynomial, times x to the 32nd, divided by that of RFC 3533."""
    left, by = int.from_bytes(page, "big") << 32, 0x104C11DB7
    while left.bit_length() > 32:
        left ^= by << left.bit_length() - 33
    return left


def test_a_page_of_an_ogg_has_its_checksum() -> None:
    (page,) = telling.ogg_pages([b"OpusHead" + bytes(11)])
    (tags,) = telling.ogg_pages([b"OpusTags" + bytes(8)])

    left = bare(page + tags[:5] + b"\0" + tags[6:], "ogg")

    page_of_tags = left[len(page) :]
    assert left[: len(page)] == page
    assert remainder(page_of_tags[:22] + bytes(4) + page_of_tags[26:]) == int.from_bytes(page_of_tags[22:26], "little")


def test_a_live_recording_keeps_its_blocks_in_their_places() -> None:
    told = telling.webm()
    left = bare(told, "webm")

    assert len(left) == len(told)
    assert left.index(b"\x81\0\0\x80sound") == told.index(b"\x81\0\0\x80sound")
    assert b"A_OPUS" in left


def test_a_recording_that_tells_nothing_stays_as_it_is() -> None:
    for kind, plain in {"wav": samples.wav(), "mp3": samples.mp3(tagged=False), "m4a": samples.mp4()}.items():
        assert bare(plain, kind) == plain


@each_kind
@given(where=st.floats(0, 1), what=st.binary(min_size=0, max_size=12))
def test_whatever_is_sent_is_made_bare_or_refused(kind: str, where: float, what: bytes) -> None:
    told = TELLING[kind]()
    place = int(where * len(told))
    for broken in (told[:place] + what, told[:place] + what + told[place + len(what) :]):
        with suppress(NotKeptError):
            assert 0 < len(bare(broken, kind)) <= len(broken) + 8
