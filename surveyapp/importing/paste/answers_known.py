"""Answers that many questionnaires offer, known by their words: agreeing, how often, how likely, ages, yes and no."""

import re

from surveyapp.importing.scales import is_known_answer
from surveyapp.model.known_answers import EXCLUSIVE, asks_for_words, folded

_DEGREES = (
    "agree|disagree|strongly agree|strongly disagree|slightly agree|slightly disagree|somewhat agree|somewhat disagree|"
    "tend to agree|tend to disagree|agree strongly|disagree strongly|mostly agree|mostly disagree|"
    "neither agree nor disagree|neither agree or disagree|undecided|"
    "always|often|usually|sometimes|rarely|never|occasionally|seldom|most of the time|some of the time|"
    "all of the time|none of the time|every day|daily|weekly|monthly|yearly|"
    "not at all|a little|a bit|somewhat|quite a bit|quite a lot|very much|a lot|to some extent|to a great extent|"
    "completely|mostly|partly|partially|extremely|very|moderately|slightly|fairly|quite|not very|not much|"
    "likely|very likely|quite likely|fairly likely|extremely likely|unlikely|very unlikely|quite unlikely|"
    "extremely unlikely|neither likely nor unlikely|definitely|probably|probably not|definitely not|possibly|maybe|"
    "perhaps|not likely|not at all likely|not likely at all|"
    "excellent|outstanding|satisfactory|unsatisfactory|adequate|inadequate|good|poor|fair|great|fine|bad|"
    "fairly good|fairly poor|quite good|quite poor|neither good nor poor|neither good nor bad|extremely good|"
    "extremely poor|above average|below average|acceptable|unacceptable|"
    "satisfied|dissatisfied|fairly satisfied|fairly dissatisfied|quite satisfied|quite dissatisfied|"
    "extremely satisfied|extremely dissatisfied|somewhat satisfied|somewhat dissatisfied|"
    "useful|very useful|quite useful|fairly useful|not useful|not very useful|not useful at all|not at all useful|"
    "extremely useful|somewhat useful|helpful|very helpful|quite helpful|fairly helpful|not helpful|not very helpful|"
    "not helpful at all|not at all helpful|extremely helpful|somewhat helpful|unhelpful|very unhelpful|"
    "important|very important|quite important|not important|not very important|not at all important|unimportant|"
    "easy|fairly easy|quite easy|difficult|fairly difficult|quite difficult|hard|fairly hard|"
    "interesting|very interesting|not interesting|clear|very clear|unclear|not clear|relevant|very relevant|"
    "not relevant|confident|very confident|not confident|not very confident|comfortable|very comfortable|"
    "uncomfortable|safe|very safe|unsafe|happy|sad|unhappy|"
    "too long|too short|about right|just right|too much|too little|too fast|too slow|too many|too few|right|wrong|"
    "much better|better|a bit better|the same|about the same|no change|worse|a bit worse|much worse|"
    "high|medium|low|very high|very low|none|some|all|"
    "yes definitely|yes completely|yes partly|yes to some extent|yes mostly|yes a little|yes a lot|yes always|"
    "yes sometimes|no not really|no not at all|not really|not yet|not always|mixed|"
    "male|female|man|woman|non-binary|prefer to self-describe|n/a|y|n|true|false|don't know|other"
)
_YES = "ydw|ie|oes|oedd|do|byddaf|نعم|oui|sí|si|ja|tak|sim|da|হ্যাঁ|جی ہاں|ہاں|ਹਾਂ|haa|是|evet"
_NO = "nac ydw|na|nage|nac oes|nac oedd|naddo|na fyddaf|لا|non|nein|nie|não|nao|nu|না|نہیں|ਨਹੀਂ|maya|否|hayır"
YES, NO = (frozenset(map(folded, words.split("|"))) for words in (_YES, _NO))
KNOWN = frozenset(map(folded, _DEGREES.split("|"))) | YES | NO
LONGEST_KNOWN = 5
_BAND = re.compile(
    r"(?:(?:under|over|below|above|less than|more than|up to|aged?)\s+)?[£$€]?\d[\d,.]{0,8}%?"
    r"(?:\s*(?:-|–|—|to|and)\s*[£$€]?\d[\d,.]{0,8}%?|\s*\+"
    r"|\s+(?:or|and) (?:over|older|more|above|under|less|younger|fewer))?"
    r"(?:\s+(?:years?(?: old)?|times?|days?|weeks?|months?|hours?|minutes?|miles|people|sessions?))?",
    re.IGNORECASE,
)
_FIRST = frozenset({
    "yes", "y", "very good", "excellent", "strongly agree", "very satisfied", "very easy", "very happy", "always",
    "very likely", "extremely likely", "very useful", "very helpful", "strongly disagree", "very poor", "very bad",
    "poor", "extremely satisfied", "male", "female", "never", "not at all",
})  # fmt: skip


def is_answer(words: str) -> bool:
    """Whether words alone are an answer: `Yes, definitely`, `Strongly agree`, `25 to 34`, `Other (please say)`."""
    said = plain_answer(words)
    if said in KNOWN or said in EXCLUSIVE or is_known_answer(words) or is_known_answer(said):
        return True
    return asks_for_words(words) or is_band(words)


def is_band(words: str) -> bool:
    """Whether words are an age, an amount or a span of them."""
    return len(words) <= 40 and any(letter.isdigit() for letter in words) and bool(_BAND.fullmatch(words.strip()))


def is_first_answer(words: str) -> bool:
    """Whether an answer is one with which a list of answers begins."""
    return plain_answer(words) in _FIRST


def plain_answer(words: str) -> str:
    """An answer's words without what doesn't change it: commas, colons, lines to write on."""
    return folded(words.replace(",", " ").rstrip(" :_.…*")) if len(words) <= 80 else ""


def in_a_row(text: str) -> tuple[str, ...]:
    """Answers that follow one another with nothing between: `Yes No Not sure`; none where a word is no answer."""
    words = text.replace("’", "'").split()
    if len(words) > 40:
        return ()
    found: list[str] = []
    place = 0
    while place < len(words):
        size = next((n for n in range(LONGEST_KNOWN, 0, -1) if _is_known(words[place : place + n], n)), 0)
        if not size:
            return ()
        found.append(" ".join(words[place : place + size]).strip(" ,;"))
        place += size
    return tuple(found) if len(found) > 1 else ()


def _is_known(words: list[str], size: int) -> bool:
    said = " ".join(words)
    return len(words) == size and (plain_answer(said) in KNOWN or is_known_answer(plain_answer(said)))
