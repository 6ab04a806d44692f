"""A test that leaves something in the temporary folder fails the run, and says what it left."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.project_files import ROOT

LEAVES = "import tempfile\n\n\ndef test_it(tmp_path):\n    tempfile.mkdtemp(prefix='left-')\n"
CLEANS = "def test_it(tmp_path):\n    (tmp_path / 'file').write_text('')\n"


@pytest.mark.parametrize(("test", "code", "left"), [(LEAVES, 1, 1), (CLEANS, 0, 0)])
def test_what_is_left_fails_the_run(
    test: str, code: int, left: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "test_it.py").write_text(test)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    words = [
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.temporary_folder",
        "-p",
        "no:cacheprovider",
        "-c",
        "/dev/null",
        "--rootdir",
        ".",
    ]

    done = subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, *words, "test_it.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "1 passed" in done.stdout
    assert done.returncode == code
    assert done.stdout.count("The tests left left-") == left
    assert len([*(tmp_path / "temporary").iterdir()]) == left


def test_a_program_that_tests_twice_finds_its_temporary_folder_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "test_it.py").write_text(CLEANS)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    words = ["-q", "-p", "tests.temporary_folder", "-p", "no:cacheprovider", "-c", "/dev/null", "test_it.py"]
    program = f"import pytest, tempfile\nfor _ in range(2): pytest.main({words})\nprint(tempfile.mkdtemp(dir=None))"

    done = subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout.count("1 passed")) == (0, 2), done.stderr
    Path(done.stdout.splitlines()[-1]).rmdir()
