"""Many random events under attack, more than a run of the tests plays: 500 read in process, 20 over HTTP.

The attacks are those of `tests/attacks`; an event of which somebody is told anything is a test that fails.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

IN_PROCESS = 500
OVER_HTTP = 20
ATTACKS = ("tests/attacks/test_looking.py", "tests/attacks/test_polling.py")


def run() -> dict[str, Any]:
    """How many events were played, in how many somebody was told, and how long it took."""
    began = time.perf_counter()
    events = {"EVENTS_IN_PROCESS": str(IN_PROCESS), "EVENTS_OVER_HTTP": str(OVER_HTTP)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=line", *ATTACKS]
    done = subprocess.run(  # noqa: S603 -- our own tests
        command, env=os.environ | events, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False
    )
    told = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    return {
        "in_process": IN_PROCESS,
        "over_http": OVER_HTTP,
        "told": len(told),
        "seconds": round(time.perf_counter() - began),
    }
