"""Whether a question, by its words, asks what its answers describe people by: their role, their age, where they live.

A hint in English, from which a question's mark is preset; the organiser's own mark always comes first.
"""

import re

from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question

_WORDS = re.compile(
    r"\b(roles?|ages?|aged|how old|age (band|group)|gender|sex|sexual(ity| orientation)|ethnic\w*|religio\w*|belief"
    r"|disab\w+|impairment|pregnan\w*|marital|married|nationality|postcode|occupation|profession\w*"
    r"|who (are you|you are)|describes? you( best)?|are you (an? |the )?(patient|carer|parent|member|volunteer|staff)"
    r"|(your|which) (job|ward|team|department|organi[sz]ation|employer|school|clinic|practice)"
    r"|where (do you|you) (live|work|come from)|which (area|borough|county|town) )\b",
    re.IGNORECASE,
)


def may_describe_people(question: Question) -> bool:
    """Whether a question's answers stand in rows and are of a kind that people can be told apart by."""
    return question.linked and kind_of(question).describes_people


def describes_people(question: Question) -> bool:
    """Whether people are told apart by it: as it is marked, else as its words say."""
    if not may_describe_people(question):
        return False
    if question.describes_people is not None:
        return question.describes_people
    return seems_to_describe_people(question.key, " ".join(wording.standard for wording in question.words.values()))


def seems_to_describe_people(key: str, words: str) -> bool:
    """Whether a question's key or its words name something by which people are told apart."""
    return bool(_WORDS.search(f"{key.replace('_', ' ')} · {words} "))
