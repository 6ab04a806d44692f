"""The tables that grow with answers can be shared out by survey: `docs/scale.md` says how, and PostgreSQL agrees."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import (
    Engine,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable

from surveyapp.db import sessions as db
from surveyapp.model.base import Base
from surveyapp.model.response import InboxResponse, Version
from surveyapp.model.saving import StoredLocation, record
from surveyapp.model.survey import Card
from tests.factories import EVENT_DAY, card_of, every_kind, make_survey, make_team
from tests.house.project_files import ROOT
from tests.model.random_saves import sent_of
from tests.postgres import PostgresServer

BY = "survey_id"
PAGE = (ROOT / "docs" / "scale.md").read_text("utf-8")
SHARED_OUT = set(re.findall(r"create_distributed_table\('(\w+)', 'survey_id'", PAGE))
EVERYWHERE = set(re.findall(r"create_reference_table\('(\w+)'\)", PAGE))
TABLES = {table.name: table for table in Base.metadata.sorted_tables}
PARTS = 4


def test_every_table_is_either_shared_out_or_everywhere() -> None:
    assert {"inbox", "response", "figure_count"} <= SHARED_OUT
    assert set(TABLES) == SHARED_OUT | EVERYWHERE
    assert not SHARED_OUT & EVERYWHERE


@pytest.mark.parametrize("name", sorted(SHARED_OUT))
def test_what_is_unique_in_a_table_that_is_shared_out_is_so_within_a_survey(name: str) -> None:
    table = TABLES[name]
    keys = [one for one in table.constraints if isinstance(one, PrimaryKeyConstraint | UniqueConstraint)]
    unique = [*keys, *(index for index in table.indexes if index.unique)]

    assert [one.name for one in unique if BY not in one.columns] == []
    assert next(iter(table.primary_key.columns)).name == BY


@pytest.mark.parametrize("name", sorted(SHARED_OUT))
def test_no_row_of_a_table_that_is_shared_out_waits_for_a_number(name: str) -> None:
    """A sequence is one place that every machine would have to ask."""
    numbered = [column for column in TABLES[name].primary_key.columns if isinstance(column.type, Integer)]

    assert [column.name for column in numbered if column.autoincrement is not False] == []


def test_a_row_points_to_its_own_surveys_rows_or_to_what_is_everywhere() -> None:
    wrong = [
        f"{table.name} → {target}"
        for table in TABLES.values()
        for key in table.constraints
        if isinstance(key, ForeignKeyConstraint) and (target := key.referred_table.name) in SHARED_OUT
        if table.name not in SHARED_OUT or BY not in key.column_keys
    ]

    assert wrong == []


@pytest.fixture
def partitioned(postgres: PostgresServer) -> Iterator[Engine]:
    """A database of PostgreSQL in which each table that is shared out lies in parts, by the hash of the survey."""
    engine = db.make_engine(postgres.fresh_database())
    with engine.begin() as connection:
        for table in TABLES.values():
            for statement in _made(table):
                connection.execute(text(statement))
    yield engine
    engine.dispose()


def _made(table: Table) -> Iterator[str]:
    """What makes a table and its indexes; PostgreSQL refuses a unique key without what it is parted by."""
    dialect = postgresql.dialect()
    is_shared_out = table.name in SHARED_OUT
    yield f"{CreateTable(table).compile(dialect=dialect)} {f'PARTITION BY HASH ({BY})' if is_shared_out else ''}"
    for part in range(PARTS if is_shared_out else 0):
        of = f"FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})"
        yield f"CREATE TABLE {table.name}_{part} PARTITION OF {table.name} {of}"
    for index in sorted(table.indexes, key=lambda one: str(one.name)):
        yield _written(index)


def _written(index: Index) -> str:
    compiled = CreateIndex(index).compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    return str(compiled)


def test_postgresql_takes_the_tables_in_parts_and_answers_are_saved_once(partitioned: Engine) -> None:
    with Session(partitioned, expire_on_commit=False) as session:
        surveys = [make_survey(session, make_team(session, f"Team {n}"), every_kind()) for n in range(6)]
        for survey in surveys:
            for revision in (1, 1, 2):
                sent = sent_of(f"of {survey.id}", Version(revision, revision == 2, {"best": f"Tea {revision}"}))
                record(session, StoredLocation(survey.id, card_of(survey).code, "qr"), sent, EVENT_DAY)
                session.commit()
        kept = session.execute(select(InboxResponse.revision, InboxResponse.finished)).all()
        counted = session.scalar(select(func.sum(Card.finished_count)))
        parts = [session.scalar(text(f"SELECT count(*) FROM inbox_{part}")) or 0 for part in range(PARTS)]  # noqa: S608 -- our names

    assert [tuple(row) for row in kept] == [(2, True)] * 6
    assert counted == 6
    assert sum(parts) == 6
    assert set(inspect(partitioned).get_pk_constraint("response")["constrained_columns"]) == {BY, "key"}
