"""Keys and codes from names that other programs allow, and from words."""

import re
import unicodedata
from collections.abc import Iterable

from surveyapp.model.questionnaire import OTHER_TEXT
from surveyapp.model.validation import CODE, KEY, KEY_LENGTH, RESERVED_KEYS

_WORD = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")
_WHOLE = re.compile(r"(-?[0-9]{1,12})\.0+")


class Names:
    """The names that are taken, and for each the number from which a free one like it is looked for.

    Without that, the thousandth question of the same words would try a thousand names.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(filter(None, taken))
        self._next: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._taken)

    def __contains__(self, name: str) -> bool:
        return name in self._taken

    def add(self, name: str) -> None:
        """Take a name."""
        self._taken.add(name)

    def free(self, name: str) -> str:
        """The name, or the first of `name_2`, `name_3` … that is not taken."""
        if name not in self._taken:
            return name
        number = self._next.get(name, 2)
        while (free := _numbered(name, number)) in self._taken:
            number += 1
        self._next[name] = number
        return free


def raw_name(text: str) -> str:
    """A name as it is compared: a whole number that a spreadsheet wrote with a decimal point is the number."""
    whole = _WHOLE.fullmatch(text.strip())
    return whole[1] if whole else text.strip()


def key_of(text: str, taken: Names, fallback: str) -> str:
    """A question's key that is like a name or its words, and not taken."""
    if KEY.fullmatch(text) and len(text) <= KEY_LENGTH and text not in RESERVED_KEYS:
        return taken.free(text)
    key = _joined(text) or fallback
    if not KEY.fullmatch(key) or key in RESERVED_KEYS:
        key = f"q_{key}"[:KEY_LENGTH].rstrip("_")
    return taken.free(key)


def code_of(text: str, taken: Names, fallback: str) -> str:
    """A choice's code that is like a name or its words, and not taken."""
    if CODE.fullmatch(text) and len(text) <= KEY_LENGTH and text != OTHER_TEXT:
        return taken.free(text)
    code = _joined(text) or fallback
    return taken.free("other" if code == OTHER_TEXT else code)


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


def _numbered(name: str, number: int) -> str:
    ending = f"_{number}"
    return name[: KEY_LENGTH - len(ending)].rstrip("_") + ending
