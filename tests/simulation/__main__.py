"""Play events again by their seeds, and print what happened: `python -m tests.simulation 17`."""

import sys
import tempfile
from pathlib import Path

from surveyapp.db import migrations as schema
from surveyapp.db import sessions as db
from tests.simulation.event import WrongError, simulate


def migrated(folder: Path) -> Path:
    """A SQLite file at the newest migration."""
    path = folder / "migrated.sqlite3"
    engine = db.make_engine(f"sqlite:///{path}")
    schema.upgrade(engine)
    engine.dispose()
    return path


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        empty = migrated(Path(name))
        for seed in map(int, sys.argv[1:]):
            try:
                happened = simulate(seed, empty, Path(name) / str(seed))
            except WrongError as wrong:
                sys.exit(str(wrong))
            sys.stdout.write("\n".join([*happened.history, f"seed {seed}: all is as it must be", ""]))
