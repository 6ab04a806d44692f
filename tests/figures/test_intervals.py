"""Intervals against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.figures.intervals import mean_interval, student_t, wilson
from surveyapp.figures.survey_figures import RatingFigures, compare


@pytest.mark.parametrize(
    ("freedom", "point"),
    [(9, 2.262157), (10, 2.228139), (19, 2.093024), (30, 2.042272), (36, 2.028094), (99, 1.984217), (10**6, 1.959966)],
)
def test_students_point_is_that_of_the_printed_tables(freedom: int, point: float) -> None:
    assert student_t(freedom) == pytest.approx(point, abs=5e-6)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(31, 37, 0.689, 0.923), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (81, 263, 0.255, 0.366)],
)
def test_wilson_gives_the_published_ends(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-4)


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share_and_stays_in_bounds(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole + 1e-12
    assert part / whole - 1e-12 <= high <= 1


def test_a_mean_near_the_end_of_the_scale_is_clipped_to_it() -> None:
    low, high = mean_interval({5: 9, 1: 1})
    assert low == pytest.approx(3.695, abs=5e-4)
    assert high == 5


def test_people_who_all_say_the_same_leave_no_room() -> None:
    assert mean_interval({4: 12}) == (4, 4)


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        (("3.96", "4.53"), ("4.41", "4.81"), "about the same"),
        (("3.00", "3.50"), ("3.50", "4.00"), "about the same"),
        (("4.60", "4.80"), ("3.96", "4.53"), "higher"),
        (("3.00", "3.49"), ("3.50", "4.00"), "lower"),
        (None, ("3.50", "4.00"), None),
        (("3.50", "4.00"), None, None),
    ],
)
def test_two_events_are_compared_by_whether_their_intervals_meet(
    first: tuple[str, str] | None, second: tuple[str, str] | None, word: str | None
) -> None:
    assert compare(RatingFigures(interval=first), RatingFigures(interval=second)) == word
