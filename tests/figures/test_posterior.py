"""Intervals of a mean: against counting by hand, against chance, and against populations that are known."""

import random
from collections.abc import Sequence
from itertools import product
from math import gamma, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.coverage import POPULATIONS, coverage, of
from surveyapp.figures.posterior import PRIOR, Scale, atoms, chance_of_lower, interval_of
from surveyapp.figures.survey_figures import Facts, RatingFigures, Tally, compare, figures_of
from tests.factories import make_questionnaire
from tests.figures.samples import ORGANISER, OVERALL, each

DEMONSTRATION = (0, 2, 4, 14, 17)
TWELVE_FIVES = (0, 0, 0, 0, 12)


@pytest.mark.parametrize("counts", [DEMONSTRATION, TWELVE_FIVES, (3, 2, 2, 2, 3)])
@pytest.mark.parametrize("left_out", [1, 2, 5])
def test_how_the_people_left_out_answer_is_a_dirichlet_multinomial(counts: tuple[int, ...], left_out: int) -> None:
    by_hand: dict[int, float] = {}
    for more in product(range(left_out + 1), repeat=5):
        if sum(more) == left_out:
            total = sum(point * times for point, times in enumerate(more, start=1))
            by_hand[total] = by_hand.get(total, 0) + _unscaled([times + PRIOR for times in counts], more)
    scale = sum(by_hand.values())
    shares = [share for _mean, share in atoms(Scale(counts, left_out))]
    assert shares == pytest.approx([by_hand[total] / scale for total in sorted(by_hand)], abs=1e-9)


def test_the_demonstration_of_37_of_81_has_the_contracts_interval() -> None:
    """FI10: a mean's interval is of all who came, covers 93 in 100, and is none where nobody is left out."""
    low, high = interval_of(Scale(DEMONSTRATION, 44)) or (0, 0)
    assert (f"{low:.2f}", f"{high:.2f}") == ("3.98", "4.43")


@pytest.mark.parametrize("left_out", [None, 44, 300])
@pytest.mark.parametrize("counts", [DEMONSTRATION, TWELVE_FIVES, (6, 0, 0, 0, 6), (1, 0, 0, 0, 30)])
def test_chance_leaves_as_much_outside_as_the_interval_says(counts: tuple[int, ...], left_out: int | None) -> None:
    low, high = interval_of(Scale(counts, left_out)) or (0, 0)
    dice = random.Random(7)  # noqa: S311 -- the same draws in every run
    drawn = sorted(_drawn(dice, counts, left_out) for _ in range(4_000))
    assert low == pytest.approx(drawn[60], abs=0.07)
    assert high == pytest.approx(drawn[-60], abs=0.07)


def test_twelve_fives_do_not_say_that_everybody_thinks_so() -> None:
    low, high = interval_of(Scale(TWELVE_FIVES, 69)) or (0, 0)
    assert (f"{low:.2f}", high) == ("4.32", 5)


def test_nobody_left_out_leaves_no_interval() -> None:
    """FI10: a mean's interval is of all who came, covers 93 in 100, and is none where nobody is left out."""
    assert interval_of(Scale(TWELVE_FIVES, 0)) is None


def test_a_hundred_thousand_answers_have_a_narrow_interval() -> None:
    low, high = interval_of(Scale((3_000, 2_000, 40_000, 14_000, 41_000))) or (0, 0)
    assert high - low == pytest.approx(2 * 2.17 * 1.0703 / 100_000**0.5, rel=0.01)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(2, 12), min_size=5, max_size=5), st.integers(1, 40))
def test_the_interval_stays_in_what_is_possible(counts: list[int], left_out: int) -> None:
    scale = Scale(tuple(counts), left_out)
    low, high = interval_of(scale) or (0, 0)
    people = scale.n + left_out
    assert (scale.total + left_out) / people <= low <= high <= (scale.total + 5 * left_out) / people + 1e-12


@pytest.mark.parametrize("name", [name for name, shares in POPULATIONS.items() if len(shares) < 3])
@pytest.mark.parametrize("n", [10, 37])
def test_the_interval_holds_the_mean_in_93_of_100_samples(name: str, n: int) -> None:
    """FI10: a mean's interval is of all who came, covers 93 in 100, and is none where nobody is left out."""
    assert coverage(of(POPULATIONS[name], 81), n) >= 0.93


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        (Scale((0, 0, 4, 11, 22), 44), Scale((0, 2, 8, 14, 13), 44), "higher"),
        (Scale((0, 2, 8, 14, 13), 44), Scale((0, 0, 4, 11, 22), 44), "lower"),
        (Scale(DEMONSTRATION, 44), Scale(DEMONSTRATION), "about the same"),
        (Scale((0, 0, 0, 2, 10), 0), Scale((0, 0, 0, 3, 9), 0), "higher"),
        (Scale((0, 0, 0, 2, 10), 0), Scale((0, 0, 0, 2, 10), 0), "about the same"),
        (Scale((0, 0, 0, 0, 9), 44), Scale(DEMONSTRATION, 44), None),
        (None, Scale(DEMONSTRATION, 44), None),
    ],
)
def test_two_events_are_compared_by_their_difference(first: Scale | None, second: Scale | None, word: str) -> None:
    """FI11: two events are compared by the posterior of their difference."""
    assert compare(first, second) == word


def test_one_is_as_often_lower_as_the_other_is_higher() -> None:
    one, two = Scale(DEMONSTRATION, 44), Scale((1, 4, 6, 13, 13))
    assert chance_of_lower(one, two) + chance_of_lower(two, one) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("attendance", "interval"),
    [(None, ("4.25", "5.00")), (81, ("4.32", "5.00")), (12, None), (5, ("4.25", "5.00"))],
)
def test_a_rating_counts_on_those_who_came(attendance: int | None, interval: tuple[str, str] | None) -> None:
    tally = Tally(make_questionnaire(OVERALL)).fold(each("overall", ["5"] * 12))
    rating = figures_of(tally, Facts(attendance), ORGANISER).questions["overall"]
    assert isinstance(rating, RatingFigures)
    assert rating.interval == interval


def _unscaled(weights: Sequence[float], more: Sequence[int]) -> float:
    return prod(gamma(a + k) / gamma(a) / gamma(k + 1) for a, k in zip(weights, more, strict=True))


def _drawn(dice: random.Random, counts: tuple[int, ...], left_out: int | None) -> float:
    """The mean over all who came, drawn: a Dirichlet, and of so many left out one answer after another."""
    weights = [dice.gammavariate(times + PRIOR, 1) for times in counts]
    mean = sum(point * weight for point, weight in enumerate(weights, start=1)) / sum(weights)
    if left_out is None:
        return mean
    answered = sum(point * times for point, times in enumerate(counts, start=1))
    return (answered + sum(dice.choices(range(1, 6), weights, k=left_out))) / (sum(counts) + left_out)
