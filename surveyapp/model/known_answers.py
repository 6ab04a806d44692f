"""Answers that are known by their words, whoever wrote them: what doesn't count, excludes others, or asks for more."""

import re
from collections.abc import Iterable

from surveyapp.model.questionnaire import MISSING_CODES

MISSING = {
    "not_sure": "not sure|i am not sure|im not sure|unsure",
    "dont_know": "dont know|i dont know|do not know|i do not know|no idea",
    "not_applicable": "not applicable|n/a|na|does not apply|doesnt apply|this does not apply to me",
    "prefer_not_to_say": "prefer not to say|prefer not to answer|i prefer not to say|rather not say|id rather not say|"
    "i would rather not say|i do not want to say|i dont want to say|not willing to disclose",
}
EXCLUSIVE = ("none", "none of these", "none of the above", "none of them", "nothing", "no one", "nobody")
OTHER = re.compile(
    r"\A(?:other|another|something else|someone else)\b.*?"
    r"(?:please|specify|say|tell|which|what|who|write|:|\.{2,}|_{2,}|…)",
    re.IGNORECASE,
)
_LINE = " \t\n:_.…"
_STOPS = re.compile(r"[\s.!]+")
_MISSING_WORDS = {words: code for code, listed in MISSING.items() for words in listed.split("|")}


def folded(label: str) -> str:
    """An answer's words as they are compared."""
    return _STOPS.sub(" ", label.lower().replace("’", "'").replace("'", "")).strip()


def missing_code(label: str) -> str:
    """The code of an answer that doesn't count, by its words: `not_sure` for “I'm not sure.”; else nothing."""
    return _MISSING_WORDS.get(folded(label), "")


def is_exclusive(code: str, labels: Iterable[str]) -> bool:
    """Whether an answer of several excludes the others."""
    return code in MISSING_CODES or any(folded(label) in EXCLUSIVE for label in labels)


def asks_for_words(label: str) -> bool:
    """Whether an answer asks for other words: `Other (please say)`, `Other: ____`."""
    return bool(OTHER.match(label.strip()))


def without_line(label: str) -> str:
    """The words of an answer that asks for others, without the line or dots to write them on."""
    return label.rstrip(_LINE) or label
