"""A question's key and a choice's code, made from words or from another program's names, each free when it is made.

A key names its column for ever, so it is made once, from the words as they first were, and never again. The same words
get the same name whether they are typed in the editor, pasted, or read from a file.
"""

import re
import unicodedata
from collections.abc import Iterable

from surveyapp.model.questionnaire import MISSING_CODES, OTHER_TEXT
from surveyapp.model.validation import CODE, KEY, KEY_LENGTH, RESERVED_KEYS

# What nearly every question has and no column needs. Words that turn a meaning round or place it (not, at, did) stay.
_SMALL = (
    "a about an and are by can could do does for from had has have how i in is it its me my of on or our overall "
    "please rate so some tell that the their there these they this to us was we were what when where which who why "
    "will with would you your"
)
SMALL_WORDS = frozenset(_SMALL.split())
_TELLING = 4  # words that a key is made of at most
_READ = 300  # characters of a question or an answer that are looked at
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


def key_from_words(words: str, taken: Names) -> str:
    """A question's key: the words that say what it is about, `food` for “How was the food?”."""
    parts = _parts(words)
    telling = [part for part in parts if part not in SMALL_WORDS] or parts
    return taken.free(_allowed_key(_joined(telling[:_TELLING]) or "question"))


def code_from_words(words: str, taken: Names) -> str:
    """A choice's code: its words, none left out, as an answer is short and `not_all` is not `not_at_all`."""
    return _free_code(_joined(_parts(words)) or "answer", taken)


def key_from_name(name: str, taken: Names) -> str:
    """A question's key that is the name which another program gave it, or like it."""
    if KEY.fullmatch(name) and len(name) <= KEY_LENGTH and name not in RESERVED_KEYS:
        return taken.free(name)
    return taken.free(_allowed_key(_joined(_parts(name)) or "question"))


def code_from_name(name: str, taken: Names) -> str:
    """A choice's code that is the name which another program gave it, or like it."""
    is_code = CODE.fullmatch(name) and len(name) <= KEY_LENGTH
    return _free_code(name if is_code else _joined(_parts(name)) or "answer", taken)


def raw_name(text: str) -> str:
    """A name as it is compared: a whole number that a spreadsheet wrote with a decimal point is the number."""
    whole = _WHOLE.fullmatch(text.strip())
    return whole[1] if whole else text.strip()


def _allowed_key(key: str) -> str:
    if KEY.fullmatch(key) and key not in RESERVED_KEYS:
        return key
    return f"q_{key}"[:KEY_LENGTH].rstrip("_")


def _free_code(code: str, taken: Names) -> str:
    """A free code that says nothing false: other words' field and the codes that don't count are never given so."""
    if code == OTHER_TEXT:
        code = "other"
    free = taken.free(code)
    if free in MISSING_CODES:
        taken.add(free)
        free = taken.free(code)
    return free


def _parts(text: str) -> list[str]:
    """The Latin words and numbers of a text, in small letters."""
    decomposed = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "").replace("ß", "ss"))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return [word.lower() for word in _WORD.findall(plain[:_READ])]


def _joined(parts: Iterable[str]) -> str:
    """Words with single underscores between: whole ones, as many as fit."""
    joined = ""
    for part in parts:
        longer = f"{joined}_{part}".strip("_")
        if len(longer) > KEY_LENGTH:
            return joined or longer[:KEY_LENGTH]
        joined = longer
    return joined


def _numbered(name: str, number: int) -> str:
    ending = f"_{number}"
    return name[: KEY_LENGTH - len(ending)].rstrip("_") + ending
