"""What phones fetch: whole or in parts, for ever, and harmless whatever it is."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from surveyapp.storage.refusals import StoreGoneError
from surveyapp.storage.upload import store_photo, store_recording
from tests.media import samples
from tests.visitor import Visitor

SOUND = samples.wav()


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: nothing here asks the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def address(app: Flask) -> str:
    """Where a recording is."""
    return f"/media/{store_recording(app.extensions['media_store'], SOUND)}"


def test_a_recording_is_given_whole_and_may_be_kept_for_ever(ana: Visitor, address: str) -> None:
    answer = ana.get(address).response

    assert (answer.data, answer.mimetype) == (SOUND, "audio/wav")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_whatever_it_is_it_can_do_nothing(ana: Visitor, address: str) -> None:
    headers = ana.get(address).response.headers

    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("asked", "given", "which"),
    [
        ("bytes=0-1", SOUND[:2], f"bytes 0-1/{len(SOUND)}"),  # how an iPhone begins
        ("bytes=100-", SOUND[100:], f"bytes 100-{len(SOUND) - 1}/{len(SOUND)}"),
        ("bytes=-5", SOUND[-5:], f"bytes {len(SOUND) - 5}-{len(SOUND) - 1}/{len(SOUND)}"),
    ],
)
def test_a_part_is_given_as_a_part(ana: Visitor, address: str, asked: str, given: bytes, which: str) -> None:
    answer = ana.get(address, 206, headers={"Range": asked}).response

    assert answer.data == given
    assert answer.headers["Content-Range"] == which
    assert answer.headers["Content-Length"] == str(len(given))


def test_a_part_that_is_not_there_is_416(ana: Visitor, address: str) -> None:
    assert ana.client.get(address, headers={"Range": "bytes=999999-"}).status_code == 416


def test_the_head_alone_says_how_long_it_is(ana: Visitor, address: str) -> None:
    answer = ana.client.head(address)

    assert (answer.status_code, answer.data, answer.headers["Content-Length"]) == (200, b"", str(len(SOUND)))


def test_a_phone_that_has_it_is_told_so(ana: Visitor, address: str) -> None:
    tag = ana.get(address).response.headers["ETag"]

    assert ana.client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_photo_is_a_jpeg(app: Flask, ana: Visitor) -> None:
    name = store_photo(app.extensions["media_store"], samples.photo("PNG"))

    assert ana.get(f"/media/{name}").response.mimetype == "image/jpeg"


@pytest.mark.parametrize("name", ["f" * 64 + ".wav", "f" * 64 + ".html", "secret_key", "..%2Fsecret_key", "%2e%2e"])
def test_what_is_not_kept_is_not_found(ana: Visitor, name: str) -> None:
    ana.get(f"/media/{name}", 404)


def test_a_store_that_is_gone_is_a_page_that_says_to_wait(app: Flask, ana: Visitor, address: str) -> None:
    class Gone:
        def read(self, name: str) -> bytes:
            raise StoreGoneError(name)

    app.extensions["media_store"] = Gone()

    assert "Wait a moment" in ana.get(address, 503).text
