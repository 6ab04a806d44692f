"""Figures of answers that are only ever counted (equality monitoring): totals, and none of fewer than ten people.

A question that fewer than ten answered is withheld whole. In the others, each count from 1 to 9 is withheld, and the
next smallest with it where the rest of the total would give it. How many skipped can't be known: totals stay when a
response is withdrawn, and nothing says whose they were. Nor how many people stand behind several answers.
"""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import replace
from typing import TypeVar

from surveyapp.figures.question_figures import (
    ChoiceFigures,
    CountedQuestion,
    QuestionFigures,
    RatingFigures,
    figures_of_cell,
    missing_codes,
)
from surveyapp.figures.suppression import Detail, hidden_cells
from surveyapp.figures.tally import Count
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question

Value = TypeVar("Value")
Totals = Mapping[tuple[str, str], int]
"""Question key and code, to how many chose it."""


def equality_figures(question: Question, totals: Totals, limit: int) -> QuestionFigures:
    """The totals of one unlinked question, hiding fewer than `limit`."""
    values = Counter({code: totals.get((question.key, code), 0) for code in question.codes})
    n = sum(values[code] for code in question.counting_codes)
    answered = values.total()
    # Of several answers nobody knows how many people stand behind them; the most frequent one has at least as many.
    people = max(values.values(), default=0) if kind_of(question).choosing == "several" else n or answered
    detail = Detail.HIDDEN if 0 < people < limit else Detail.FULL
    figures = figures_of_cell(CountedQuestion(question, Count(answered, n, 0, values), answered, detail))
    # Who skipped isn't known, since nothing joins these answers to a response.
    figures = replace(figures, skipped=None, not_shown=None)
    if isinstance(figures, ChoiceFigures) and kind_of(question).choosing == "several":
        # A share would be of people, and their number isn't known.
        figures = replace(figures, n=None, shares=None, share_intervals=None)
    hidden = _hidden_codes(question, values, limit)
    return _without(figures, hidden) if hidden and detail is Detail.FULL else figures


def _hidden_codes(question: Question, values: Mapping[str, int], limit: int) -> frozenset[str]:
    """Codes of too few people; `n` gives no total of the codes that don't count, so these need no company."""
    alone = {code for code in missing_codes(question) if 0 < values[code] < limit}
    return hidden_cells({code: values[code] for code in question.counting_codes}, limit) | alone


def _without(figures: QuestionFigures, hidden: Set[str]) -> QuestionFigures:
    """The figures without some codes' counts, and without what would tell them."""
    if isinstance(figures, RatingFigures):
        # The mean would give a hidden count with the others, so it goes too.
        bare = RatingFigures(n=figures.n, withheld=True)
        return replace(bare, counts=_blank(figures.counts, hidden), not_counted=_blank(figures.not_counted, hidden))
    if not isinstance(figures, ChoiceFigures):
        return figures
    return replace(
        figures,
        counts=_blank(figures.counts, hidden),
        not_counted=_blank(figures.not_counted, hidden),
        shares=_blank(figures.shares, hidden),
        share_intervals=_blank(figures.share_intervals, hidden),
        withheld=True,
    )


def _blank(values: Mapping[str, Value] | None, hidden: Set[str]) -> Mapping[str, Value | None] | None:
    return values and {code: None if code in hidden else value for code, value in values.items()}
