"""95 % intervals: Wilson for proportions, Student t for means.

Wilson score without continuity correction: Wilson 1927, as in Public Health England's PHEindicatormethods.
"""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import sqrt
from statistics import NormalDist

Interval = tuple[float, float]

Z = NormalDist().inv_cdf(0.975)


@lru_cache(maxsize=10_000)
def wilson(part: int, whole: int) -> Interval:
    """The interval of a proportion, each end from 0 to 1. Raises ZeroDivisionError where `whole` is 0."""
    share = part / whole
    spread = Z * sqrt(share * (1 - share) / whole + Z**2 / (4 * whole**2))
    middle = share + Z**2 / (2 * whole)
    scale = 1 + Z**2 / whole
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def student_t(freedom: int) -> float:
    """The 97.5 % point of Student's t, within 0.000005 from 9 degrees of freedom on.

    The Cornish-Fisher series of Abramowitz and Stegun, 26.7.5.
    """
    x = Z
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
        (27 * x**11 + 339 * x**9 + 930 * x**7 - 1782 * x**5 - 765 * x**3 + 17955 * x) / 368640,
    )
    return x + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))


def mean_interval(counts: Mapping[int, int], low: int = 1, high: int = 5) -> Interval:
    """The interval of the mean of values counted by value, clipped to the scale. Needs 10 values or more."""
    n = sum(counts.values())
    total = sum(value * times for value, times in counts.items())
    squares = sum(value**2 * times for value, times in counts.items())
    variance = Fraction(n * squares - total**2, n * (n - 1))
    spread = student_t(n - 1) * sqrt(variance / n)
    return max(low, total / n - spread), min(high, total / n + spread)
