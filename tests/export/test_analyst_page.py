"""Every Python example of the analysts' page, and of the package's README, prints what it says."""

from pathlib import Path
from textwrap import dedent

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.export.everything.readme import EXAMPLE, PANDAS
from tests.export.analyst_page import examples, save_demonstration

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def folder(app: Flask, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demonstration's files, in the current folder."""
    save_demonstration(app, session, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_python_examples_print_what_stands_below_them(capsys: pytest.CaptureFixture[str]) -> None:
    found = examples("python")

    for name in ("csv", "pandas", "duckdb"):
        assert any(f"import {name}\n" in code for code, _printed in found)
    for code, printed in found:
        exec(compile(code, "docs/analyst.md", "exec"), {})  # noqa: S102 -- the document's own example
        assert capsys.readouterr().out == printed


def test_readme_holds_its_examples_and_they_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    for example in (EXAMPLE, PANDAS):
        assert example in readme
        exec(compile(dedent(example), "README.txt", "exec"), {})  # noqa: S102 -- the package's own example

    printed = capsys.readouterr().out
    assert printed.startswith(
        "37 responses\noverall 4.24 of 37 answers\nguidance 4.61 of 36 answers\naccess 4.71 of 35"
    )
    assert printed.endswith("37 responses, 32 texts\n")
