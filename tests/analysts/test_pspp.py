"""PSPP reads the package by its own syntax and prints the demonstration's figures."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from surveyapp.export.everything.package import everything_zip
from surveyapp.export.rows import snapshot
from surveyapp.model.team import Team
from tests.export.naughty import filled_with_naughty_strings
from tests.export.packages import unzipped
from tests.export.samples import engine_of, put

PSPP = shutil.which("pspp")
TYPED = (
    'He said "no", and "yes"',
    "=1+1",
    "اردو 😀",
    "it's",
    "a\r\nb",
    '",",',
    "x" * 4000,
    "/* no comment",
    "tab\there",
)
CUT = 40
LOOK = f"""
STRING shown (A{CUT}).
COMPUTE shown=best.
COMPUTE letters=LENGTH(RTRIM(best)).
LIST VARIABLES=response_id shown letters.
"""

pytestmark = [
    pytest.mark.analysts,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


def test_pspp_prints_the_figures_and_loses_no_word(app: Flask, session: Session, tmp_path: Path) -> None:
    survey = load_demo(session).last_time
    session.commit()
    with snapshot(engine_of(app), survey.id) as taken:
        figures = _run(unzipped(b"".join(everything_zip(taken))), tmp_path)
    for start, text in enumerate(TYPED):
        put(session, survey, start, {"best": text, "change": "the end"})
    with snapshot(engine_of(app), survey.id, full=True) as taken:
        listed = _run(unzipped(b"".join(everything_zip(taken))), tmp_path, LOOK)

    for words, n, mean in (
        ("Overall", 37, "4.24"),
        ("How good was the information", 36, "4.61"),
        ("How easy", 35, "4.71"),
    ):
        assert re.search(rf"{words}[^|]*\|{n}\|{mean}\|", figures)
    for start, text in enumerate(TYPED):
        cell = ("'" if text.startswith("=") else "") + text.replace("\r\n", " / ")
        row = re.search(rf"\|{start:02x}(?:ab){{7}}\|(.{{1,{CUT}}}?) *\| *([\d.]+)\|", listed)
        assert row
        assert (row[1], float(row[2])) == (cell[:CUT], len(cell.encode()))


def test_pspp_reads_a_survey_of_nasty_words(app: Flask, session: Session, team: Team, tmp_path: Path) -> None:
    survey = filled_with_naughty_strings(session, team)
    with snapshot(engine_of(app), survey.id) as taken:
        said = _run(unzipped(b"".join(everything_zip(taken))), tmp_path, "FREQUENCIES VARIABLES=label.\n")

    assert re.search(r"Valid.*\|Total +\| +58\|", said, re.DOTALL)


def _run(files: dict[str, bytes], folder: Path, more: str = "") -> str:
    """What PSPP prints of a package's syntax; it says nothing of errors."""
    (folder / "responses.csv").write_bytes(files["responses.csv"])
    (folder / "import.sps").write_text(files["import.sps"].decode() + more, encoding="utf-8")
    command = [PSPP or "", "-O", "format=txt", "-O", "width=250", "import.sps"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=True)  # noqa: S603 -- a fixed command
    said = (ran.stdout + ran.stderr).decode()
    assert "error" not in said
    assert "warning" not in said
    return said
