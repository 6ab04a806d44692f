"""The analysts' page: its lines for R, SPSS and LibreOffice run, and print what stands below them."""

import re
from pathlib import Path
from textwrap import dedent

import openpyxl
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.export.everything.readme import R
from tests.analysts.programs import run, soffice
from tests.export.analyst_page import examples, save_demonstration

pytestmark = [
    pytest.mark.analysts,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture
def folder(app: Flask, session: Session, tmp_path: Path) -> Path:
    """The demonstration's files."""
    save_demonstration(app, session, tmp_path)
    return tmp_path


def test_r_examples_print_what_stands_below_them(folder: Path) -> None:
    (found,) = examples("r")
    for code, printed in (found, (dedent(R), "37 responses, 32 texts\n")):
        (folder / "example.R").write_text(code, encoding="utf-8")
        assert run(folder, "Rscript", "--vanilla", "example.R") == printed
    assert R.splitlines()[-1] in (folder / "README.txt").read_text(encoding="utf-8")


def test_syntax_runs_in_pspp_and_prints_the_means(folder: Path) -> None:
    ((code, _printed),) = examples("spss")
    (folder / "example.sps").write_text(code, encoding="utf-8")

    said = run(folder, "pspp", "-O", "format=txt", "-O", "width=250", "example.sps")

    assert "error" not in said
    for mean in ("4.24", "4.61", "4.71"):
        assert re.search(rf"\|{mean}\|", said)
    assert re.search(r"Partly +\| +6\|", said)


def test_libreoffice_lines_make_a_spreadsheet(folder: Path) -> None:
    lines = [line for code, _printed in examples("sh") for line in code.splitlines() if line.startswith("soffice ")]
    assert len(lines) == 2
    for line in lines:
        soffice(folder, *(word.strip('"') for word in line.split()[1:]))

    assert (folder / "excel.ods").exists()
    assert (folder / "from-csv" / "excel.ods").exists()
    assert openpyxl.load_workbook(folder / "excel.xlsx").sheetnames == ["Answers", "Codebook", "About"]
