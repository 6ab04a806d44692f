"""Somebody who collects every `safe.zip` of an event, and works out how many people stand behind what is hidden.

Cells of a breakdown are whole numbers that add up to the whole event. Where all but one are shown, that one is known;
where all hidden ones together are a few, these few are known. Of two packages the difference is what those between
said: of a question, and of a group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TEN = 10  # the promise, written here anew
Package = Sequence[Mapping[str, str]]  # the lines of figures.csv


class Told(AssertionError):
    """A number of people from one to nine is known exactly, of whom it was promised that it isn't."""


@dataclass(frozen=True, slots=True)
class _Sizes:
    """How many answered a question (or at all: no key): in the whole event, and by group; None where it is hidden."""

    whole: int | None
    groups: Mapping[str, int | None]


def read_one(package: Package) -> None:
    """Raise Told where the groups of one package give away those that are hidden in it."""
    for key, sizes in _sizes(package).items():
        if sizes.whole is None or not any(n is None for n in sizes.groups.values()):
            continue
        shown = [n for n in sizes.groups.values() if n is not None]
        left = sizes.whole - sum(shown)
        if any(shown) and 0 < left < TEN:  # else it is the whole event, whose number anybody may read
            raise Told(f"{key or 'responses'}: {left} people in hidden groups")


def read_two(first: Package, second: Package) -> None:
    """Raise Told where the difference of two packages is of few people."""
    before, after = _sizes(first), _sizes(second)
    for key in before.keys() & after.keys():
        if key:  # how many answered is no secret
            _differ(key, before[key].whole, after[key].whole)
        for name, n in before[key].groups.items():
            _differ(f"{key} of {name}", n, after[key].groups.get(name))
    if [_of_groups(first)] != [_of_groups(second)]:
        raise Told("groups were made again")


def _differ(what: str, before: int | None, after: int | None) -> None:
    if before is not None and after is not None and 0 < abs(after - before) < TEN:
        raise Told(f"{what}: {after - before} people between two packages")


def _of_groups(package: Package) -> list[tuple[str, ...]]:
    return sorted(tuple(line.values()) for line in package if line["group"])


def _sizes(package: Package) -> dict[str, _Sizes]:
    found: dict[str, dict[str, int | None]] = {}
    for line in package:
        if line["measure"] == ("n" if line["question_key"] else "responses"):
            found.setdefault(line["question_key"], {})[line["group"]] = int(line["figure"]) if line["figure"] else None
    return {key: _Sizes(by.get(""), {name: n for name, n in by.items() if name}) for key, by in found.items()}
