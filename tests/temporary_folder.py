"""A temporary folder of the run's own: what tests leave in it, pytest's own folders apart, fails the run.

It is in memory where there is room: writing there is as safe as a test needs, and a thousand times quicker.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.memory_folder import memory_folder

KEY = pytest.StashKey[Path]()
BEFORE = pytest.StashKey[str | None]()
OURS = "pytest-of-"  # pytest keeps these for whoever looks at a failure
OF_KILLED = ".org.chromium."  # what a browser leaves that a test kills, as a person may
OF_NODE = "node-compile-cache"  # of node itself, kept from run to run


def pytest_configure(config: pytest.Config) -> None:
    """Give the run, and the processes that it starts, a folder of their own."""
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    folder = Path(tempfile.mkdtemp(prefix="surveyapp-tests-", dir=None if "TMPDIR" in os.environ else memory_folder()))
    config.stash[KEY] = folder
    config.stash[BEFORE] = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = None  # read anew


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None]:
    """Fail where something is left; else take the folder away, unless a failure may be looked at there."""
    yield
    folder = session.config.stash.get(KEY, None)
    if folder is None:
        return
    left = left_in(folder)
    if left:
        print(f"\nThe tests left {', '.join(left)} in {folder}.")  # noqa: T201 -- to whoever ran them
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED
    elif not session.exitstatus:
        shutil.rmtree(folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Name the folder that there was before: whoever tests from a program goes on in the same process."""
    if KEY not in config.stash:
        return
    before = config.stash[BEFORE]
    if before is None:
        del os.environ["TMPDIR"]
    else:
        os.environ["TMPDIR"] = before
    tempfile.tempdir = None


def left_in(folder: Path) -> list[str]:
    """What stands in a folder beside pytest's own and what killed browsers leave, by name."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith((OURS, OF_KILLED, OF_NODE)))
