"""Answers beside each other on one line: with boxes, slashes or gaps between, or the numbers of a scale."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from surveyapp.importing.paste.answers_known import in_a_row, is_answer, plain_answer
from surveyapp.importing.paste.marks import BOX

_BESIDE = re.compile(rf"{BOX.pattern}|(?<=\s)[•●▪◦■](?=\s)|(?<!\S)[•●▪◦■](?=\s)|[\ue000-\uf8ff]")
_LETTERED = re.compile(r"(?<!\S)\(?([a-hA-H])[.)](?=\s)")
_NUMBERED = re.compile(r"(?<!\S)\(?(\d{1,2})[.)](?=\s*[^\d\s])")
_GAP = re.compile(r"(?<!\s)(?:\s{2,}|\t)")
_SLASH = re.compile(r"\||/(?!a\b)|(?<!n)/", re.IGNORECASE)  # N/A is one answer
_COMMA = re.compile(r"[,;]")
_TOKEN = re.compile(r"\d{1,2}(?!\S)")
_LONGEST_ANSWER, _MOST_ANSWERS = 60, 30
_TRIMMED = " \t/|,;·-–—…._"
LEAST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Points:
    """A scale of numbers from `first` to `last`, and what its ends are called, if anything."""

    first: int
    last: int
    first_words: str = ""
    last_words: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its points in order."""
        step = 1 if self.first <= self.last else -1
        return tuple(str(number) for number in range(self.first, self.last + step, step))


@dataclass(frozen=True, slots=True)
class InlineAnswers:
    """What stands before the answers of a line, and the answers or the points of a scale."""

    before: str
    answers: tuple[str, ...] = ()
    points: Points | None = None


def inline_answers(text: str) -> InlineAnswers | None:
    """The answers on a line with the words before them; None for a line on which none stand beside each other."""
    return points_in(text) or _boxed(text) or _listed(text)


def answers_alone(text: str) -> InlineAnswers | None:
    """A line that holds nothing but answers, two or more."""
    found = points_in(text) or _boxed(text)
    if found:
        return found if not found.before else None
    parts = _parts_of(text)
    known = sum(map(is_answer, parts))
    return InlineAnswers("", parts) if len(parts) > 1 and known * 2 >= len(parts) else None


def boxed_alone(text: str) -> InlineAnswers | None:
    """A line that holds nothing but answers with a box each, two or more."""
    found = _boxed(text) if len(BOX.findall(text)) > 1 else None
    return found if found and not found.before else None


def short_parts(text: str) -> tuple[str, ...]:
    """The short parts of a line with slashes or wide gaps between, two or more; none for other lines."""
    parts = next((found for pattern in (_SLASH, _GAP) if len(found := _parts(text, pattern)) > 1), ())
    return parts if all(len(part) <= 40 for part in parts) and "?" not in text else ()


def points_in(text: str) -> InlineAnswers | None:
    """A line with numbers that rise or fall by one: `Was it loud? Not at all 1 2 3 4 5 Very`."""
    bare = " ".join(BOX.sub(" ", text).replace("|", " ").replace("(", " ").replace(")", " ").replace("…", " ").split())
    run = _run(bare)
    if not run:
        return None
    start, end, numbers = run
    before, low = _split_question(bare[:start].strip(_TRIMMED))
    high = bare[end:].strip(_TRIMMED)
    if len(low) > _LONGEST_ANSWER or len(high) > _LONGEST_ANSWER or "?" in high or bare[end:].startswith(("/", ":")):
        return None
    return InlineAnswers(before, points=Points(numbers[0], numbers[-1], low, high))


def points_of(answers: Sequence[str]) -> Points | None:
    """Answers, a line each, that are the points of a scale: `1` to `5`, with words at its ends or before and after."""
    plain = [answer.strip(_TRIMMED) for answer in answers]
    figures = [place for place, answer in enumerate(plain) if answer.isdecimal() and len(answer) <= 2]
    if len(figures) < LEAST_POINTS or figures != list(range(figures[0], figures[-1] + 1)):
        return None
    numbers = [int(plain[place]) for place in figures]
    if numbers not in (_rising(numbers), _rising(numbers)[::-1]) or numbers[0] not in (0, 1, numbers[0]):
        return None
    words = [plain[place] for place in range(len(plain)) if place not in set(figures)]
    if len(words) not in (0, 2):
        return None
    low, high = words or ("", "")
    return Points(numbers[0], numbers[-1], low, high)


def _rising(numbers: Sequence[int]) -> list[int]:
    return list(range(min(numbers), min(numbers) + len(numbers)))


