"""The database's shape, brought up to date by Alembic, configured here and in no ini file."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from surveyapp.db import sessions as db
from surveyapp.lazy import alembic_command, alembic_config, alembic_util
from surveyapp.refused import RefusedError

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
LOCK = 7_305_117


class NewerDatabaseError(RefusedError):
    """The database is of a version that this program doesn't know."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to a revision; two processes at once do it one after the other.

    Raises NewerDatabaseError.
    """
    if revision == "head" and _needs_nothing(engine):
        return
    try:
        _run(engine, lambda alembic_settings: alembic_command.upgrade(alembic_settings, revision))
    except alembic_util.CommandError as unknown:
        raise NewerDatabaseError(
            "The database is of a newer version of this program. Bring the program up to date, or restore the backup "
            "that you made before the update."
        ) from unknown


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the database down to a revision."""
    _run(engine, lambda alembic_settings: alembic_command.downgrade(alembic_settings, revision))


def is_current(connection: Connection) -> bool:
    """Whether the database is at the newest revision."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision == newest_revision()


def newest_revision() -> str:
    """Return the newest revision that the code has, by the names of the files (asking Alembic would load it)."""
    return max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def _needs_nothing(engine: Engine) -> bool:
    with engine.connect() as connection:
        return is_current(connection)


def alembic_settings() -> "alembic_config.Config":
    """Alembic's configuration."""
    config = alembic_config.Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _run(engine: Engine, do: Callable[["alembic_config.Config"], None]) -> None:
    """One transaction for all steps.

    Foreign keys are off while SQLite rebuilds a table: with them on, dropping the old one deletes every answer.
    The pragma does nothing inside a transaction, so it goes to the driver before BEGIN.
    """
    with db.writing(engine).connect() as connection:
        is_sqlite = engine.dialect.name == "sqlite"
        if is_sqlite:
            _raw(connection, "PRAGMA foreign_keys=OFF")
        with connection.begin():
            if not is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            config = alembic_settings()
            config.attributes["connection"] = connection
            do(config)
            if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError("the migration would leave rows that point nowhere")
        if is_sqlite:
            _raw(connection, "PRAGMA foreign_keys=ON")


def _raw(connection: Connection, pragma: str) -> None:
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    driver.execute(pragma)
