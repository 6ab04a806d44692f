"""A question's words without what they say of its answers: `(Y/N)`, `(choose all)`, `1 = bad, 5 = good`."""

import re
from dataclasses import dataclass, replace

from surveyapp.importing.paste.answers_known import is_answer
from surveyapp.importing.paste.inline_answers import Points, inline_answers, short_parts

RATING = ("Very good", "Good", "OK", "Bad", "Very bad")
YES_NO = ("Yes", "No")
# Spaces are met at their first one only, or every one of a thousand would be a beginning to try.
_SPACES = r"(?<!\s)\s*"
_OPEN, _CLOSE = rf"{_SPACES}[\[(]\s*(?:please\s+)?", r"\s*[\])]\s*"
_DO = r"(?:(?:choose|select|tick|check|mark|pick|circle)\s+)?"
_SEVERAL = re.compile(
    rf"{_OPEN}{_DO}(?:all|as many|any|more than one|up to|several|multiple answers|multiple choice)"
    rf"\b[^\[\]()]{{0,60}}{_CLOSE}",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"{_OPEN}{_DO}(?:only\s+|just\s+)?(?:one\b|1 (?:box|answer|option|only)\b|1(?=\s*[\])]))[^\[\]()]{{0,40}}{_CLOSE}",
    re.IGNORECASE,
)
_TICK = re.compile(
    rf"{_OPEN}(?:choose|select|tick|check|mark|circle|required|optional)(?: (?:a|the) (?:box|number))?{_CLOSE}$", re.I
)
_SAYS_SEVERAL = re.compile(r"\b(?:choose|select|tick|check|mark|pick) (?:all|as many|more than one)\b", re.IGNORECASE)
_SAYS_AT_END = re.compile(
    r"(?:please )?(?:choose|select|tick|check|mark|pick|circle) "
    r"(?:all|as many|more than one|only one|just one|one)\b[^.?!:()]{0,50}[.:]?$",
    re.IGNORECASE,
)
_ENDINGS = {
    "comment": re.compile(
        rf"{_OPEN}(?:comments?|text|open|open text|free text|in your own words|open question|please (?:write|explain)"
        rf"|write)(?: below| here| in)?{_CLOSE}$",
        re.IGNORECASE,
    ),
    "number": re.compile(rf"{_OPEN}(?:a |in )?(?:whole )?(?:numbers?|figures){_CLOSE}$", re.IGNORECASE),
    "rating": re.compile(
        rf"{_OPEN}(?:rating|five faces|faces|5 faces|stars|5 stars|five stars){_CLOSE}$", re.IGNORECASE
    ),
    "yes_no": re.compile(r"[\[(]?(?<![a-z])(?:y ?/ ?n|y or n|yes or no)[\])]?\.?$", re.IGNORECASE),
    "several": re.compile(rf"{_OPEN}(?:check ?boxes|tick ?boxes|multi-?select){_CLOSE}$", re.IGNORECASE),
}
_SPAN = re.compile(
    r"(?:on )?(?:a )?(?:scale )?(?:of |from )?(\d{1,2})\s*(?:-|–|—|to|\.\.)\s*(\d{1,2})\b", re.IGNORECASE
)
_IN_WORDS = re.compile(
    r"\b(?:scale (?:of|from)|from|between|out of|rate(?: it)?) (\d{1,2}) ?(?:-|–|to|and) ?(\d{1,2})\b", re.I
)
_END = re.compile(
    r"(?:where |with |and |to |from )?\(?(\d{1,2})\)? ?(?:=|:|-|–|—|is |being |means |meaning |\(| )(?=[^\d])",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|where|between|of) (?=\(?\d)", re.IGNORECASE)
_PART = re.compile(r"[,;]|\band\b|\bto\b(?= ?\d)|[–—-](?= ?\d)", re.IGNORECASE)
_MARK = re.compile(r"[?:]\s+")
_LINES = ("___", "....", "……")
_EXAMPLES = re.compile(r"(?:e\.?g|for example|such as|including|include|i\.?e|like)\b", re.IGNORECASE)
_MOST_OF_A_PART = 30
_MOST_OF_A_SCALE = 200
_LEAST_WORDS, _MOST_OF_AN_ANSWER, _GREATEST = 3, 60, 20
_RECOMMENDS = re.compile(r"\b(?:recommend|likely|likelihood|tell (?:a|your|other)|friends?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """A question's words, and what they say of how it is answered."""

    words: str
    answers: tuple[str, ...] = ()
    several: bool | None = None
    ending: str = ""
    points: Points | None = None


def parsed_question(line: str) -> ParsedQuestion:
    """Take what a line says of its answers out of its words."""
    asked = _several(line)
    asked = _ending(asked)
    asked = asked if asked.answers or asked.ending else _points(asked)
    if not (asked.answers or asked.points or asked.ending):
        asked = _inline(asked)
    return replace(asked, words=_bare(asked.words) or line)


def recommends(words: str) -> bool:
    """Whether a question from 0 to 10 asks how likely somebody is to recommend something."""
    return bool(_RECOMMENDS.search(words))


def _several(line: str) -> ParsedQuestion:
    words, several = _SEVERAL.subn(" ", line)
    words, one = _ONE.subn(" ", words)
    words = _TICK.sub("", words).strip()
    says = bool(_SAYS_SEVERAL.search(words))
    end = _SAYS_AT_END.search(words)
    if end and words[: end.start()].rstrip().endswith(("?", ".", ":", "؟")):
        one = one or not says
        words = words[: end.start()]
    return ParsedQuestion(words.strip(), several=True if several or says else False if one else None)


def _ending(asked: ParsedQuestion) -> ParsedQuestion:
    ending = next((name for name, pattern in _ENDINGS.items() if pattern.search(asked.words)), "")
    if not ending:
        return asked
    words = _ENDINGS[ending].sub("", asked.words)
    if ending == "several":
        return replace(asked, words=words, several=True)
    answers = {"rating": RATING, "yes_no": YES_NO}.get(ending, ())
    return replace(asked, words=words, answers=answers, ending="" if ending == "yes_no" else ending)


def _points(asked: ParsedQuestion) -> ParsedQuestion:
    """A scale in brackets at the end, or in words: `(1 = bad, 5 = good)`, `(0-10)`, `on a scale of 1 to 5`."""
    words = asked.words
    start = max(words.rfind("("), words.rfind("["))
    inside = words[start + 1 : -1] if start >= _LEAST_WORDS and words.endswith((")", "]")) else ""
    points = _named(inside) or _spanned(inside)
    if points:
        return replace(asked, words=words[:start], points=points)
    span, start_of = _IN_WORDS.search(words), _FROM.search(words)
    points = _named(words[start_of.end() :]) if start_of else None
    points = points or (_sensible(int(span[1]), int(span[2])) if span else None)
    return replace(asked, points=points)


def _named(text: str) -> Points | None:
    """Points of which both ends are named: `1 = very bad, 5 = very good`, `1 (poor) to 5 (excellent)`."""
    parts = [" ".join(part.split()) for part in _PART.split(text[:_MOST_OF_A_SCALE])]
    ends = [(int(found[1]), part[found.end() :].strip(" .()?")) for part in parts if (found := _END.match(part))]
    if len(ends) < 2:
        return None
    (first, low), (last, high) = ends[0], ends[-1]
    return _sensible(first, last, low, high)


def _spanned(text: str) -> Points | None:
    found = _SPAN.match(text.strip())
    return _sensible(int(found[1]), int(found[2])) if found else None


def _sensible(first: int, last: int, low: str = "", high: str = "") -> Points | None:
    low_end, high_end = min(first, last), max(first, last)
    is_scale = low_end in (0, 1) and 2 <= high_end - low_end <= _GREATEST
    return Points(first, last, low[:_MOST_OF_AN_ANSWER], high[:_MOST_OF_AN_ANSWER]) if is_scale else None


def _inline(asked: ParsedQuestion) -> ParsedQuestion:
    """A question whose answers stand on its line."""
    words = asked.words
    found = inline_answers(words)
    if found and found.before:
        return replace(asked, words=found.before, answers=found.answers, points=found.points)
    other = _in_brackets(words) or _after_a_mark(words)
    return replace(asked, words=other[0], answers=other[1]) if other else asked


def _in_brackets(words: str) -> tuple[str, tuple[str, ...]] | None:
    """A question and its answers in brackets at its end: `Did you come by bus? [Yes/No]`."""
    start = max(words.rfind("["), words.rfind("("))
    if start < _LEAST_WORDS or not words.endswith(("]", ")")):
        return None
    inside = words[start + 1 : -1]
    answers = short_parts(inside)
    if not answers and "," in inside:
        parts = tuple(part.strip() for part in inside.split(","))
        is_list = len(parts) > 2 and words[:start].rstrip().endswith(("?", "؟")) and not _EXAMPLES.match(inside)
        is_list = is_list and all(0 < len(part) <= _MOST_OF_A_PART for part in parts)
        answers = parts if is_list or (len(parts) > 1 and all(map(is_answer, parts))) else ()
    return (words[:start], answers) if answers else None


def _after_a_mark(words: str) -> tuple[str, tuple[str, ...]] | None:
    """A question and its answers after its mark: `Did you come by bus? Yes / No`, `Bus: yes/no`."""
    slash = min((place for sign in "/|" if (place := words.find(sign)) >= 0), default=-1)
    last = max(map(words.rfind, "?؟()[]"))
    if slash < 0 or last > slash:
        return None
    for mark in _MARK.finditer(words, max(last, _LEAST_WORDS - 1), slash):
        if slash - mark.end() <= _MOST_OF_AN_ANSWER:
            answers = short_parts(words[mark.end() :])
            return (words[: mark.start() + 1], answers) if answers else None
    return None


def _bare(words: str) -> str:
    """Words without a line to write on behind them."""
    words = words.strip()
    bare = words.rstrip(" \t_.…")
    return bare if any(line in words[len(bare) :] for line in _LINES) else words
