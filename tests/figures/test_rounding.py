"""Numbers are rounded half up from the exact fraction."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.figures.rounding import half_up, percent


def test_a_half_goes_up_where_a_float_would_go_down() -> None:
    """FI2: a mean over 5 to 1 alone, two places from ten answers, half up from the exact fraction."""
    assert half_up(Fraction(33, 8), 2) == "4.13"
    assert round(33 / 8, 2) == 4.12


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(157, 37), 2, "4.24"),
        (Fraction(5), 2, "5.00"),
        (Fraction(9, 2), 0, "5"),
        (Fraction(1, 20), 1, "0.1"),
        (Fraction(-1, 2), 0, "0"),
        (Fraction(-25, 2), 0, "-12"),
        (Fraction(-11, 8), 1, "-1.4"),
    ],
)
def test_a_number_keeps_its_places_and_its_sign(value: Fraction, places: int, shown: str) -> None:
    assert half_up(value, places) == shown


@pytest.mark.parametrize(("part", "whole", "shown"), [(37, 81, "46"), (1, 8, "13"), (1, 200, "1"), (1, 201, "0")])
def test_a_share_is_a_whole_per_cent(part: int, whole: int, shown: str) -> None:
    assert percent(part, whole) == shown


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_any_number_is_shown_within_half_a_unit_and_never_below_at_a_half(value: Fraction, places: int) -> None:
    difference = Fraction(half_up(value, places)) - value
    unit = Fraction(1, 10**places)
    assert -unit / 2 < difference <= unit / 2
