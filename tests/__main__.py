"""`python3 tests` sets up whatever the tests need and runs them; further words go to pytest.

`--setup-only` stops before the tests. Tests share four processes, unless the words say `-n` or name a single file:
browsers wait a good deal, so that four keep two cores busy. Whoever has finished takes over what others still have.
"""

import os
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def pytest_words(words: Sequence[str]) -> list[str]:
    """Return the words for pytest: the given ones, led by the number of processes where they leave it open."""
    says_how_many = any(word.startswith(("-n", "--numprocesses", "--pdb")) or word == "no:xdist" for word in words)
    files = [word for word in words if word.partition("::")[0].endswith(".py")]
    return list(words) if says_how_many or len(files) == 1 else ["-n", "4", "--dist", "worksteal", *words]


if __name__ == "__main__":
    bootstrap = runpy.run_path(str(ROOT / "surveyapp" / "bootstrap.py"))
    bootstrap["enter"](bootstrap["APP_AND_TESTS"])

    from tests.chromium import prepare
    from tests.npm import node_path, prepare_packages

    prepare()
    prepare_packages()
    if "--setup-only" not in sys.argv:
        os.chdir(ROOT)
        os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(node_path())
        bootstrap["go_on_with"](["-m", "pytest", *pytest_words(sys.argv[1:])])
