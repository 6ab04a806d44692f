"""What people type and paste, read as they mean it: digits of every script, and marks that nobody sees."""

import unicodedata

_MINUS = frozenset("-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d")
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_BLANK_LETTERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # fillers and an empty Braille cell, which Unicode calls letters
)


def is_seen(character: str) -> bool:
    """Whether a character shows anything: no space, control, direction mark, selector or filler does."""
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return unicodedata.category(character) not in _UNSEEN and character not in _BLANK_LETTERS and not is_selector


def says_something(text: str) -> bool:
    """Whether there is a character in it that can be seen."""
    return any(is_seen(character) for character in text)


def plain_number(text: str) -> str:
    """A number as it was typed, in the digits 0 to 9 and without what isn't seen; all else in it stays as it is.

    Every Unicode decimal digit is one, whatever its script; a minus sign may be any dash.
    """
    seen = [character for character in text if is_seen(character)]
    digits = "".join(str(unicodedata.decimal(character, character)) for character in seen)
    return "-" + digits[1:] if digits[:1] in _MINUS else digits
