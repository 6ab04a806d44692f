"""XLSForm's rules, of which only the simple shapes are understood. None is ever worked out.

`${q} = 'a'`, `selected(${q}, 'a')`, and several of them on one question joined by `or`; `. >= 0 and . <= 10`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

NEVER = frozenset({"false", "false()", "0"})
ALWAYS = frozenset({"true", "true()", "1", "yes"})
_QUOTES = str.maketrans("‘’‚“”„", "'''\"\"\"")
_TOKEN = re.compile(
    r"""(?:(?P<name>\$\{\s*[^{}\s]{1,200}\s*\})|(?P<text>'[^']{0,200}'|"[^"]{0,200}")|(?P<number>-?[0-9]{1,12}(?:\.0+)?(?![0-9.]))"""
    r"""|(?P<word>selected\b|or\b)|(?P<sign>[=(),]))\s*+""",
    re.IGNORECASE,
)
_AND = re.compile(r"\band\b", re.IGNORECASE)
_TERMS = frozenset({"name = value", "value = name", "selected ( name , value )"})
_BOUND = re.compile(r"\A\(?\s*\.\s*(<=|>=|<|>)\s*(-?[0-9]{1,9})(\.[0-9]+)?\s*\)?")
_TURNED = re.compile(r"\A\(?\s*(-?[0-9]{1,9})(\.[0-9]+)?\s*(<=|>=|<|>)\s*\.\s*\)?")
_TURN = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
MOST_LETTERS = 4_000
MOST_BRACKETS = 4


@dataclass(frozen=True, slots=True)
class Condition:
    """Ask only where the question `name` was answered with one of `values`: names as the form writes them."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberRange:
    """The smallest and the greatest whole number that is taken."""

    low: int | None = None
    high: int | None = None


def condition_of(expression: str) -> Condition | None:
    """Read a rule for when to ask; None for anything but the simple shapes."""
    tokens = _tokens(expression)
    terms = [_term(term) for term in _split_at_or(_bare(tokens))] if tokens else []
    names = {term[0] for term in terms if term}
    if not terms or None in terms or len(names) != 1:
        return None
    return Condition(names.pop(), tuple(dict.fromkeys(term[1] for term in terms if term)))


def bounds_of(expression: str) -> NumberRange | None:
    """Read a rule for which numbers are taken; None for anything but bounds joined by `and`."""
    low: int | None = None
    high: int | None = None
    for part in _AND.split(_unwrapped(expression[:MOST_LETTERS])):
        bound = _bound(part)
        if bound is None:
            return None
        if bound[0] == "low":
            low = bound[1] if low is None else max(low, bound[1])
        else:
            high = bound[1] if high is None else min(high, bound[1])
    return None if low is not None and high is not None and low > high else NumberRange(low, high)


def _bound(part: str) -> tuple[str, int] | None:
    """One bound as a whole number: more than 2 is 3 or more, and so is 2.5 or more."""
    found, turned = _BOUND.fullmatch(part.strip()), _TURNED.fullmatch(part.strip())
    if found:
        sign, number, rest = found[1], int(found[2]), found[3]
    elif turned:
        sign, number, rest = _TURN[turned[3]], int(turned[1]), turned[2]
    else:
        return None
    if rest and rest.strip(".0"):
        floor = number if float(f"{number}{rest}") >= 0 and number >= 0 and "-" not in part else number - 1
        return ("low", floor + 1) if sign.startswith(">") else ("high", floor)
    step = {">": 1, "<": -1}.get(sign, 0)
    return "low" if sign.startswith(">") else "high", number + step


def _tokens(expression: str) -> list[tuple[str, str]]:
    """Kind and text of each token; none where something else stands in the expression."""
    text = expression.translate(_QUOTES).strip()
    tokens: list[tuple[str, str]] = []
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if not found or len(text) > MOST_LETTERS:
            return []
        tokens.append(_named(found))
        place = found.end()
    return tokens


def _named(found: re.Match[str]) -> tuple[str, str]:
    kind, text = str(found.lastgroup), found[str(found.lastgroup)]
    if kind == "name":
        return "name", text[2:-1].strip()
    if kind == "text":
        return "value", text[1:-1]
    return ("value", text) if kind == "number" else (text.lower(), "")


def _split_at_or(tokens: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    parts: list[list[tuple[str, str]]] = [[]]
    for token in tokens:
        if token[0] == "or":
            parts.append([])
        else:
            parts[-1].append(token)
    return [_bare(part) for part in parts]


def _bare(tokens: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Tokens without the brackets around them all."""
    bare = list(tokens)
    for _ in range(MOST_BRACKETS):
        if len(bare) > 2 and bare[0][0] == "(" and _closing(bare) == len(bare) - 1:
            bare = bare[1:-1]
    return bare


def _closing(tokens: Sequence[tuple[str, str]]) -> int:
    """Where the first bracket is closed; -1 where it isn't."""
    depth = 0
    for place, (kind, _text) in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(kind, 0)
        if depth == 0:
            return place
    return -1


def _term(tokens: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """The name and the value of one comparison."""
    shape = " ".join(kind for kind, _text in tokens)
    if shape not in _TERMS:
        return None
    texts = {kind: text for kind, text in tokens if kind in ("name", "value")}
    return texts["name"], texts["value"]


def _unwrapped(expression: str) -> str:
    text = expression.strip()
    inside = text[1:-1]
    return inside if text.startswith("(") and text.endswith(")") and "(" not in inside else text
