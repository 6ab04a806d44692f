"""Inputs that make a backtracking pattern slow, derived from the pattern itself.

A pattern is slow where a part of it can be repeated and what follows then fails: the engine gives back one repetition
after another, or begins anew at each place. So each part is fed repeated, alone and after what stands before it, with
an end that nothing matches.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from re import _constants as c  # type: ignore[attr-defined]  # the parser of `re` has no public name
from re import _parser  # type: ignore[attr-defined]  # as above
from typing import Any

NOTHING_MATCHES = "\x01"
IN_CLASS = {
    c.CATEGORY_DIGIT: "7",
    c.CATEGORY_NOT_DIGIT: "x",
    c.CATEGORY_SPACE: " ",
    c.CATEGORY_NOT_SPACE: "x",
    c.CATEGORY_WORD: "x",
    c.CATEGORY_NOT_WORD: " ",
}
COMMON = " aA7_?"
MOST = 48


Attack = Callable[[int], str]


def attacks(pattern: re.Pattern[Any]) -> Iterator[Attack]:
    """Texts of any size, each with one part of the pattern repeated."""
    for before, part in islice(dict.fromkeys(_pumped(pattern)), MOST):
        for end in ("", NOTHING_MATCHES):
            yield partial(_attack, before, part, end)


def _attack(before: str, part: str, end: str, size: int) -> str:
    return before + part * (size // len(part)) + end


def _pumped(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """Each part of a pattern with what may stand before it."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    parsed = _parser.parse(text, flags & ~re.DEBUG)
    for letter in COMMON:
        yield "", letter
    for before, part in _parts(parsed, ""):
        for repeated in filter(None, (part, before + part, part[-1:])):
            yield "", repeated
            yield before, repeated
            yield "x" + before, repeated


def _parts(parsed: Any, before: str) -> Iterator[tuple[str, str]]:
    """Each node and each run of nodes that follow one another, with an example of what stands before it."""
    for node in parsed:
        for example in _examples(node):
            yield before, example
        yield from _inside(node, before)
        before += next(iter(_examples(node)), "")
    yield "", before


def _inside(node: tuple[Any, Any], before: str) -> Iterator[tuple[str, str]]:
    kind, value = node
    if kind in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
        yield from _parts(value[2], before)
    elif kind is c.SUBPATTERN:
        yield from _parts(value[3], before)
    elif kind is c.ATOMIC_GROUP:
        yield from _parts(value, before)
    elif kind is c.BRANCH:
        for branch in value[1][:12]:
            yield from _parts(branch, before)
    elif kind in (c.ASSERT, c.ASSERT_NOT):
        yield from _parts(value[1], before)


def _examples(node: tuple[Any, Any]) -> list[str]:
    """Short texts that a node matches, one for each kind of letter in it."""
    kind, value = node
    read = _EXAMPLES.get(kind)
    return read(value) if read else [""]


def _of_branches(value: Any) -> list[str]:
    return [example for branch in value[1][:12] for example in _sequences(branch)[:2]]


def _of_repeat(value: Any) -> list[str]:
    least, _most, body = value
    return [example * max(1, least) for example in _sequences(body)]


def _sequences(parsed: Any) -> list[str]:
    """Texts that nodes match one after the other, the nodes' examples side by side."""
    listed = [_examples(node) for node in parsed] or [[""]]
    return ["".join(one[min(place, len(one) - 1)] for one in listed) for place in range(max(map(len, listed)))]


def _of_class(members: list[tuple[Any, Any]]) -> list[str]:
    if members[0][0] is c.NEGATE:
        shut = re.compile("[" + "".join(_written(member) for member in members[1:]) + "]")
        return [letter for letter in "xA7 .?(\n" if not shut.match(letter)][:4]
    return list(dict.fromkeys(letter for member in members for letter in _letters(member)))[:6]


def _letters(member: tuple[Any, Any]) -> list[str]:
    kind, value = member
    if kind is c.LITERAL:
        return [chr(value)]
    if kind is c.RANGE:
        return [chr(value[1])]
    return [IN_CLASS[value]]


def _written(member: tuple[Any, Any]) -> str:
    kind, value = member
    if kind is c.LITERAL:
        return re.escape(chr(value))
    if kind is c.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    names = {c.CATEGORY_DIGIT: r"\d", c.CATEGORY_NOT_DIGIT: r"\D", c.CATEGORY_SPACE: r"\s", c.CATEGORY_NOT_SPACE: r"\S"}
    return {**names, c.CATEGORY_WORD: r"\w", c.CATEGORY_NOT_WORD: r"\W"}[value]


_EXAMPLES: dict[Any, Callable[[Any], list[str]]] = {
    c.LITERAL: lambda value: [chr(value)],
    c.NOT_LITERAL: lambda value: ["x" if value != ord("x") else "y", " "],
    c.ANY: lambda _value: ["x", " "],
    c.IN: _of_class,
    c.MAX_REPEAT: _of_repeat,
    c.MIN_REPEAT: _of_repeat,
    c.POSSESSIVE_REPEAT: _of_repeat,
    c.SUBPATTERN: lambda value: _sequences(value[3]),
    c.ATOMIC_GROUP: _sequences,
    c.BRANCH: _of_branches,
}
