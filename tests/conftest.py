"""What tests stand on: a real database of each kind, the app on it, and the people who use it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from psycopg.sql import SQL, Identifier
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from config import Config
from surveyapp.app import create_app
from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from surveyapp.model.base import Base
from surveyapp.model.installation import Installation
from surveyapp.model.team import Team
from tests import factories
from tests.memory_folder import memory_folder
from tests.postgres import PostgresServer, running_postgres
from tests.visitor import Visitor

pytest_plugins = ["tests.temporary_folder", "tests.made_once"]
# A busy machine takes longer, and nothing is wrong. The same commit gives the same result; chance has its own command.
settings.register_profile("the same", deadline=None, derandomize=True)
settings.register_profile("chance", deadline=None, max_examples=1_000)
settings.load_profile("the same")
SECRET = "a secret that is long enough for every test"
os.environ["SETTINGS"] = os.devnull  # a developer's own settings file changes no test


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One instance folder a worker: static files are published once."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the newest migration, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    engine = db.make_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    with_known_key(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL server a worker."""
    with running_postgres(memory_folder()) as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres: PostgresServer) -> str:
    """The address of a PostgreSQL database at the newest migration, emptied for each test that asks for it."""
    url = postgres.fresh_database()
    engine = db.make_engine(url)
    schema.upgrade(engine)
    with_known_key(engine)
    engine.dispose()
    return url


def with_known_key(engine: Engine) -> None:
    """Let tests know how comments are named."""
    with engine.begin() as connection:
        connection.execute(update(Installation).values(comment_key=factories.COMMENT_KEY))


@pytest.fixture(scope="session")
def emptying(migrated_postgres: str) -> Iterator[Callable[[], None]]:
    """What takes every row out of that database: quicker than a new one, and nothing is left on the disk.

    One connection a worker, since PostgreSQL learns of all tables anew in each.
    """
    tables = [table.name for table in reversed(Base.metadata.sorted_tables) if table is not Installation.__table__]
    statement = SQL(";").join(SQL("delete from {}").format(Identifier(name)) for name in tables)
    with psycopg.connect(migrated_postgres.replace("+psycopg", ""), autocommit=True) as connection:

        def empty() -> None:
            connection.execute(statement)

        yield empty


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind, at the newest migration."""
    if request.param == "sqlite":
        copy = tmp_path / "answers.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), copy)
        return f"sqlite:///{copy}"
    request.getfixturevalue("emptying")()
    return str(request.getfixturevalue("migrated_postgres"))


@pytest.fixture
def config(database_url: str, instance: Path) -> Config:
    """Settings for a test."""
    return Config(
        database_url=database_url, secret_key=SECRET, public_url="http://localhost", demo="off", instance=instance
    )


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Every template compiled once a worker, and not in every app again."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(config: Config, compiled_templates: BytecodeCache) -> Iterator[Flask]:
    """The app on an empty database."""
    made = create_app(config, testing=True)
    made.jinja_env.bytecode_cache = compiled_templates
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A Session to arrange with and to look: commit what the app should see, roll back to see what the app did."""
    with Session(app.extensions["engine"], expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def ana(app: Flask) -> Visitor:
    """An attendee: no cookie is ever taken."""
    return Visitor(app.test_client(use_cookies=False), takes_cookies=False)


@pytest.fixture
def team(session: Session) -> Team:
    """Olu's team."""
    return factories.make_team(session)


@pytest.fixture
def olu(app: Flask, session: Session, team: Team) -> Visitor:
    """The owner of the team, signed in."""
    factories.make_account(session, team, "olu@example.org", "owner")
    return signed_in(app, "olu@example.org")


@pytest.fixture
def vic(app: Flask, session: Session, team: Team) -> Visitor:
    """A viewer of the team, signed in."""
    factories.make_account(session, team, "vic@example.org", "viewer")
    return signed_in(app, "vic@example.org")


@pytest.fixture
def petra(app: Flask, session: Session) -> Visitor:
    """The owner of another team, signed in."""
    factories.make_account(session, factories.make_team(session, "Other team"), "petra@example.org", "owner")
    return signed_in(app, "petra@example.org")


def signed_in(app: Flask, email: str) -> Visitor:
    """A person's browser after signing in."""
    visitor = Visitor(app.test_client())
    visitor.submit(visitor.get("/sign-in"), {"email": email, "password": factories.PASSWORD}, "/sign-in")
    return visitor
