"""What a translation must hold to whatever the language: the same gaps, the same numbers, digits that all can read."""

import re
from collections.abc import Iterator

GAP = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
NUMBER = re.compile(r"\d+", re.ASCII)
OTHER_DIGIT = re.compile(r"(?![0-9])\d")
COUNT = "%(num)d"
BAR = "|"
SHORT_LENGTH = 40


def translation_faults(english: str, said: str, *, counted: bool = False) -> Iterator[str]:
    """Sentences on what is wrong with one translation; a `counted` form may say its number in words, or not at all."""
    gaps, wanted = sorted(GAP.findall(said)), sorted(GAP.findall(english))
    if gaps != wanted and not (counted and gaps == [gap for gap in wanted if gap != COUNT]):
        yield f"The gaps of “{english}” are {', '.join(wanted) or 'none'}, not {', '.join(gaps) or 'none'}."
    missing = [] if counted else sorted(set(NUMBER.findall(english)) - set(NUMBER.findall(said)))
    if missing:
        yield f"“{english}” says {', '.join(missing)}; its translation does not."
    if OTHER_DIGIT.search(said):
        yield f"The translation of “{english}” must use the digits 0 to 9."
    if (english[:1].isspace(), english[-1:].isspace()) != (said[:1].isspace(), said[-1:].isspace()):
        yield f"The translation of “{english}” begins or ends with another space than the English."


def bar_faults(english: str, said: str) -> Iterator[str]:
    """Sentences on the short words after the bar, which words that are short themselves can do without."""
    easy, *short = said.split(BAR)
    if len(short) > 1 or any(not word.strip() for word in short):
        yield f"The translation of “{english}” has one bar at most, with short words after it."
    if BAR in english and len((short or [easy])[0].strip()) > SHORT_LENGTH:
        yield f"The translation of “{english}” needs short words after a bar, {SHORT_LENGTH} letters at most."
