"""Both stores keep a file whole under its content's name; the bucket is a real server's (moto)."""

import os
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from surveyapp.store.bucket import bucket_store
from surveyapp.store.folder import FolderStore
from surveyapp.store.kept import Store, keep_photo, keep_recording, opened, store_of
from surveyapp.store.refusals import NotKeptError, StoreGoneError
from tests.media import samples

KEYS = {"AWS_ACCESS_KEY_ID": "me", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "eu-west-2"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A server that speaks S3, with one bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        where = {"LocationConstraint": KEYS["AWS_DEFAULT_REGION"]}
        boto3.client("s3", endpoint_url=address).create_bucket(Bucket="surveys", CreateBucketConfiguration=where)
        yield address
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of each kind, as the settings make it."""
    if request.param == "folder":
        return store_of("", "", tmp_path)
    return store_of(f"s3://surveys/{tmp_path.name}", request.getfixturevalue("endpoint"), tmp_path)


def test_what_is_kept_comes_back_byte_for_byte(store: Store) -> None:
    name = keep_recording(store, samples.wav())

    assert name.endswith(".wav")
    assert opened(store, name) == samples.wav()
    assert keep_recording(store, samples.wav()) == name
    assert list(store.names()) == [name]


def test_the_name_tells_nothing_of_the_file_that_was_sent(store: Store) -> None:
    assert keep_photo(store, samples.photo()) == keep_photo(store, samples.photo() + b"hidden")


def test_what_is_refused_leaves_nothing(store: Store) -> None:
    with pytest.raises(NotKeptError):
        keep_recording(store, samples.SVG)

    assert list(store.names()) == []


@pytest.mark.parametrize("name", ["f" * 64 + ".wav", "f" * 64 + ".html", "../secret_key", "secret_key", ".", ""])
def test_what_is_not_kept_is_not_there(store: Store, name: str) -> None:
    assert opened(store, name) is None


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file where the folder should be")

    with pytest.raises(StoreGoneError):
        keep_recording(FolderStore(tmp_path / "media"), samples.wav())


def test_half_a_file_is_never_under_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_held: int) -> None:
        raise OSError(28, "No space left on device")

    store = FolderStore(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreGoneError, match="No space left"):
        keep_recording(store, samples.wav())

    assert list(store.names()) == []
    assert list(tmp_path.iterdir()) == []


def test_a_bucket_that_does_not_answer_says_so(endpoint: str) -> None:
    gone = bucket_store("s3://surveys", "http://127.0.0.1:9")
    other = bucket_store("s3://not-ours", endpoint)

    for store in (gone, other):
        for act in (lambda s: keep_recording(s, samples.wav()), lambda s: s.read("x"), lambda s: list(s.names())):
            with pytest.raises(StoreGoneError):
                act(store)
