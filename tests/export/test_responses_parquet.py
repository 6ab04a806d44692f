"""`responses.parquet`: the wide table with types, streamed; and a sentence where its package is missing."""

from io import BytesIO

import pyarrow as pa
import pytest
from flask import Flask
from pyarrow import parquet
from sqlalchemy.orm import Session

from surveyapp.export import parquet as extra
from surveyapp.export.responses_parquet import ROWS, responses_parquet
from surveyapp.export.rows import snapshot
from surveyapp.model.team import Team
from tests.export.samples import DAY, MANY, asked_everything, engine_of, file_of, put, put_many, records_of
from tests.factories import make_survey
from tests.visitor import Visitor


def test_table_has_the_columns_of_responses_csv_with_types(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, asked_everything())
    put(session, survey, 1, {"overall": "not_applicable", "listened": "not_sure"}, group="1-2")
    full = {"overall": "4", "listened": "no", "role": ["carer", "other"], "role__other_text": "=Nurse", "visits": -3}
    put(session, survey, 2, full | {"best": "=The tea\r\nكل", "recommend": 10})

    table = parquet.read_table(BytesIO(file_of(olu, survey, "responses.parquet")))
    wide = records_of(file_of(olu, survey, "responses.csv"))
    first, second = table.to_pylist()

    codes = pa.dictionary(pa.int32(), pa.string())
    types = {"finished_on": pa.date32(), "overall": pa.int8(), "recommend": pa.int8(), "visits": pa.int32()}
    types |= {"edition": pa.int32(), "listened": codes, "view": codes, "group": codes, "role__carer": pa.int8()}
    types |= {"best": pa.string(), "role__other_text": pa.string(), "follows": pa.string(), "late": pa.int8()}
    assert table.column_names == list(wide[0])
    assert {name: table.schema.field(name).type for name in types} == types
    assert table["listened"].chunk(0).dictionary.to_pylist() == ["yes", "no", "not_sure"]
    assert table.schema.field("overall").metadata == {b"label": b"How was overall?"}
    assert (first["overall"], first["listened"], first["role__carer"], first["group"]) == (
        None,
        "not_sure",
        None,
        "1-2",
    )
    assert (second["overall"], second["visits"], second["recommend"], second["finished_on"]) == (4, -3, 10, DAY)
    assert (second["role__carer"], second["role__patient"], second["late"]) == (1, 0, 0)
    assert (second["best"], second["role__other_text"]) == ("=The tea\r\nكل", "=Nurse")


def test_table_of_nobody_has_its_columns(olu: Visitor, session: Session, team: Team) -> None:
    for state in ("open", "draft"):
        survey = make_survey(session, team, asked_everything(), state=state)

        table = parquet.read_table(BytesIO(file_of(olu, survey, "responses.parquet")))

        assert table.num_rows == 0
        assert ",".join(table.column_names) == file_of(olu, survey, "responses.csv").decode().strip()


def test_it_goes_out_group_by_group_and_is_no_table_before_its_end(
    app: Flask, session: Session, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = make_survey(session, team)
    put_many(session, survey)
    monkeypatch.setitem(responses_parquet.__globals__, "ROWS", MANY // 3)

    with snapshot(engine_of(app), survey.id) as taken:
        chunks = list(responses_parquet(taken))

    assert MANY < ROWS
    assert chunks[0] == b"PAR1"
    assert len(chunks) == 5
    assert parquet.read_table(BytesIO(b"".join(chunks))).num_rows == MANY
    with pytest.raises(pa.ArrowInvalid):
        parquet.read_table(BytesIO(b"".join(chunks[:-1])))


def test_address_says_what_to_install_where_the_package_is_missing(
    olu: Visitor, session: Session, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = make_survey(session, team)
    monkeypatch.setattr(extra, "PACKAGE", "no_such_package")

    page = olu.get(f"/surveys/{survey.id}/export/responses.parquet", 501)

    assert "python3 surveyapp/bootstrap.py requirements-parquet.txt" in page.text
