"""Intervals against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.figures.intervals import wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(31, 37, 0.689, 0.923), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (81, 263, 0.255, 0.366)],
)
def test_wilson_gives_the_published_ends(part: int, whole: int, low: float, high: float) -> None:
    """FI9: a proportion's interval is Wilson's."""
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-4)


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share_and_stays_in_bounds(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole + 1e-12
    assert part / whole - 1e-12 <= high <= 1
