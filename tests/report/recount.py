"""A second program: every number of a report, worked out again from the rows of `everything.zip` alone.

It shares no code with the app: CSV in, whole numbers and fractions out, rounded half up.
"""

import csv
from collections import Counter
from fractions import Fraction
from io import StringIO

GOOD = ("5", "4")


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of `responses.csv`."""
    return list(csv.DictReader(StringIO(text)))


def rated(rows: list[dict[str, str]], key: str) -> Counter[int]:
    """How often each point of a rating was given."""
    return Counter(int(row[key]) for row in rows if row[key] in ("1", "2", "3", "4", "5"))


def mean(counts: Counter[int], places: int = 2) -> str:
    """The average, half up."""
    return rounded(Fraction(sum(point * n for point, n in counts.items()), counts.total()), places)


def share(part: int, whole: int) -> str:
    """Whole per cent, half up."""
    return rounded(Fraction(100 * part, whole), 0)


def rounded(value: Fraction, places: int) -> str:
    """So many decimals, a half rounded up."""
    scaled = int(value * 10**places + Fraction(1, 2))
    digits = str(scaled).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits
