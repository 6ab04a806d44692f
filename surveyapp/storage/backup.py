"""Recordings and photos inside a backup: a table of the copied database, so that one file holds everything.

Restoring puts back what is missing and deletes nothing: a name always means the same content.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from surveyapp.model.validation import MEDIA_NAME
from surveyapp.storage.folder import FolderStore
from surveyapp.storage.stores import Store

TABLE = "kept_media"


def put_into(file: Path, store: Store) -> int:
    """Add everything that a folder keeps to a copy of the database; how many files. A bucket has backups of its own."""
    if not isinstance(store, FolderStore):
        return 0
    with closing(sqlite3.connect(file)) as copy, copy:
        copy.execute(f"CREATE TABLE {TABLE} (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID")
        found = ((name, store.read(name)) for name in store.names())
        return copy.executemany(f"INSERT INTO {TABLE} VALUES (?, ?)", found).rowcount  # noqa: S608 -- a name of ours


def take_out_of(file: Path, store: Store) -> None:
    """Keep everything that a backup holds, and leave the table out of the database that it becomes."""
    with closing(sqlite3.connect(file)) as copy:
        if not copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchone():
            return
        for name, content in copy.execute(f"SELECT name, content FROM {TABLE}"):  # noqa: S608 -- a name of ours
            if MEDIA_NAME.fullmatch(name):
                store.write(name, content)
        copy.execute(f"DROP TABLE {TABLE}")
        copy.execute("VACUUM")
