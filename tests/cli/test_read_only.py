"""A disk that has become read-only: every command says so in words, and goes on once it can be written again."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.project_files import ROOT
from tests.own_disk import OwnDisk, own_disk

SAYS = "can't be opened: look whether its folder is there, whether it is yours, and whether the disk is read-only."


@pytest.fixture
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnDisk]:
    """A disk with the demonstration on it."""
    with own_disk(tmp_path_factory.mktemp("disk") / "answers") as made:
        typed(made, "demo").check_returncode()
        yield made


def typed(disk: OwnDisk, *words: str) -> "subprocess.CompletedProcess[str]":
    """Type a command, whose database and instance folder are on the disk."""
    settings = {
        "DATABASE_URL": f"sqlite:///{disk.folder}/answers.sqlite3", "INSTANCE": f"{disk.folder}/instance",
        "SECRET_KEY": "k" * 40, "PYTHONPATH": str(ROOT), "PORT": "1",
    }  # fmt: skip
    return disk.run(sys.executable, "-m", "surveyapp", *words, **settings)


def test_commands_on_a_read_only_disk_say_so_and_work_again_afterwards(disk: OwnDisk, tmp_path: Path) -> None:
    disk.make("ro")
    refused = {words[0]: typed(disk, *words) for words in (["serve"], ["demo"], ["backup", f"{tmp_path}/new.sqlite3"])}
    checked = typed(disk, "check")
    disk.make("rw")

    assert {(one.returncode, "Traceback" in one.stderr) for one in refused.values()} == {(1, False)}
    assert "answers.sqlite3.lock can't be used: Read-only file system." in refused["serve"].stderr
    assert "answers.sqlite3 can't be made or opened: Read-only file system." in refused["demo"].stderr
    assert SAYS in refused["backup"].stderr
    assert list(tmp_path.iterdir()) == []
    lines = {name: said for name, _, said in (line.partition(":") for line in checked.stdout.splitlines())}
    assert SAYS in lines["database"]
    assert "nothing can be written into" in lines["folders"]
    assert "sign-in" in lines
    assert "demo@example.org" in typed(disk, "people", "list").stdout
