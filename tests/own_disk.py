"""A small disk of its own, in memory, that only the programs started on it see: it can be filled or made read-only.

It takes a mount namespace (util-linux): root may have one, others where they may have users.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE

import pytest

KEEPER = 'mount -t tmpfs -o "size=$1" none "$2" && echo mounted && read -r _'
WAYS = (
    (["unshare", "--mount"], ["--mount"]),
    (["unshare", "--user", "--map-root-user", "--mount"], ["--user", "--preserve-credentials", "--mount"]),
)


@dataclass(frozen=True)
class OwnDisk:
    """A disk: the folder that it is mounted at, and what goes before a command that shall see it."""

    folder: Path
    before: tuple[str, ...]

    def run(self, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run a command that sees it, to its end."""
        return subprocess.run(  # noqa: S603 -- the tests' own words
            [*self.before, *command], env=os.environ | environment, capture_output=True, text=True, check=False
        )

    def make(self, how: str) -> None:
        """Make it read-only (`ro`), or writable again (`rw`)."""
        self.run("mount", "-o", f"remount,{how}", str(self.folder)).check_returncode()


@contextmanager
def own_disk(folder: Path, size: str = "16m") -> Iterator[OwnDisk]:
    """Mount a disk at a folder until the end of the block; where this system mounts nothing, the test says so."""
    folder.mkdir()
    for unshare, enter in WAYS:
        command = [*unshare, "sh", "-c", KEEPER, "keeper", size, str(folder)]
        with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as keeper:  # noqa: S603 -- our words
            assert keeper.stdout is not None
            if keeper.stdout.readline() != b"mounted\n":
                continue
            yield OwnDisk(folder, ("nsenter", f"--target={keeper.pid}", *enter))
            return
    pytest.skip("this system lets its users mount nothing")
