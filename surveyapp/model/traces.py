"""What the database's own files keep of rows that are no longer there: emptied, so that no thief reads it.

SQLite's write-ahead log holds each save in its order. PostgreSQL keeps what was deleted or changed, with the number of
the transaction that wrote it, until the table is vacuumed, and its bytes longer where the table isn't written anew.
"""

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

PATIENCE_MS = 250  # so long phones may have to wait for it; else it is tried again in a minute
SMALL = 16 * 1024 * 1024  # bytes: up to here a table is written anew within that time
TABLES = (
    "inbox", "unlinked_inbox", "contact", "response", "unlinked_count", "figure_count", "card", "comment_note",
    "paper_sitting", "paper_sheet", "former_draft",
)  # fmt: skip


def remove_traces(engine: Engine) -> None:
    """Empty SQLite's log, or what PostgreSQL keeps of old rows; what a long export holds back waits for next time."""
    if engine.dialect.name == "sqlite":
        _truncate_log(engine)
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = {PATIENCE_MS}"))
        for table in TABLES:
            _vacuum(connection, table)
        connection.execute(text("RESET lock_timeout"))


def _truncate_log(engine: Engine) -> None:
    """A reader that began earlier holds the log back, and the wait for it holds up whoever writes: it is kept short."""
    connection = engine.raw_connection()
    try:
        driver = connection.driver_connection
        if driver is None:
            return
        (usual,) = driver.execute("PRAGMA busy_timeout").fetchone()
        driver.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        driver.execute(f"PRAGMA busy_timeout={usual}")
    finally:
        connection.close()


def _vacuum(connection: Connection, table: str) -> None:
    """Write a small table anew, as vacuuming frees the place of old rows and leaves their bytes in it."""
    size = connection.scalar(text("SELECT pg_relation_size(to_regclass(:table))"), {"table": table}) or 0
    for how in (["(FULL)"] if size <= SMALL else []) + [""]:
        try:
            connection.execute(text(f"VACUUM {how} {table}"))
        except DBAPIError:
            connection.rollback()  # somebody reads it for longer: the next round tries again
