"""Equality answers are totals only, and none of fewer than ten people."""

from typing import Any

import pytest

from surveyapp.figures.survey_figures import Audience, Facts, Tally, figures_of
from surveyapp.model.questionnaire import Question
from tests.factories import make_questionnaire
from tests.figures.samples import ORGANISER, OVERALL, PUBLIC, choosing, each, seen

CONDITION = choosing("eq_condition", "single", "yes", "no", "prefer_not_to_say", linked=False)
ETHNIC = choosing("eq_ethnic", "single", "asian", "black", "mixed", "white", linked=False)


def totals(asked: Question, *counts: int, audience: Audience = ORGANISER) -> Any:
    """The figures of an unlinked question whose codes were chosen so often."""
    unlinked = {(asked.key, code): n for code, n in zip(asked.codes, counts, strict=False)}
    return seen(asked, [], audience, Facts(unlinked=unlinked)).questions[asked.key]


@pytest.mark.parametrize("audience", [ORGANISER, PUBLIC, Audience(public=True, small_group=5)])
def test_a_question_that_few_answered_is_withheld_from_everybody(audience: Audience) -> None:
    """FI18: equality answers are totals of ten or more."""
    figures = totals(CONDITION, 5, 4, audience=audience)
    assert (figures.n, figures.counts, figures.shares, figures.not_counted) == (None, None, None, None)
    assert figures.withheld


def test_totals_of_ten_or_more_are_shown() -> None:
    """FI18: equality answers are totals of ten or more."""
    figures = totals(CONDITION, 10, 30, 12)
    assert (figures.n, figures.counts, figures.shares) == (40, {"yes": 10, "no": 30}, {"yes": "25", "no": "75"})
    assert (figures.not_counted, figures.withheld) == ({"prefer_not_to_say": 12}, False)
    assert (figures.skipped, figures.not_shown) == (None, None)


def test_a_single_small_total_is_hidden_with_the_next_smallest() -> None:
    figures = totals(ETHNIC, 11, 2, 0, 40)
    assert (figures.n, figures.counts) == (53, {"asian": None, "black": None, "mixed": 0, "white": 40})
    assert figures.shares == {"asian": None, "black": None, "mixed": "0", "white": "75"}
    assert figures.withheld


def test_few_who_preferred_not_to_say_are_hidden_alone() -> None:
    figures = totals(CONDITION, 10, 30, 3)
    assert (figures.counts, figures.not_counted) == ({"yes": 10, "no": 30}, {"prefer_not_to_say": None})


def test_a_rating_with_a_hidden_total_has_no_mean_that_tells_it() -> None:
    asked = choosing("eq_trust", "rating5", "5", "4", "3", "2", "1", linked=False)
    figures = totals(asked, 30, 20, 12, 3, 0)
    assert figures.counts == {"5": 30, "4": 20, "3": None, "2": None, "1": 0}
    assert (figures.n, figures.mean, figures.positive) == (65, None, None)


def test_people_behind_several_answers_are_not_known() -> None:
    asked = choosing("eq_needs", "multiple", "hearing", "sight", "moving", linked=False)
    figures = totals(asked, 12, 11, 14)
    assert (figures.n, figures.shares, figures.withheld) == (None, None, False)
    assert figures.counts == {"hearing": 12, "sight": 11, "moving": 14}
    assert totals(asked, 9, 9, 9).counts is None


def test_nobody_answered_them() -> None:
    figures = totals(CONDITION)
    assert (figures.n, figures.counts, figures.withheld) == (0, {"yes": 0, "no": 0}, False)


def test_unlinked_answers_are_in_no_breakdown() -> None:
    asked = make_questionnaire(OVERALL, CONDITION)
    tally = Tally(asked).fold(each("overall", ["5"] * 12, "a"))
    figures = figures_of(tally, Facts(unlinked={("eq_condition", "yes"): 12}), ORGANISER)
    assert figures.breakdowns["group"]["a"].questions.keys() == {"overall"}
    assert figures.questions.keys() == {"overall", "eq_condition"}
