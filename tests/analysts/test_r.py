"""Base R reads every file of a survey filled with nasty strings, and gives each cell back byte for byte."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveyapp.export.guard import unguarded
from surveyapp.model.team import Team
from tests.analysts.programs import run
from tests.export.naughty import NAUGHTY, TABLES, cells_of, filled_with_naughty_strings
from tests.export.samples import file_of
from tests.visitor import Visitor

pytestmark = [
    pytest.mark.analysts,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
# Each cell as the hexadecimal digits of its bytes, so that nothing on the way back can change it.
READ = """
hex <- function(cells) vapply(cells, function(cell) paste(charToRaw(cell), collapse = ""), "")
for (name in commandArgs(trailingOnly = TRUE)) {
  read <- read.csv(name, encoding = "UTF-8", na.strings = character(), colClasses = "character", check.names = FALSE,
                   fileEncoding = if (name == "excel.csv") "UTF-8-BOM" else "")
  lines <- lapply(read, hex)
  header <- paste(hex(names(read)), collapse = ",")
  writeLines(c(header, do.call(paste, c(unname(lines), sep = ","))), paste0(name, ".hex"))
}
"""


def test_r_gives_every_cell_back(olu: Visitor, session: Session, team: Team, tmp_path: Path) -> None:
    survey = filled_with_naughty_strings(session, team)
    files = {name: file_of(olu, survey, name) for name in TABLES}
    for name, content in {**files, "read.R": READ.encode()}.items():
        (tmp_path / name).write_bytes(content)

    run(tmp_path, "Rscript", "--vanilla", "read.R", *TABLES)
    read = {name: _read(tmp_path / f"{name}.hex") for name in TABLES}

    for name in TABLES:
        assert read[name] == cells_of(files[name]), name
    texts = Counter(unguarded(line[-1]).encode() for line in read["answers.csv"][1:] if line[-1])
    assert texts == Counter(text.encode() for text in NAUGHTY if text)


def _read(file: Path) -> list[list[str]]:
    return [[bytes.fromhex(cell).decode() for cell in line.split(",")] for line in file.read_text().splitlines()]
