"""95 % intervals of proportions. Those of means are in `posterior`.

Wilson score without continuity correction: Wilson 1927, as in Public Health England's PHEindicatormethods.
"""

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
