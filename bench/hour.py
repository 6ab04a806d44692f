"""An hour at 40 finished a second on the server as operators start it: its memory and descriptors stay flat.

HOUR_SECONDS of the environment makes it shorter.
"""

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench import attendee, export
from bench.hall import told
from bench.line import Server
from bench.phones import asks, finishes
from bench.visits import Visits
from surveyapp.server.listening import raised_descriptors

SECONDS = float(os.environ.get("HOUR_SECONDS", "3600"))
A_SECOND = 40
PAUSE = 1.0  # seconds between page and finish
EVERY = 5.0


@dataclass
class _Watch:
    """Memory and descriptors of a process, looked at every few seconds."""

    process: int
    megabytes: list[float] = field(default_factory=list)
    descriptors: list[int] = field(default_factory=list)
    _next: float = 0

    def look(self) -> None:
        """Look, if it is time."""
        if (now := time.monotonic()) < self._next:
            return
        self._next = now + EVERY
        folder = Path(f"/proc/{self.process}")
        pages = int((folder / "statm").read_text().split()[1])
        self.megabytes.append(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
        self.descriptors.append(len(list((folder / "fd").iterdir())))


def run() -> dict[str, Any]:
    """Let them come, and compare the second quarter with the last one: in the first, caches fill."""
    raised_descriptors()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _survey_id, code = attendee.survey_in(folder, export.questionnaire())
        server = Server(folder / "bench.sqlite3", subprocess.DEVNULL)
        server.start()
        try:
            watch = _Watch(server.process)
            steps = (asks(code), finishes(code))
            visits = Visits(server.port, lambda: steps, lambda: PAUSE, watch=watch.look)
            came = visits.let_come(n / A_SECOND for n in range(int(SECONDS * A_SECOND)))
        finally:
            server.kill()
    return {"seconds": SECONDS, **told(came), "mb": _flat(watch.megabytes), "descriptors": _flat(watch.descriptors)}


def _flat(seen: list[float] | list[int]) -> dict[str, float]:
    """The medians of the second and the last quarter, the most, and by how much it grew between them."""
    quarter = max(1, len(seen) // 4)
    early, late = median(seen[quarter : 2 * quarter] or seen), median(seen[-quarter:])
    return {"early": early, "late": late, "most": max(seen), "grown": round(late - early, 2)}
