"""Every test that is written runs: pytest leaves out folders with certain names, and did so with 442 tests."""

import subprocess
import sys

from tests.house.project_files import ROOT


def test_every_test_file_is_collected() -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-q",
        "-s",
        "-p",
        "tests.house.listing",
        "-p",
        "no:xdist",
    ]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    collected = {line.removeprefix("collected ") for line in printed.splitlines() if line.startswith("collected ")}

    written = {str(path) for path in (ROOT / "tests").rglob("test_*.py")}

    assert len(written) > 100
    assert written - collected == set()


def test_no_conftest_leaves_files_out() -> None:
    conftests = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("conftest.py")]

    assert conftests
    assert [text for text in conftests if "collect_ignore" in text or "ignore_collect" in text] == []
