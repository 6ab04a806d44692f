"""What the accessibility statement says that changes: which programs checked the pages, and when; and whom to ask.

The record beside this file is written by `make statement`, only after the whole gate has passed, and a test holds its
versions to those that the tests run. So the statement can't claim a check that was not made.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

RECORD = Path(__file__).with_name("checks.json")


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that checks pages: its name, its version, and what it checks in a few words."""

    name: str
    version: str
    checks: str


@dataclass(frozen=True, slots=True)
class Checks:
    """The last run of the gate that passed: its day, what ran, and how many seeded faults it found of how many."""

    on: date
    engines: tuple[Engine, ...]
    faults_found: int
    faults_seeded: int


@cache
def last_checks() -> Checks:
    """The record of the last run."""
    record = json.loads(RECORD.read_text("utf-8"))
    return Checks(
        on=date.fromisoformat(record["on"]),
        engines=tuple(Engine(**engine) for engine in record["engines"]),
        faults_found=record["faults"]["found"],
        faults_seeded=record["faults"]["seeded"],
    )
