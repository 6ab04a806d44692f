"""Run every measurement, print it beside its limit, and keep it in `bench/results/`."""

import json
import platform
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench import attendee, coverage, export, figures, first_question, phones, scale, simulation, weight

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
}
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
    (("simulation", "wrong"), "at most", 0),
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
    """Run the named measurements, or all; 1 when a limit is missed."""
    found = {name: run() for name, run in RUNS.items() if not names or name in names}
    missed = [line for line in (told(found, *limit) for limit in LIMITS) if line.startswith("MISSED")]
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    keep(found)
    return 1 if missed else 0


def keep(figures: dict[str, Any]) -> None:
    """Write the figures over those of the same measurements before; `on` says when each was made."""
    kept = json.loads(NEWEST.read_text(encoding="utf-8")) if NEWEST.exists() else {"on": {}}
    today = date.today().isoformat()  # noqa: DTZ011 -- the machine's day
    on = {**kept["on"], **dict.fromkeys(figures, today)}
    NEWEST.parent.mkdir(exist_ok=True)
    written = {**kept, **figures, "python": platform.python_version(), "on": on}
    NEWEST.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


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
