"""Mutation testing: small faults put into the code one at a time, and how many of them the tests find.

mutmut makes the faults and chooses the tests that come by the changed function. It is installed from PyPI into a
virtual environment of its own and works on a copy. Of each room so many faults are drawn by a seed; a room's faults are
tried against the room's own tests, without PostgreSQL and without a browser, so that a fault which only those would
find counts as one that lives. A fault in a function that no test of the room calls lives too.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

PINNED = "mutmut==3.8.1"
ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / "build" / "mutmut"
ROOMS = ("model", "figures", "answer", "export")
MUTANTS = 500
SEED = 20_261_201
LEFT_OUT = ("build", "instance", ".git", ".venv", ".npm", "node_modules", ".hypothesis", ".mypy_cache", "__pycache__")
SURVIVED, UNTESTED = 0, (5, 33)  # mutmut's exit codes
SETTINGS = """[mutmut]
source_paths=surveyapp
only_mutate=surveyapp/{room}/*
also_copy=
    config.py
    wsgi.py
    migrations
    bench
    docs
pytest_add_cli_args=
    -q
    -k
    not postgresql
pytest_add_cli_args_test_selection=tests/{room}
"""


def run() -> dict[str, Any]:
    """Try as many faults as MUTANTS of the environment says, of the rooms that ROOMS names; say how many were found."""
    rooms = os.environ.get("ROOMS", " ".join(ROOMS)).split()
    each = int(os.environ.get("MUTANTS", MUTANTS)) // len(rooms)
    program = _installed()
    by_room = {room: _of_room(program, room, each) for room in rooms}
    tried, found = (sum(room[what] for room in by_room.values()) for what in ("tried", "found"))
    return {"tried": tried, "found": found, "percent": 100 * found / tried, "rooms": by_room}


def _installed() -> Path:
    """The program, in an environment that sees the project's packages too."""
    if not (ENVIRONMENT / "bin" / "mutmut").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)  # noqa: S603 -- our words
        subprocess.run([str(ENVIRONMENT / "bin" / "pip"), "install", "--quiet", PINNED], check=True)  # noqa: S603 -- our words
        (packages,) = (ENVIRONMENT / "lib").glob("python*/site-packages")
        (packages / "project.pth").write_text(next(path for path in sys.path if path.endswith("site-packages")))
    return ENVIRONMENT / "bin" / "mutmut"


def _of_room(program: Path, room: str, wanted: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
        (copy / ".npm").symlink_to(ROOT / ".npm")
        (copy / "setup.cfg").write_text(SETTINGS.format(room=room), encoding="utf-8")
        _mutmut(program, copy, "none of them")  # makes them, and stops as none has this name
        made = sorted(_results(copy, room))
        drawn = random.Random(SEED).sample(made, min(wanted, len(made)))  # noqa: S311 -- the same ones each time
        _mutmut(program, copy, *drawn)
        results = {name: code for name, code in _results(copy, room).items() if name in drawn}
        if None in results.values():
            raise RuntimeError(f"mutmut did not try them all:\n{(copy / 'mutmut.log').read_text()[-3_000:]}")
    codes = Counter(results.values())
    untested = sum(codes[code] for code in UNTESTED)
    lives = [name for name, code in sorted(results.items()) if code == SURVIVED]
    found = len(results) - codes[SURVIVED] - untested
    return {"made": len(made), "tried": len(results), "found": found, "untested": untested, "lives": lives}


def _mutmut(program: Path, copy: Path, *names: str) -> None:
    words = [str(program), "run", "--max-children", str(os.cpu_count() or 1), *names]
    with (copy / "mutmut.log").open("a", encoding="utf-8") as log:
        subprocess.run(words, cwd=copy, stdout=log, stderr=log, check=False)  # noqa: S603 -- our words


def _results(copy: Path, room: str) -> dict[str, int | None]:
    """mutmut's exit code of each fault; None where it wasn't tried."""
    results: dict[str, int | None] = {}
    for meta in (copy / "mutants" / "surveyapp" / room).rglob("*.meta"):
        results |= json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return results
