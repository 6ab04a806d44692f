"""Numbers as they are shown: rounded half up from the exact fraction, never from a float's nearest neighbour."""

from fractions import Fraction
from functools import lru_cache
from math import floor


@lru_cache(maxsize=10_000)  # a page shows some hundreds, the same ones at the next look
def half_up(value: Fraction | float, places: int = 0) -> str:
    """A number with so many decimals: 33/8 is "4.13", where `round(33/8, 2)` is 4.12."""
    scaled = floor(Fraction(value) * 10**places + Fraction(1, 2))
    whole, rest = divmod(abs(scaled), 10**places)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole}.{rest:0{places}}" if places else f"{sign}{whole}"


@lru_cache(maxsize=10_000)
def percent(part: int, whole: int) -> str:
    """A share in whole per cent. Raises ZeroDivisionError where there is nothing to share."""
    return half_up(Fraction(100 * part, whole))
