"""What a report says of one question: its numbers as they were frozen, and the sentences that they make."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from flask_babel import gettext, ngettext

from surveyapp.figures.intervals import wilson
from surveyapp.figures.posterior import Scale, interval_of
from surveyapp.figures.question_figures import scale_of
from surveyapp.figures.rounding import half_up, percent
from surveyapp.figures.suppression import ENOUGH, FEW
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question
from surveyapp.rendering.localized_text import LocalizedText, localized_text

GOOD, BAD = ("5", "4"), ("2", "1")
MARKS = {"5": "very_good", "4": "good", "3": "okay", "2": "bad", "1": "very_bad"}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer: its words, how many gave it (None: withheld), and its share in whole per cent, if shown."""

    code: str
    words: LocalizedText
    count: int | None
    share: str = ""


@dataclass(frozen=True, slots=True)
class QuestionFinding:
    """One question of a report; `good` is how many gave the best two answers, `scale` a rating's counts, if shown."""

    question: Question
    title: LocalizedText
    n: int | None
    rows: tuple[AnswerRow, ...] = ()
    beside: tuple[AnswerRow, ...] = ()
    mean: str = ""
    good: int | None = None
    scale: Scale | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)
    came: int | None = None

    @property
    def facts(self) -> tuple[str, ...]:
        """The sentences under its table in the long report; intervals are worked out only where they are read."""
        return tuple(_facts(self, self.figures, self.came))

    @property
    def key(self) -> str:
        """The question's key."""
        return self.question.key

    @property
    def is_rating(self) -> bool:
        """Whether it was rated from 1 to 5."""
        return kind_of(self.question).figures == "rating"

    @property
    def chose_several(self) -> bool:
        """Whether people could choose several answers, so that it has more answers than people."""
        return kind_of(self.question).choosing == "several"

    @property
    def is_empty(self) -> bool:
        """Whether nobody answered it."""
        return self.n == 0

    @property
    def best(self) -> tuple[AnswerRow, ...]:
        """A rating's best two answers."""
        return tuple(row for row in self.rows if row.code in GOOD)

    @property
    def shown_rows(self) -> tuple[AnswerRow, ...]:
        """The answers that somebody gave; zero rows of a long list only cost paper. A rating keeps all its points."""
        return self.rows if self.is_rating else tuple(row for row in self.rows if row.count != 0)

    @property
    def bar(self) -> str:
        """What a mean is between 1 and 5, from the left of the scale, in per cent."""
        return half_up(Fraction(self.mean) * 25 - 25, 1) if self.mean else ""


def finding(
    question: Question, figures: Mapping[str, Any], attendance: int | None, language: str = "en"
) -> QuestionFinding:
    """What is shown of a question in a frozen document; `attendance` as it is known now."""
    counts: Mapping[str, int | None] = figures.get("counts") or {}
    n, base = figures.get("n"), (figures.get("n") or 0)
    has_shares = base >= ENOUGH and not figures.get("withheld")
    words = {choice.code: localized_text(choice.words, language) for choice in question.choices}
    rows = tuple(
        AnswerRow(
            code,
            words.get(code, LocalizedText(code)),
            count,
            percent(count, base) if has_shares and count is not None else "",
        )
        for code, count in counts.items()
    )
    beside = tuple(AnswerRow(code, words[code], count) for code, count in (figures.get("not_counted") or {}).items())
    found = QuestionFinding(
        question, localized_text(question.words, language), n, rows, beside, figures.get("mean") or ""
    )
    if kind_of(question).figures == "rating" and counts and None not in counts.values():
        found = _rated(found, {int(code): times or 0 for code, times in counts.items()}, attendance)
    return replace(found, figures=figures, came=attendance)


def _rated(found: QuestionFinding, counts: Mapping[int, int], attendance: int | None) -> QuestionFinding:
    return replace(found, good=counts.get(5, 0) + counts.get(4, 0), scale=scale_of(counts, attendance))


def good_labels(found: QuestionFinding) -> str:
    """“Good” or “Very good”, in the survey's own words."""
    names = [row.words.text for row in reversed(found.best)]
    return gettext(" or ").join(f"“{name}”" for name in names)


def good_sentence(found: QuestionFinding) -> str:
    """31 of 37 people said “Good” or “Very good” (84%). Nothing where that isn't shown."""
    if not found.good and found.good != 0:
        return ""
    n = found.n or 0
    if not n:
        return ""
    said = {"good": found.good, "n": n, "words": good_labels(found)}
    if n < ENOUGH:
        return gettext("%(good)s of %(n)s people said %(words)s.", **said)
    return gettext("%(good)s of %(n)s people said %(words)s (%(percent)s%%).", percent=percent(found.good, n), **said)


def bound_sentence(found: QuestionFinding, attendance: int | None) -> str:
    """Of all 81 who came, between 38% and 93% think so: the bound that assumes nothing; empty where it isn't known."""
    if found.good is None or not found.n or found.n < ENOUGH or attendance is None or attendance < found.n:
        return ""
    left = attendance - found.n
    low, high = percent(found.good, attendance), percent(found.good + left, attendance)
    if not left:
        return gettext("Everybody answered.")
    return gettext(
        "Of all %(people)s who came, between %(low)s%% and %(high)s%% think so.", people=attendance, low=low, high=high
    )


def mean_sentence(found: QuestionFinding) -> str:
    """4.24 out of 5 (37 answers)."""
    if not found.mean or not found.is_rating:
        return ""
    answers = ngettext("%(num)s answer", "%(num)s answers", found.n or 0)
    return gettext("%(mean)s out of 5 (%(answers)s)", mean=found.mean, answers=answers)


def _facts(found: QuestionFinding, figures: Mapping[str, Any], attendance: int | None) -> Iterator[str]:
    """The sentences under a question's table in the long report."""
    if found.n is None:
        yield gettext("Fewer than %(few)s people answered. Nothing is shown.", few=FEW)
        return
    if found.is_rating:
        yield from _rating_facts(found, figures, attendance)
    kind = kind_of(found.question)
    if kind.figures == "nps" and figures.get("score") is not None:
        yield gettext("Score %(score)s: the share of 9 and 10, less the share of 0 to 6.", score=figures["score"])
    if kind.figures == "number" and figures.get("mean") is not None:
        yield gettext("Average: %(mean)s.", mean=figures["mean"])
    if kind.figures == "comments" and found.n:
        yield ngettext("%(num)s person wrote something.", "%(num)s people wrote something.", found.n)
    if figures.get("skipped"):
        yield ngettext("%(num)s person skipped this.", "%(num)s people skipped this.", figures["skipped"])


def _rating_facts(found: QuestionFinding, figures: Mapping[str, Any], attendance: int | None) -> Iterator[str]:
    yield from filter(None, (mean_sentence(found), good_sentence(found), bound_sentence(found, attendance)))
    n = found.n or 0
    if n < ENOUGH or found.good is None:
        return
    low, high = wilson(found.good, n)
    if figures.get("mean") is not None and found.scale is not None and (ends := interval_of(found.scale)):
        yield gettext(
            "The average of all who came is probably between %(low)s and %(high)s.",
            low=half_up(ends[0], 2),
            high=half_up(ends[1], 2),
        )
    yield gettext(
        "If others like these were asked, probably %(low)s%% to %(high)s%% would say so.",
        low=half_up(100 * low, 1),
        high=half_up(100 * high, 1),
    )
