"""A photo is drawn anew: upright, small, without metadata; traps are refused before a pixel is drawn."""

from io import BytesIO

import pytest
from PIL import Image

from surveyapp.storage.photos import LIMIT, WIDTH, redrawn
from surveyapp.storage.refusals import NotKeptError
from tests.media import samples


def looked(content: bytes) -> Image.Image:
    """A kept photo, opened."""
    picture = Image.open(BytesIO(content))
    assert picture.format == "JPEG"
    return picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_becomes_a_small_jpeg(kind: str) -> None:
    picture = looked(redrawn(samples.photo(kind, (2400, 1200))))

    assert picture.size == (WIDTH, WIDTH // 2)


def test_nothing_is_left_of_where_it_was_taken() -> None:
    sent = samples.photo_from_a_phone()
    assert b"Telephone" in sent

    kept = redrawn(sent)

    assert b"Telephone" not in kept
    assert not dict(looked(kept).getexif())
    assert {"exif", "icc_profile", "comment"}.isdisjoint(looked(kept).info)


def test_a_photo_stands_upright() -> None:
    picture = looked(redrawn(samples.photo_from_a_phone()))

    assert picture.size == (400, 600)
    dark, light = (20, 60, 100), (40, 120, 200)
    for place, colour in (((200, 50), dark), ((200, 550), light)):
        assert picture.getpixel(place) == pytest.approx(colour, abs=6)


def test_a_see_through_ground_is_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")

    assert looked(redrawn(out.getvalue())).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_every_way_of_writing_colours_is_drawn(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (20, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG")

    assert looked(redrawn(out.getvalue())).mode == "RGB"


def test_what_was_hidden_behind_the_photo_is_gone() -> None:
    assert b"script" not in redrawn(samples.photo() + samples.HTML)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (samples.photo() + b"\0" * LIMIT, "big"),
        (samples.huge_png(), "pixels"),
        (samples.huge_png(12_000), "pixels"),
        (samples.gif_bomb(3), "photo"),
        (samples.SVG, "photo"),
        (samples.HTML, "photo"),
        (samples.wav(), "photo"),
        (samples.photo()[:1500], "photo"),
        (samples.photo("PNG")[:200], "photo"),
        (samples.photo("WEBP")[:40], "photo"),
        (b"\x89PNG\r\n\x1a\n", "photo"),
        (b"%PDF-1.7", "photo"),
    ],
)
def test_traps_and_other_files_are_refused_with_their_reason(content: bytes, reason: str) -> None:
    with pytest.raises(NotKeptError) as refused:
        redrawn(content)

    assert refused.value.reason == reason
