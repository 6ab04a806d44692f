"""Run measurements, print each beside its limit, and keep it in `bench/results/` with the machine it was made on.

Without words the usual ones run; those that take long (`LONG`) run when they are named.
"""

import json
import os
import platform
import sqlite3
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench import (
    attacks,
    attendee,
    coverage,
    export,
    figures,
    first_question,
    hall,
    hour,
    kills,
    mutants,
    peer,
    phones,
    scale,
    simulation,
    slow,
    weight,
)

NEWEST = Path(__file__).parent / "results" / "newest.json"
RUNS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "weight": weight.run,
    "first question": first_question.run,
    "attendee": attendee.run,
    "phones": phones.run,
    "export": export.run,
    "scale": scale.run,
    "figures": figures.run,
    "simulation": simulation.run,
    "coverage": coverage.run,
    "slow": slow.run,
    "peer": peer.run,
    "hall": hall.run,
    "kills": kills.run,
    "hour": hour.run,
    "attacks": attacks.run,
    "mutants": mutants.run,
}
LONG = frozenset({"peer", "hall", "kills", "hour", "mutants"})
STREAMED = (
    "responses.csv", "answers.csv", "comments.csv", "codebook.csv", "excel.csv", "responses.parquet", "safe.zip",
    "everything.zip",
)  # fmt: skip
# Path into the figures, whether it is a floor or a ceiling, and the limit.
LIMITS = (
    (("weight", "standard", "bytes"), "at most", 12 * 1024),
    (("weight", "symbols", "bytes"), "at most", 25 * 1024),
    (("weight", "symbols", "script_bytes"), "at most", 5 * 1024),
    (("weight", "symbols", "requests"), "at most", 4),
    (("first question", "first_visit"), "at most", 2.5),
    (("first question", "second_visit"), "at most", 1.0),
    (("first question", "step_ms"), "at most", 50),
    (("first question", "slow_phone_step_ms"), "at most", 50),
    (("first question", "layout_shift"), "at most", 0),
    (("attendee", "page", "ratio"), "at least", 0.70),
    (("attendee", "finish", "ratio"), "at least", 0.10),
    (("phones", "at_once", "128", "p99"), "at most", 0.6),
    (("phones", "at_once", "512", "p99"), "at most", 2),
    (("phones", "at_once", "512", "wrong"), "at most", 0),
    (("phones", "no_collapse"), "at least", 0.9),
    (("phones", "finish_of_bare_inserts"), "at least", 0.13),
    (("phones", "page_of_constant"), "at least", 0.7),
    (("mutants", "percent"), "at least", 85),
    (("peer", "times"), "at least", 12),
    (("peer", "ours", "wrong"), "at most", 0),
    *(
        limit
        for database in ("sqlite", "postgresql")
        for limit in (
            (("hall", database, "finished"), "at least", hall.PHONES),
            *((("hall", database, name), "at most", 0) for name in ("refused", "lost", "doubled")),
            (("hall", database, "p99"), "at most", 1),
        )
    ),
    *((("slow", crowd, "longest"), "at most", 1) for crowd in slow.CROWDS),
    *((("kills", killed, name), "at most", 0) for killed in ("server", "postgresql") for name in ("lost", "doubled")),
    (("kills", "server", "slowest_stop"), "at most", 30),
    (("kills", "postgresql", "server_went_on"), "at least", 1),
    *((("hour", name), "at most", 0) for name in ("refused",)),
    (("hour", "mb", "grown"), "at most", 10),
    (("hour", "descriptors", "grown"), "at most", 5),
    (("simulation", "wrong"), "at most", 0),
    (("attacks", "told"), "at most", 0),
    *((("figures", name, "cold_ms"), "at most", 300) for name in ("results", "results.json")),
    *((("figures", name, "warm_ms"), "at most", 30) for name in ("results", "results.json")),
    (("coverage", "least"), "at least", 93),
    (("coverage", "beside_welch"), "at least", -5),
    (("coverage", "falsely_higher"), "at most", 5),
    (("figures", "freezing"), "at most", 2),
    *((("figures", name, "cold_ms"), "at most", 2000) for name in ("report", "report?part=all")),
    (("figures", "release", "seconds"), "at most", 60),
    (("figures", "release", "longest_wait"), "at most", 0.5),
    (("figures", "release", "grown_mb"), "at most", 30),
    (("export", "ratio"), "at least", 0.70),
    (("export", "grown_mb"), "at most", 30),
    (("export", "first_byte"), "at most", 0.3),
    *(
        limit
        for database in ("sqlite", "postgresql")
        for limit in (
            (("scale", database, "responses.csv", "ratio"), "at least", 0.70),
            *((("scale", database, name, "first_byte"), "at most", 0.3) for name in STREAMED),
            *((("scale", database, name, "grown_mb"), "at most", 30) for name in STREAMED),
        )
    ),
)


def main(names: list[str]) -> int:
    """Run the named measurements, or the usual ones; 1 when a limit is missed, 2 for a name that is none."""
    if unknown := set(names) - set(RUNS):
        sys.stderr.write(f"There is no {', '.join(sorted(unknown))}. There are: {', '.join(RUNS)}.\n")
        return 2
    found = {name: run() for name, run in RUNS.items() if (name in names if names else name not in LONG)}
    missed = [line for line in (told(found, *limit) for limit in LIMITS) if line.startswith("MISSED")]
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    keep(found)
    return 1 if missed else 0


def keep(figures: dict[str, Any]) -> None:
    """Write the figures over those of the same measurements before; `on` says when each was made."""
    kept = json.loads(NEWEST.read_text(encoding="utf-8")) if NEWEST.exists() else {"on": {}}
    today = date.today().isoformat()  # noqa: DTZ011 -- the machine's day
    on = {**kept["on"], **dict.fromkeys(figures, today)}
    machines = {**kept.get("machines", {}), **dict.fromkeys(figures, machine())}
    NEWEST.parent.mkdir(exist_ok=True)
    written = {**kept, **figures, "on": on, "machines": machines}
    NEWEST.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """What a figure depends on: processor, cores, versions, and how busy the machine was at the end."""
    processors = Path("/proc/cpuinfo")
    text = processors.read_text(encoding="utf-8") if processors.exists() else ""
    names = [line.partition(": ")[2] for line in text.splitlines() if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load": [round(one, 1) for one in os.getloadavg()],
    }


def told(figures: dict[str, Any], path: tuple[str, ...], bound: str, limit: float) -> str:
    """One line: the figure beside its limit."""
    value: Any = figures
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    if value is None:
        return ""
    holds = value >= limit if bound == "at least" else value <= limit
    line = f"{'holds ' if holds else 'MISSED'}  {' '.join(path)}: {value:.4g}, {bound} {limit:g}"
    sys.stdout.write(line + "\n")
    return line


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
