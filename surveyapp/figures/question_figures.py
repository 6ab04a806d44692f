"""Each kind's figures, as they are shown: counts as numbers; means, shares and intervals as strings; None = withheld.

`n` is the base of the shares beside it: the people who gave a counting answer. With the Friends and Family Test's
fixed wording it is all who answered, "don't know" too. A comment's `n` is every comment typed: those with nothing to
add, and the others, of which the first 200 are listed by the order of their ids, which says nothing of who came first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, assert_never

from surveyapp.figures.intervals import wilson
from surveyapp.figures.posterior import POINTS, Scale, interval_of
from surveyapp.figures.rounding import half_up, percent
from surveyapp.figures.suppression import ENOUGH, Detail
from surveyapp.figures.tally import NOTHING_TO_ADD, Count
from surveyapp.model.counting import LISTED
from surveyapp.model.kinds.nps import POINTS as NPS_POINTS
from surveyapp.model.kinds.registry import KINDS
from surveyapp.model.questionnaire import KindName, Question

Counts = Mapping[str, int | None]
Shown = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RatingFigures:
    """A rating: counts from the best; the mean's interval; positive's own interval in per cent, for the appendix."""

    kind: KindName = "rating5"
    n: int | None = None
    counts: Counts | None = None
    not_counted: Counts | None = None
    skipped: int | None = None
    not_shown: int | None = None
    mean: str | None = None
    interval: Shown | None = None
    top: str | None = None
    positive: str | None = None
    negative: str | None = None
    positive_interval: Shown | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceFigures:
    """One choice or several: `n` is people, shares are of them; the shares' intervals in per cent, for the appendix."""

    kind: KindName
    n: int | None = None
    counts: Counts | None = None
    shares: Mapping[str, str | None] | None = None
    not_counted: Counts | None = None
    skipped: int | None = None
    not_shown: int | None = None
    share_intervals: Mapping[str, Shown | None] | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class NumberFigures:
    """A whole number that was typed; the least and the greatest are one person's each, so they need 10 answers."""

    kind: KindName = "number"
    n: int | None = None
    skipped: int | None = None
    not_shown: int | None = None
    mean: str | None = None
    min: int | None = None
    max: int | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class NpsFigures:
    """How likely to recommend, counts from 10 to 0; the score is the per cent of 9 and 10 less that of 0 to 6."""

    kind: KindName = "nps"
    n: int | None = None
    counts: Counts | None = None
    skipped: int | None = None
    not_shown: int | None = None
    score: str | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment that says something."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class CommentFigures:
    """Comments typed, how many of them have nothing to add, and the others."""

    kind: KindName = "comment"
    n: int | None = None
    nothing_to_add: int | None = None
    comments: tuple[Comment, ...] | None = None
    skipped: int | None = None
    not_shown: int | None = None
    withheld: bool = False


QuestionFigures = RatingFigures | ChoiceFigures | NumberFigures | NpsFigures | CommentFigures


@dataclass(frozen=True, slots=True)
class CountedQuestion:
    """One question's count among so many responses, how much of it is shown, and whether comments may be listed.

    `came` is how many people could have answered; None where that isn't known.
    """

    question: Question
    count: Count
    responses: int
    detail: Detail
    lists_comments: bool = True
    came: int | None = None

    @property
    def base(self) -> int:
        """How many answers the shares are of."""
        return self.count.answered if self.question.scoring == "fft" else self.count.n

    def shared(self) -> dict[str, Any]:
        """The fields that every kind has."""
        return {
            "kind": self.question.kind,
            "n": self.base,
            "skipped": self.responses - self.count.answered - self.count.not_shown,
            "not_shown": self.count.not_shown,
            "withheld": self.detail < Detail.FULL,
        }

    def counted(self, *codes: str) -> dict[str, int | None]:
        """How many chose each code."""
        return {code: self.count.values[code] for code in codes}


def size_of(question: Question, count: Count) -> int:
    """The answers that decide how much is shown: those that count, or where there are none, those that don't."""
    return count.answered if question.scoring == "fft" or not count.n else count.n


def figures_of_cell(cell: CountedQuestion) -> QuestionFigures:
    """The figures of one cell. Raises ValueError for a question that asks nothing."""
    kind, is_hidden = cell.question.kind, cell.detail is Detail.HIDDEN
    match KINDS[kind].figures:
        case "rating":
            return RatingFigures(kind=kind, withheld=True) if is_hidden else _rating(cell)
        case "choices":
            return ChoiceFigures(kind=kind, withheld=True) if is_hidden else _choice(cell)
        case "number":
            return NumberFigures(kind=kind, withheld=True) if is_hidden else _number(cell)
        case "nps":
            return NpsFigures(kind=kind, withheld=True) if is_hidden else _nps(cell)
        case "comments":
            return CommentFigures(kind=kind, withheld=True) if is_hidden else _comments(cell)
        case "nothing":
            raise ValueError(f"{cell.question.key} asks nothing")
        case other:
            assert_never(other)


