"""Simulated events by the thousand (`tests/simulation`): what was acknowledged is there once, whatever happened."""

import os
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.memory_folder import memory_folder
from tests.simulation.__main__ import migrated
from tests.simulation.event import WrongError, simulate

EVENTS = 2_000
FIRST = 10_000  # other seeds than the tests'


def run() -> dict[str, Any]:
    """Let so many events happen (SIMULATED of the environment); say how many went wrong, by which seeds."""
    events = int(os.environ.get("SIMULATED", EVENTS))
    wrong: list[int] = []
    cuts, steps, began = 0, 0, time.perf_counter()
    with tempfile.TemporaryDirectory(dir=memory_folder()) as name:
        empty = migrated(Path(name))
        for seed in range(FIRST, FIRST + events):
            with tempfile.TemporaryDirectory(dir=name) as folder:
                try:
                    happened = simulate(seed, empty, Path(folder))
                except WrongError:
                    wrong.append(seed)
                    continue
            steps += happened.steps
            cuts += sum("the power goes" in line or "is killed" in line for line in happened.history)
    seconds = time.perf_counter() - began
    return {"events": events, "wrong": len(wrong), "seeds": wrong, "cuts": cuts, "steps": steps, "seconds": seconds}
