"""A program of somebody else: every question's figures, from the unpacked files alone. It knows nothing of our code.

    python independent.py FOLDER

prints JSON: by question how many gave an answer that counts, how many gave each, and its mean or per cents.
"""

import csv
import json
import sys
from collections import defaultdict
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any


def table(name: str) -> list[dict[str, str]]:
    with (Path(sys.argv[1]) / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def half_up(value: Fraction, places: int = 0) -> str:
    scaled = floor(value * 10**places + Fraction(1, 2))
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 10**places)
    return f"{sign}{whole}.{rest:0{places}}" if places else f"{sign}{whole}"


def figures(kind: str, rows: list[dict[str, str]], counting: set[str], order: list[str]) -> dict[str, Any]:
    people: set[str] = set()
    counts = dict.fromkeys(order, 0)
    for row in rows:
        code = row["value_code"] or row["value_number"]
        if kind in ("number", "nps", "comment") or code in counting:
            people.add(row["response_id"])
            if kind != "comment":
                counts[code] = counts.get(code, 0) + 1
    n = len(people)
    given = {code: times for code, times in counts.items() if times}
    told: dict[str, Any] = {"n": n, "counts": given}
    if kind in ("rating5", "number"):
        told["mean"] = half_up(Fraction(sum(int(code) * times for code, times in counts.items()), n), 2) if n else None
    if kind in ("rating5", "single", "yes_no", "multiple"):
        told["shares"] = {code: half_up(Fraction(100 * times, n)) for code, times in given.items()}
    if kind == "nps" and n:
        weight = {str(score): 1 if score > 8 else -1 if score < 7 else 0 for score in range(11)}
        told["score"] = half_up(Fraction(100 * sum(weight[code] * times for code, times in counts.items()), n))
    return told


kinds: dict[str, str] = {}
counting: dict[str, set[str]] = defaultdict(set)
order: dict[str, list[str]] = defaultdict(list)
rows: dict[str, list[dict[str, str]]] = defaultdict(list)
for line in table("codebook.csv"):
    key = line["question_key"]
    kinds.setdefault(key, line["kind"])
    code = line["item"] if line["item"] and line["value"] == "1" else line["value"]
    if code and not (line["item"] and line["value"] == "0") and line["counts_in_results"] == "1":
        counting[key].add(code)
        order[key].append(code)
for line in table("answers.csv"):
    if line["state"] not in ("skipped", "not_shown", "blanked"):
        rows[line["question_key"]].append(line)
told = {key: figures(kind, rows[key], counting[key], order[key]) for key, kind in kinds.items() if key}
sys.stdout.write(json.dumps(told))