def missing_codes(question: Question) -> tuple[str, ...]:
    """The codes that don't count."""
    return tuple(choice.code for choice in question.choices if choice.missing)


def _rating(cell: CountedQuestion) -> RatingFigures:
    codes = sorted(cell.question.counting_codes, reverse=True)
    counts = {int(code): cell.count.values[code] for code in codes}
    shared = {**cell.shared(), "counts": cell.counted(*codes)}
    shared["not_counted"] = cell.counted(*missing_codes(cell.question))
    if cell.question.scoring == "mean":
        shared["mean"] = _mean(counts, cell.detail)
    if cell.base and cell.detail is Detail.FULL:
        shared |= _rating_shares(cell, counts)
    return RatingFigures(**shared)


def _rating_shares(cell: CountedQuestion, counts: Mapping[int, int]) -> dict[str, Any]:
    positive = counts.get(5, 0) + counts.get(4, 0)
    has_interval = cell.question.scoring == "mean" and cell.count.n >= ENOUGH
    return {
        "top": percent(counts.get(5, 0), cell.base),
        "positive": percent(positive, cell.base),
        "negative": percent(counts.get(2, 0) + counts.get(1, 0), cell.base),
        "interval": _interval(scale_of(counts, cell.came)) if has_interval else None,
        "positive_interval": _wilson_percent(positive, cell.base),
    }


def scale_of(counts: Mapping[int, int], came: int | None) -> Scale:
    """A rating's counts by point, with how many of those who came did not give one; unknown where more did."""
    n = sum(counts.values())
    return Scale(tuple(counts.get(point, 0) for point in POINTS), None if came is None or came < n else came - n)


def _interval(scale: Scale) -> Shown | None:
    found = interval_of(scale)
    return _shown(found, 2) if found else None


def _choice(cell: CountedQuestion) -> ChoiceFigures:
    counts = cell.counted(*cell.question.counting_codes)
    shared = {**cell.shared(), "counts": counts, "not_counted": cell.counted(*missing_codes(cell.question))}
    if cell.base and cell.detail is Detail.FULL:
        shared["shares"] = {code: percent(times or 0, cell.base) for code, times in counts.items()}
        shared["share_intervals"] = {code: _wilson_percent(times or 0, cell.base) for code, times in counts.items()}
    return ChoiceFigures(**shared)


def _number(cell: CountedQuestion) -> NumberFigures:
    values = {int(value): times for value, times in cell.count.values.items()}
    shared = {**cell.shared(), "mean": _mean(values, cell.detail)}
    if values and cell.detail is Detail.FULL:
        shared |= {"min": min(values), "max": max(values)}
    return NumberFigures(**shared)


def _nps(cell: CountedQuestion) -> NpsFigures:
    counts = cell.counted(*(str(value) for value in reversed(NPS_POINTS)))
    balance = sum((times or 0) * _nps_side(int(value)) for value, times in counts.items())
    score = percent(balance, cell.base) if cell.base and cell.detail is Detail.FULL else None
    return NpsFigures(**cell.shared(), counts=counts, score=score)


def _nps_side(value: int) -> int:
    return 1 if value >= 9 else -1 if value <= 6 else 0


def _comments(cell: CountedQuestion) -> CommentFigures:
    shared = {**cell.shared(), "nothing_to_add": cell.count.values[NOTHING_TO_ADD], "withheld": not cell.lists_comments}
    if cell.lists_comments:
        shared["comments"] = tuple(Comment(*comment) for comment in sorted(cell.count.comments)[:LISTED])
    return CommentFigures(**shared)


def _mean(counts: Mapping[int, int], detail: Detail) -> str | None:
    n = sum(counts.values())
    if not n or detail < Detail.ROUGH:
        return None
    exact = Fraction(sum(value * times for value, times in counts.items()), n)
    return half_up(exact, 2 if detail is Detail.FULL else 1)


def _wilson_percent(part: int, whole: int) -> Shown:
    low, high = wilson(part, whole)
    return _shown((100 * low, 100 * high), 1)


def _shown(interval: tuple[float, float], places: int) -> Shown:
    return half_up(interval[0], places), half_up(interval[1], places)
