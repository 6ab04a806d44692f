"""What people wrote in their own words: how a comment is named, and when it has nothing to add."""

import hmac
import re
import unicodedata

_NOTHING = frozenset(
    {
        "nothing", "nothing to add", "nothing to say", "nothing really", "nothing at all", "nothing else",
        "nothing more", "nothing comes to mind", "nothing to change", "none", "none at all", "no", "nope", "nah", "nil",
        "null", "na", "n a", "n/a", "n.a", "not applicable", "no comment", "no comments", "no thanks", "no thank you",
        "did not answer",
    }
)  # fmt: skip

_TITLES = "Dr|Doctor|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Sister|Nurse|Sir|Dame"
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_TRACES = {
    "email": re.compile(r"[^\s@]@[^\s@]+\.[^\s@]{2}"),
    "phone": re.compile(r"(?<![\w+])\+?\d(?:[\s().-]{0,2}\d){9,13}(?!\w)"),
    "postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
    "name": re.compile(rf"\b(?:{_TITLES})\.? {_CAPITAL}\w|\b[Mm]y name is\b|[\w,;] {_CAPITAL}[\w'’-]+ {_CAPITAL}\w"),
}
_STOPS = frozenset(".,;:!/*…\"'()[]")


def comment_id(key: bytes, response_id: str, question_key: str) -> str:
    """A comment's name, 16 hex digits: the same in pages, exports and notes, as long as the response stands.

    `key` is the installation's, without which nobody can tell whose response it is beside.
    """
    return hmac.digest(key, f"{response_id}:{question_key}".encode(), "sha256").hex()[:16]


def is_nothing_to_add(text: str) -> bool:
    """Whether a comment only says that there is none: "Nothing.", "n/a", "-", spaces; not "Nothing, it was perfect"."""
    first = next((place for place, character in enumerate(text) if not _is_blank(character)), None)
    if first is None:
        return True
    last = next(place for place in range(len(text), 0, -1) if not _is_blank(text[place - 1]))
    return " ".join(text[first:last].split()).casefold() in _NOTHING


def traces(text: str) -> tuple[str, ...]:
    """What in a comment may say who somebody is: "email", "phone", "postcode", "name"; plain cases only.

    A hint for whoever reads it before it is passed on. Most names are not seen, and some places look like one.
    """
    return tuple(what for what, sign in _TRACES.items() if sign.search(text))


def traced(text: str) -> tuple[str, ...]:
    """The very places in a comment that may say who somebody is, in whole words as they stand there; each once."""
    places = (_in_whole_words(text, found) for sign in _TRACES.values() for found in sign.finditer(text))
    return tuple(dict.fromkeys(places))


def _in_whole_words(text: str, found: re.Match[str]) -> str:
    start, end = found.span()
    start += 2 if found[0][1:2] == " " and found[0][0].islower() else 0  # a name begins after the word before it
    start = max((place + 1 for place in range(start) if text[place].isspace()), default=0)
    end = next((place for place in range(end, len(text)) if text[place].isspace()), len(text))
    return text[start:end].strip(" ,;:.!?\n")


def _is_blank(character: str) -> bool:
    """Spaces, invisible marks, dashes, stops and quotes say nothing; an emoji or a question mark does."""
    return character in _STOPS or unicodedata.category(character) in {"Zs", "Cc", "Cf", "Pd", "Pc", "Pi", "Pf"}
