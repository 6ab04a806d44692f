"""Keys and codes from names that other programs allow, and from words."""

import re
import unicodedata
from collections.abc import Container

from surveyapp.model.questionnaire import OTHER_TEXT
from surveyapp.model.validation import CODE, KEY, KEY_LENGTH, RESERVED_KEYS

_WORD = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")
_WHOLE = re.compile(r"(-?[0-9]{1,12})\.0+")


def raw_name(text: str) -> str:
    """A name as it is compared: a whole number that a spreadsheet wrote with a decimal point is the number."""
    whole = _WHOLE.fullmatch(text.strip())
    return whole[1] if whole else text.strip()


def key_of(text: str, taken: Container[str], fallback: str) -> str:
    """A question's key that is like a name or its words, and not taken."""
    if KEY.fullmatch(text) and len(text) <= KEY_LENGTH and text not in RESERVED_KEYS:
        return _free(text, taken)
    key = _joined(text) or fallback
    if not KEY.fullmatch(key) or key in RESERVED_KEYS:
        key = f"q_{key}"[:KEY_LENGTH].rstrip("_")
    return _free(key, taken)


def code_of(text: str, taken: Container[str], fallback: str) -> str:
    """A choice's code that is like a name or its words, and not taken."""
    if CODE.fullmatch(text) and len(text) <= KEY_LENGTH and text != OTHER_TEXT:
        return _free(text, taken)
    code = _joined(text) or fallback
    return _free("other" if code == OTHER_TEXT else code, taken)


def _joined(text: str) -> str:
    """Small letters, digits and single underscores; whole words as far as they fit."""
    decomposed = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "").replace("ß", "ss"))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    joined = ""
    for word in _WORD.findall(plain[:300]):
        longer = f"{joined}_{word.lower()}".strip("_")
        if len(longer) > KEY_LENGTH:
            return joined or longer[:KEY_LENGTH]
        joined = longer
    return joined


def _free(name: str, taken: Container[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        ending = f"_{number}"
        free = name[: KEY_LENGTH - len(ending)].rstrip("_") + ending
    return free
