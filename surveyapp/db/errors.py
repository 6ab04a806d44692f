"""What a database's refusal means, in a sentence that says what to do. It never holds what a statement held."""

import sqlite3

from sqlalchemy.exc import DBAPIError

BACKUP = "If you have a backup: surveyapp restore FILE."
SQLITE = {
    sqlite3.SQLITE_CANTOPEN: "The database can't be opened: look whether its folder is there, whether it is yours, and "
    "whether the disk is read-only.",
    sqlite3.SQLITE_PERM: "The database can't be opened: it belongs to somebody else.",
    sqlite3.SQLITE_READONLY: "The database can't be written: look whose the file and its folder are, and whether the "
    "disk is read-only.",
    sqlite3.SQLITE_NOTADB: f"This file is no database, or is damaged at its beginning. {BACKUP}",
    sqlite3.SQLITE_CORRUPT: f"The database is damaged. Keep the file as it is. {BACKUP}",
    sqlite3.SQLITE_FULL: "The disk is full. Make room, then try again.",
    sqlite3.SQLITE_BUSY: "Another program holds the database. Try again when it is done.",
    sqlite3.SQLITE_LOCKED: "Another program holds the database. Try again when it is done.",
    sqlite3.SQLITE_IOERR: "The disk doesn't read or write as it should. Look at the disk, and whether it is full.",
}


def database_sentence(error: Exception) -> str | None:
    """What to tell of an error of a database, or nothing where it is none."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        return SQLITE.get(code, f"The database can't be used as it is: {cause}.")
    if isinstance(error, DBAPIError):
        return f"PostgreSQL refused or can't be reached: {str(cause).strip().splitlines()[0]}"
    return None
