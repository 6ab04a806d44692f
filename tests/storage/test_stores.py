"""Both stores keep a file whole under its content's name; the bucket is a real server's (moto)."""

import os
from pathlib import Path

import pytest

from surveyapp.storage.bucket import bucket_store
from surveyapp.storage.folder import FolderStore
from surveyapp.storage.refusals import NotKeptError, StoreGoneError
from surveyapp.storage.stores import Store
from surveyapp.storage.upload import store_photo, store_recording, stored_file
from tests.media import samples


def test_what_is_kept_comes_back_byte_for_byte(store: Store) -> None:
    name = store_recording(store, samples.wav())

    assert name.endswith(".wav")
    assert stored_file(store, name) == samples.wav()
    assert store_recording(store, samples.wav()) == name
    assert list(store.names()) == [name]


def test_the_name_tells_nothing_of_the_file_that_was_sent(store: Store) -> None:
    assert store_photo(store, samples.photo()) == store_photo(store, samples.photo() + b"hidden")


def test_what_is_refused_leaves_nothing(store: Store) -> None:
    with pytest.raises(NotKeptError):
        store_recording(store, samples.SVG)

    assert list(store.names()) == []


@pytest.mark.parametrize("name", ["f" * 64 + ".wav", "f" * 64 + ".html", "../secret_key", "secret_key", ".", ""])
def test_what_is_not_kept_is_not_there(store: Store, name: str) -> None:
    assert stored_file(store, name) is None


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file where the folder should be")

    with pytest.raises(StoreGoneError):
        store_recording(FolderStore(tmp_path / "media"), samples.wav())


def test_half_a_file_is_never_under_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_held: int) -> None:
        raise OSError(28, "No space left on device")

    store = FolderStore(tmp_path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreGoneError, match="No space left"):
        store_recording(store, samples.wav())

    assert list(store.names()) == []
    assert list(tmp_path.iterdir()) == []


def test_a_bucket_that_does_not_answer_says_so(endpoint: str) -> None:
    gone = bucket_store("s3://surveys", "http://127.0.0.1:9")
    other = bucket_store("s3://not-ours", endpoint)

    for store in (gone, other):
        for act in (lambda s: store_recording(s, samples.wav()), lambda s: s.read("x"), lambda s: list(s.names())):
            with pytest.raises(StoreGoneError):
                act(store)