def _run(text: str) -> tuple[int, int, list[int]] | None:
    """Where the first run of numbers that differ by one starts and ends; with commas, dashes or slashes between."""
    spaced = "".join(" " if sign in ",-–—/;_.·" else sign for sign in text)
    run: list[re.Match[str]] = []
    for found in _TOKEN.finditer(spaced):
        is_near = bool(run) and not spaced[run[-1].end() : found.start()].strip()
        if found.start() and not spaced[found.start() - 1].isspace():
            continue
        if run and (not is_near or not _follows(run, int(found[0]))):
            if len(run) >= LEAST_POINTS:
                break
            run = []
        run.append(found)
    numbers = [int(one[0]) for one in run]
    return (run[0].start(), run[-1].end(), numbers) if len(run) >= LEAST_POINTS else None


def _follows(run: Sequence[re.Match[str]], number: int) -> bool:
    last = int(run[-1][0])
    step = last - int(run[-2][0]) if len(run) > 1 else number - last
    return step in (1, -1) and number - last == step


def _boxed(text: str) -> InlineAnswers | None:
    """Answers each with a box, a bullet, a letter or a number before it, or a box after it."""
    marks = _marks(text)
    if len(marks) < 2:
        return None
    first, last = text[: marks[0].start()], text[marks[-1].end() :].strip()
    between = [text[one.end() : other.start()] for one, other in pairwise(marks)]
    if last:
        before, answers = first.strip(), [*between, last]
    else:
        before, label = _split_question(first)
        answers = [label, *between] if label else between
    parts = tuple(answer.strip(_TRIMMED) for answer in answers)
    return InlineAnswers(before, parts) if len(parts) > 1 and all(map(_can_be, parts)) else None


def _marks(text: str) -> list[re.Match[str]]:
    """The marks of the answers of a line: boxes, or letters or numbers that count on from the first."""
    boxes = list(_BESIDE.finditer(text))
    if len(boxes) > 1:
        return boxes
    letters = list(_LETTERED.finditer(text))
    if len(letters) > 1 and [one[1].lower() for one in letters] == list("abcdefgh"[: len(letters)]):
        return letters
    numbers = list(_NUMBERED.finditer(text))
    return numbers if len(numbers) > 1 and [int(one[1]) for one in numbers] == _rising([1] * len(numbers)) else []


def _split_question(text: str) -> tuple[str, str]:
    """A question and the label after it, at its mark, its widest gap, or its last known words."""
    mark = max(text.rfind("?"), text.rfind("؟"), text.rfind(":"))
    if mark >= 0:
        return text[: mark + 1].strip(), text[mark + 1 :].strip(_TRIMMED)
    gaps = list(_GAP.finditer(text.strip()))
    if gaps:
        return text.strip()[: gaps[-1].start()], text.strip()[gaps[-1].end() :].strip(_TRIMMED)
    return "", text.strip(_TRIMMED)


def _listed(text: str) -> InlineAnswers | None:
    """Known answers after a question: `Did you eat?  Yes   No`, `Was it warm – yes / no`."""
    mark = max(text.rfind("?"), text.rfind("؟"))
    if mark >= 0 and (rest := text[mark + 1 :].strip(f" ({_TRIMMED})[]")):
        parts = _parts_of(rest)
        if len(parts) > 1 and all(map(is_answer, parts)):
            return InlineAnswers(text[: mark + 1], parts)
    gaps = _parts(text, _GAP)
    if len(gaps) > 2 and all(map(is_answer, gaps[1:])) and not is_answer(gaps[0]):
        return InlineAnswers(gaps[0], gaps[1:])
    return None


def _parts_of(text: str) -> tuple[str, ...]:
    """The parts of a text at whatever parts it: slashes, wide gaps, commas, or only known words."""
    for pattern in (_SLASH, _GAP):
        if len(parts := _parts(text, pattern)) > 1:
            return parts
    row = in_a_row(text)
    if row:
        return row
    parts = _parts(text, _COMMA)
    last, _or, ending = parts[-1].rpartition(" or ") if parts else ("", "", "")
    return (*parts[:-1], last, ending) if last and plain_answer(ending) else parts


def _parts(text: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    parts = tuple(part.strip(" \t-–—•") for part in pattern.split(text.strip(f"{_TRIMMED}()")))
    is_list = 1 < len(parts) <= _MOST_ANSWERS and all(map(_can_be, parts))
    return parts if is_list else ()


def _can_be(part: str) -> bool:
    return 0 < len(part) <= _LONGEST_ANSWER and "?" not in part
