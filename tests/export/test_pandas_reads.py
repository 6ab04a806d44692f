"""pandas and DuckDB read every file, and give nasty texts back byte for byte."""

from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest
from sqlalchemy.orm import Session

from surveyapp.export.guard import unguarded
from surveyapp.model.team import Team
from tests.export.naughty import NAUGHTY, TABLES, cells_of, filled_with_naughty_strings
from tests.export.samples import file_of
from tests.visitor import Visitor

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
COMMA: dict[str, Any] = {"delimiter": ",", "quotechar": '"', "escapechar": '"'}  # DuckDB would guess
TYPED = Counter(text.encode() for text in NAUGHTY if text)


def test_nasty_texts_come_back_byte_for_byte(olu: Visitor, session: Session, team: Team, tmp_path: Path) -> None:
    survey = filled_with_naughty_strings(session, team)
    for name in TABLES:
        file = file_of(olu, survey, name)
        (tmp_path / name).write_bytes(file)
        header, *lines = cells_of(file)

        read = pandas.read_csv(BytesIO(file), dtype=str, keep_default_na=False, encoding="utf-8-sig")
        assert ([*read.columns], read.to_numpy().tolist()) == (header, lines)
        table = duckdb.read_csv(str(tmp_path / name), header=True, all_varchar=True, **COMMA)
        assert [[cell or "" for cell in line] for line in table.fetchall()] == lines

    answers = pandas.read_csv(tmp_path / "answers.csv", dtype=str, keep_default_na=False)
    assert Counter(unguarded(text).encode() for text in answers["value_text"] if text) == TYPED

    parquet = pandas.read_parquet(BytesIO(file_of(olu, survey, "responses.parquet")))
    texts = [column for column in map(str, parquet) if column.startswith(("text_", "pick__"))]
    assert Counter(text.encode() for column in texts for text in parquet[column].dropna()) == TYPED
