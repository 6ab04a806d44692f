"""A disk that is full while a command writes: a sentence, and nothing left behind."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Run

LARGEST = 60_000  # bytes; the database of the demonstration takes 300,000


@contextmanager
def little_room() -> Iterator[None]:
    """No file of this process can grow beyond a limit: the kernel refuses it, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["backup", "{}/new.sqlite3"], "new.sqlite3 can't be written: The disk "),
        (["restore", "{}/copy.sqlite3"], "Nothing was restored, and nothing has changed: The disk "),
        (["copy", "--to", "sqlite:///{}/other.sqlite3"], "The disk "),
    ],
)
def test_what_has_no_room_is_told_and_leaves_nothing(
    run: Run, database: Path, tmp_path: Path, words: list[str], sentence: str
) -> None:
    run("demo")
    run("backup", str(tmp_path / "copy.sqlite3"))
    run("check")
    before = {file.name for file in tmp_path.iterdir()} | {"answers.sqlite3.lock"}
    content = database.read_bytes()

    with little_room():
        code, _, refused = run(*(word.format(tmp_path) for word in words))

    assert (code, sentence in refused) == (1, True), refused
    assert {file.name for file in tmp_path.iterdir()} <= before
    assert database.read_bytes() == content
    assert "44 responses" in run("check")[1]
