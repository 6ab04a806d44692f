"""What the wording check found: which rule, how grave, where, and what to do about it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
Part = Literal["title", "question", "help", "note", "choice"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One rule that one text breaks: the rule's number in `RULES`, and a sentence that says what to do."""

    rule: int
    severity: Severity
    sentence: str


@dataclass(frozen=True, slots=True)
class WordingFinding:
    """A remark and its place: an empty `question` means the whole survey, an empty `choice` the question itself."""

    remark: Remark
    language: str
    question: str = ""
    part: Part | None = None
    choice: str = ""


TextRule = Callable[[str, Part], Iterator[Remark]]

RULES = {
    1: "Short sentences",
    2: "One idea in a sentence",
    3: "Easy words",
    4: "The same word for the same thing",
    5: "No initials",
    6: "Say who does it, and say “you”",
    7: "Say what is, not what is not",
    8: "No percentages, large numbers or Roman numerals",
    9: "Numbers as figures",
    10: "No figures of speech",
    11: "No foreign words and shortenings",
    12: "Little punctuation",
    13: "No words in capitals",
    14: "“Do not” in full",
    15: "Large letters",
    16: "A picture for each idea",
    17: "Pictures for adults, with a description",
    18: "Few questions",
    19: "Do not lead people to an answer",
    20: "Ask plainly, not whether people agree",
    21: "Say who asks, why, how long it takes, and that people can stop",
    22: "Checked by people with a learning disability",
}
"""Rules by their number in the research behind this product, after GOV.UK "Accessible communication formats", the
Department of Health's "Making written information easier to understand" (2010), Inclusion Europe's "Information for
all" and W3C's "Making Content Usable". Rule 15 is kept by the pages themselves, so that no text can break it; of rule
21 the pages say who asks, why and that one can stop."""


def error(rule: int, sentence: str) -> Remark:
    """Something that withholds the mark "easy-read wording complete"."""
    return Remark(rule, "error", sentence)


def warning(rule: int, sentence: str) -> Remark:
    """Something to think about."""
    return Remark(rule, "warning", sentence)
