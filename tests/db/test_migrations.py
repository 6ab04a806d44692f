"""Migrations go up, down and up again on both databases, equal the models, and lose no row on the way."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, func, inspect, select, text
from sqlalchemy.orm import Session

from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from surveyapp.model.base import Base
from surveyapp.model.figure_counts import recounted, responses_counted
from surveyapp.model.response import Response, Version
from surveyapp.model.saving import StoredLocation, record
from surveyapp.model.survey import Card
from tests.factories import EVENT_DAY, card_of, every_kind, make_survey, make_team
from tests.model.random_saves import sent_of

ROOT = Path(schema.MIGRATIONS).parent
REBUILD = '''"""Rebuild the survey's table"""

import sqlalchemy as sa
from alembic import op

revision = "scratch"
down_revision = {newest!r}


def upgrade() -> None:
    with op.batch_alter_table("survey", recreate="auto") as batch:
        batch.alter_column("place", type_=sa.String(300), existing_nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("survey", recreate="auto") as batch:
        batch.alter_column("place", type_=sa.String(200), existing_nullable=False)
'''
LOSE = """
from alembic import op

revision = "scratch"
down_revision = {newest!r}


def upgrade() -> None:
    op.execute("DELETE FROM survey")
"""

FORMER = "0010"
KILLED = """
import os, signal, sys
from itertools import count
from sqlalchemy import event
from surveyapp.db import migrations, sessions

engine, sent = sessions.make_engine(sys.argv[1]), count(1)

@event.listens_for(engine, "after_cursor_execute")
def kill(*_):
    if next(sent) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

migrations.upgrade(engine)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a database with nothing in it."""
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").fresh_database()
    engine = db.make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Add a migration after the newest one, for one test."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    newest = ScriptDirectory.from_config(schema.alembic_settings()).get_current_head()

    def add(migration: str) -> None:
        (folder / "versions" / "9999_scratch.py").write_text(migration.format(newest=newest))
        monkeypatch.setattr(schema, "MIGRATIONS", folder)

    return add


def with_a_response(engine: Engine) -> None:
    """A survey with a finished response in it."""
    with Session(db.writing(engine), expire_on_commit=False) as session:
        survey = make_survey(session, make_team(session), every_kind())
        place = StoredLocation(survey.id, card_of(survey).code, "qr", openly=True)
        record(session, place, sent_of("an id", Version(1, True, {"best": "Tea"})), EVENT_DAY)
        session.commit()


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }


def test_up_from_nothing_down_to_nothing_and_up_again(empty: Engine) -> None:
    schema.upgrade(empty)
    made = set(inspect(empty).get_table_names())
    schema.downgrade(empty, "base")
    left = set(inspect(empty).get_table_names())
    schema.upgrade(empty)

    assert made == {*Base.metadata.tables, "alembic_version"}
    assert left == {"alembic_version"}
    assert set(inspect(empty).get_table_names()) == made


def test_models_equal_migrations(empty: Engine) -> None:
    schema.upgrade(empty)

    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def test_migrated_tables_are_the_models_tables_to_the_letter(empty: Engine, tmp_path: Path) -> None:
    """Alembic compares neither primary keys nor WITHOUT ROWID."""
    schema.upgrade(empty)
    migrated = {name: shape_of(empty, name) for name in Base.metadata.tables}
    schema.downgrade(empty, "base")
    Base.metadata.create_all(empty)

    assert migrated == {name: shape_of(empty, name) for name in Base.metadata.tables}


def shape_of(engine: Engine, table: str) -> dict[str, Any]:
    """What a database knows of a table: keys, nullability, and whether rows have a hidden number."""
    looked = inspect(engine)
    return {
        "primary": looked.get_pk_constraint(table),
        "foreign": sorted(looked.get_foreign_keys(table), key=str),
        "unique": sorted(looked.get_unique_constraints(table), key=str),
        "indexes": sorted(
            (
                str(index["name"]),
                index["column_names"],
                sorted((name, str(told)) for name, told in index.get("dialect_options", {}).items()),
            )
            for index in looked.get_indexes(table)
        ),
        "options": looked.get_table_options(table),
        "columns": sorted(
            (str(column["name"]), str(column["type"]), column["nullable"]) for column in looked.get_columns(table)
        ),
    }


def test_what_was_released_before_there_were_counters_is_counted(empty: Engine) -> None:
    schema.upgrade(empty)
    with_a_response(empty)
    schema.downgrade(empty, "0010")

    schema.upgrade(empty)

    with Session(empty) as session:
        (survey_id,) = session.scalars(select(Response.survey_id))
        assert responses_counted(session.connection(), survey_id) == 1
        assert recounted(session.connection(), survey_id).is_right


def test_bringing_up_to_date_twice_changes_nothing(empty: Engine) -> None:
    schema.upgrade(empty)
    with_a_response(empty)
    before = everything(empty)

    schema.upgrade(empty)

    assert everything(empty) == before
    with empty.connect() as connection:
        assert schema.is_current(connection)


def test_a_database_without_tables_is_not_current(empty: Engine) -> None:
    with empty.connect() as connection:
        assert not schema.is_current(connection)


def test_rebuilding_a_table_keeps_every_answer(empty: Engine, scratch: Callable[[str], None]) -> None:
    schema.upgrade(empty)
    with_a_response(empty)
    before = everything(empty)
    scratch(REBUILD)

    schema.upgrade(empty)
    after_up = everything(empty)
    schema.downgrade(empty, "-1")

    assert after_up == everything(empty) == before
    assert before["response"]


def test_a_migration_that_leaves_answers_without_their_survey_is_undone(
    empty: Engine, scratch: Callable[[str], None]
) -> None:
    schema.upgrade(empty)
    with_a_response(empty)
    before = everything(empty)
    scratch(LOSE)

    with pytest.raises(Exception, match=r"rows that point nowhere|violates foreign key"):
        schema.upgrade(empty)

    assert everything(empty) == before
    with Session(empty) as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) != "scratch"


def test_foreign_keys_are_on_again_after_a_migration(tmp_path: Path) -> None:
    engine = db.make_engine(f"sqlite:///{tmp_path / 'answers.sqlite3'}")

    schema.upgrade(engine)

    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_two_processes_bring_one_database_up_to_date_at_once(empty: Engine) -> None:
    script = (
        "import sys; from surveyapp.db import migrations as m, sessions as s; m.upgrade(s.make_engine(sys.argv[1]))"
    )
    url = empty.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", script, url]

    started = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(2)]  # noqa: S603 -- our words
    ended = [(process.communicate(timeout=60)[1].decode()[-500:], process.returncode) for process in started]

    assert ended == [("", 0), ("", 0)]
    with_a_response(empty)
    with Session(empty) as session:
        assert session.scalar(select(func.count()).select_from(Response)) == 1
        assert session.scalars(select(Card.finished_count).order_by(Card.position)).all() == [0, 1]


def test_killed_at_any_moment_a_migration_leaves_all_or_nothing_and_is_made_again(empty: Engine) -> None:
    schema.upgrade(empty)
    with_a_response(empty)
    schema.downgrade(empty, FORMER)
    statements = _counted(empty, lambda: schema.upgrade(empty))
    whole = everything(empty)
    url = empty.url.render_as_string(hide_password=False)

    for moment in (statements // 2, statements):
        schema.downgrade(empty, FORMER)
        empty.dispose()
        killed = subprocess.run([sys.executable, "-c", KILLED, url, str(moment)], cwd=ROOT, check=False)  # noqa: S603 -- our words
        assert killed.returncode == -signal.SIGKILL
        with empty.connect() as connection:
            assert connection.scalar(text("SELECT version_num FROM alembic_version")) == FORMER
        schema.upgrade(empty)
        assert everything(empty) == whole

    assert whole["response"]


def _counted(engine: Engine, work: Callable[[], None]) -> int:
    """How many statements a piece of work sends."""
    sent: list[str] = []

    def note(*call: Any) -> None:
        sent.append(call[2])

    event.listen(engine, "after_cursor_execute", note)
    work()
    event.remove(engine, "after_cursor_execute", note)
    return len(sent)


def test_the_newest_revision_is_alembics_head() -> None:
    assert schema.newest_revision() == ScriptDirectory.from_config(schema.alembic_settings()).get_current_head()
