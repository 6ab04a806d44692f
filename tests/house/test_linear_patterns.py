"""Every pattern of the product reads what a person sends in time that grows as the text does."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import config
import surveyapp
from tests.house.growth import grows_linearly
from tests.house.pattern_attacks import Attack, attacks

PACKAGE = Path(surveyapp.__file__).parent
WAYS = ("findall", "fullmatch")


def _modules() -> Iterator[Any]:
    yield config
    for found in pkgutil.walk_packages([str(PACKAGE)], "surveyapp."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _patterns() -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern, by where it stands; those in a module's tuples and mappings, too."""
    seen: dict[re.Pattern[Any], str] = {}
    for module in _modules():
        for name, value in vars(module).items():
            for number, pattern in enumerate(_in(value)):
                seen.setdefault(pattern, f"{module.__name__}.{name}.{number}".removesuffix(".0"))
    return {place: pattern for pattern, place in seen.items()}


def _in(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from _in(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _in(one)


OURS_ALONE = {"surveyapp.web.assets._COMMENT"}  # it reads the scripts and style sheets of this folder, at the start
PATTERNS = {place: pattern for place, pattern in _patterns().items() if place not in OURS_ALONE}


@pytest.mark.parametrize("place", PATTERNS)
def test_a_pattern_is_linear_in_whatever_it_is_fed(place: str) -> None:
    assert _slow_text(PATTERNS[place]) is None


@pytest.mark.parametrize("slow", [r"\s*\?", r"(.*?)\s*x", r"(a+)+$", r"[^\s@]+@[^\s@]+", r"(\w+ ?)+;", r"a.*b.*c"])
def test_the_attack_finds_a_pattern_that_is_slow(slow: str) -> None:
    assert _slow_text(re.compile(slow)) is not None


def test_no_pattern_hides_inside_a_call() -> None:
    """A pattern with a name is met by the test above."""
    hidden = [place for path in sorted(PACKAGE.rglob("*.py")) for place in _unnamed(path)]
    assert hidden == []


def _slow_text(pattern: re.Pattern[Any]) -> str | None:
    """The beginning of a text whose reading takes much more than its part of the time; none for a linear pattern."""
    for attack in attacks(pattern):
        for way in WAYS:
            if not grows_linearly(partial(_reading, pattern, way, attack)):
                return f"{way} {attack(20)!r}"
    return None


def _reading(pattern: re.Pattern[Any], way: str, attack: Attack, size: int) -> Callable[[], object]:
    text = attack(size)
    read: Callable[[str | bytes], object] = getattr(pattern, way)
    return partial(read, text.encode("latin-1") if isinstance(pattern.pattern, bytes) else text)


def _unnamed(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
        if called.startswith("re.") and called not in ("re.compile", "re.escape"):
            yield f"{path.relative_to(PACKAGE)}: {called}"
