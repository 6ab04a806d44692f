"""Names made from words: a question's key and a choice's code, unique among those that were ever taken.

A key names its column for ever, so it is made once, from the words as they first were, and never again.
"""

import unicodedata
from collections.abc import Collection

from surveyapp.model.questionnaire import MISSING_CODES, OTHER_TEXT
from surveyapp.model.validation import KEY_LENGTH, RESERVED_KEYS

_SMALL = (
    "a about an and are at by can could did do does for from good had has have how i in is it its me my of on or our "
    "overall please rate so some tell that the their there these they this to us was we were what when where which "
    "who why will with would you your"
)
SMALL_WORDS = frozenset(_SMALL.split())
LONGEST_BASE = KEY_LENGTH - 4


def key_from(words: str, taken: Collection[str]) -> str:
    """A question's key: the words that say what it is about, `food` for “How was the food?”."""
    base = _base(words, "question")
    if not base[0].isalpha():
        base = f"q_{base}"[:LONGEST_BASE].strip("_")
    return _unique(base, RESERVED_KEYS.union(taken))


def code_from(words: str, taken: Collection[str]) -> str:
    """A choice's code; never one that a choice which counts may not have."""
    return _unique(_base(words, "choice"), MISSING_CODES.union(taken, {OTHER_TEXT}))


def _base(words: str, otherwise: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower().replace("'", "")
    parts = "".join(character if character.isalnum() else " " for character in plain).split()
    telling = [part for part in parts if part not in SMALL_WORDS] or parts or [otherwise]
    base = telling[0][:LONGEST_BASE]
    for part in telling[1:4]:
        if len(base) + 1 + len(part) <= LONGEST_BASE:
            base = f"{base}_{part}"
    return base


def _unique(base: str, taken: Collection[str]) -> str:
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}_{number}"
    return name
