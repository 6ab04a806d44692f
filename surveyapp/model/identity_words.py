"""Whether words ask who somebody is: their name, email, phone, address, date of birth, NHS number.

Plain cases in the fourteen languages of the product, by whole words: a hint, at which the organiser has the last word.
Outside English the words are our own and no native speaker has checked them.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from surveyapp.model.identity_phrases import FILLERS, LABELS, PHRASES
from surveyapp.model.not_asking import what_asks, words_of_text

LONGEST = 6  # words of a phrase
_WHOSE = r"(?:your|ur|my|own|childs|babys|sons|daughters|partners|patients|husbands|wifes|mothers|fathers)"
_SORT = (
    r"(?:(?:full|first|second|last|family|given|middle|maiden|real|own|preferred|legal|current|home|postal|personal"
    r"|private|work|main|best|contact|complete|childs|babys|sons|daughters|partners) ){0,3}"
)
_NAME = r"(?:names?|surnames?|forenames?|initials)(?! (?:badges?|tags?|plates?|labels?|cards?))"
_EMAIL = (
    r"e ?mails?(?: address(?:es)?)?(?! (?:invit\w+|newsletters?|reminders?|messages?|updates?|client|program\w*|app))"
)
_PHONE = r"(?:(?:mobile|cell|home|work|daytime|contact|whatsapp) )?(?:phone|telephone|tel|mobile|cell|contact|whatsapp)"
_NUMBER = r"(?:numbers?|nos?|nr)"
_BIRTH = r"(?:birthda(?:y|te)s?|birth date|dates? of (?:the )?birth|day of birth|dob|d o b)"
_PEOPLE = (
    r"(?:people|person|child|children|baby|son|daughter|partner|husband|wife|mother|father|mum|dad|parents?|carer"
    r"|patient|participants?|attendees?|delegates?|respondent|guests?|everyone|everybody|anyone|all|who)"
)
_PLACES = r"(?! (?:groups?|organi[sz]ations?|cent(?:re|er)s?|services?|charit\w+|teams?|clubs?|networks?|schools?))"
_NOT_OURS = r"(?<! the)(?<! our)(?<! this)(?<! that)(?<! that was)"
_VERB = r"(?:write|print|leave|enter|type|sign|give|put|state|fill in|tell us|share|provide|insert|add|need|want)"

_ENGLISH = re.compile(
    rf" {_WHOSE} {_SORT}(?:{_NAME}|{_EMAIL}|addresse?s?|{_PHONE} {_NUMBER}|{_BIRTH}|signature|contact details)(?= )"
    rf"| {_WHOSE} (?:full |home |whole )?(?:post ?code|zip ?code|street name|house number|door number|flat number)(?= )"
    r"| (?:what|which) is your (?:street|number)(?= )| name of your street(?= )"
    rf"| {_WHOSE} (?:twitter|x|instagram|facebook|linkedin|snapchat|tiktok|telegram|skype|social media|user ?|nick ?)"
    r" ?(?:names?|handles?|accounts?|profiles?|pages?|id)(?= )"
    r"| your (?:booking|ticket|badge|registration|seat|staff|student|employee|payroll|membership|patient|record"
    rf"|passport|hospital|national insurance|ni|driving licence|number plate) (?:{_NUMBER}|reference|code|id)(?= )"
    rf"|{_NOT_OURS} e ?mail address(?:es)?(?= )"
    rf"|{_NOT_OURS} {_PHONE} {_NUMBER}(?= )"
    rf"|{_NOT_OURS} (?:home|postal) address(?= )"
    r"| (?:date|day) of (?:the )?birth(?= )| dates of birth(?= )| birthdate(?= )| dob(?= )"
    r"| when (?:were|was) (?:you|he|she|they|your (?!baby )\w+|the (?!baby )\w+) born(?= )"
    rf"|{_NOT_OURS} (?:nhs|chi|hospital|national insurance|passport) {_NUMBER}(?= )"
    r"| what (?:are|is) (?:you|he|she|they) called(?= )| what (?:do|did) you call yourself(?= )"
    r"| what (?:do|should|shall|can|may|would) (?:people|we|i|friends) (?:call|address) you(?= )"
    r"| how (?:should|shall|may|can) (?:people|we|i) address you(?= )"
    rf"| names? of (?:the |your |a |my |each |both )?{_PEOPLE}{_PLACES}(?= )"
    r"| names? (?:and|or) (?:surname|e ?mail|address|phone|telephone|mobile|contact|number|date of)(?= )"
    rf"| {_VERB} (?:us |in |down |here )?(?:a |the )?(?:full |first |last )?name(?= )"
    r"(?! (?:of|for|badge|one|two|three|that))"
    r"|(?<! the)(?<! our) (?:full|first|last) names?(?= )(?! of)| surnames?(?= )| forenames?(?= )| maiden name(?= )"
    r"| (?:leave|give|write|enter|share|provide|personal)(?: us)?(?: your)?(?: contact)? details(?= $)"
    r"| sign (?:here|below|your)(?= )"
    r"|(?<! part of)(?<! half of) (?:full|home|what) post ?code(?= )"
)
_ENGLISH_TYPED = re.compile(
    r"^ who are you $| where do you live(?= )"
    r"| who (?:is|has|was) (?:answering|answered|filling|filled|completing|completed)(?= )"
    r"| (?:tell us|write|state) who you are(?= )| (?:identify|introduce) yourself(?= )"
    r"| (?:number|address|where|way|how (?:can|could|may|should|shall|do|would|best))(?: \w+){0,4} (?:reach|contact"
    r"|call|ring|text|write to|get hold of|get in touch with|get back to) you(?= )"
)
_ENGLISH_NOT = re.compile(
    r" your (?:name|e ?mail|address|details) (?:is|are|will) (?:not|never)(?= )"
    r"| (?:first|start|beginning|last|part|half|letters|digits|characters)(?: \w+){0,4} post ?code(?= )"
)
_DROPPED = frozenset(map(chr, (*range(0x300, 0x370), *range(0x64B, 0x656), 0x670, 0x640, 0x27, 0x2019, 0x2BC, 0x60)))
_FOLDED = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ł": "l", "\u200c": " "})


@lru_cache(maxsize=20_000)
def ask_who_somebody_is(text: str, *, typed: bool = True) -> bool:
    """Whether a text asks who somebody is; `typed` where the answer is written in one's own words or figures.

    Where it only can be chosen, asking how somebody can be reached tells nothing of who they are.
    """
    folded = _folded(text)
    words = words_of_text(" ".join(what_asks(folded)))
    if not words:
        return False
    if _holds(words, _KNOWN_PHRASES) or _is_label(words) or _is_label(words_of_text(folded.partition("(")[0])):
        return True
    plain = _ENGLISH_NOT.sub(" ", f" {' '.join(words)} ")
    return bool(_ENGLISH.search(plain) or (typed and _ENGLISH_TYPED.search(plain)))


def _folded(text: str) -> str:
    """A text in small letters, without accents and what can't be seen: variants of a letter are that letter."""
    small = unicodedata.normalize("NFKC", text).casefold()
    plain = unicodedata.normalize("NFKD", small).translate(_FOLDED)
    return "".join(one for one in plain if one not in _DROPPED and unicodedata.category(one) != "Cf")


def _holds(words: tuple[str, ...], known: frozenset[tuple[str, ...]]) -> bool:
    return any(
        words[start : start + length] in known for start in range(len(words)) for length in range(1, LONGEST + 1)
    )


def _is_label(words: tuple[str, ...]) -> bool:
    """Whether it says nothing but what is to be written: “Name”, “3. Email or phone (optional)”."""
    found = list(_pieces(words))
    return all(found) and any(piece in _KNOWN_LABELS for piece in found)


def _pieces(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words cut into labels and fillers, the longest first; empty for what is neither."""
    place = 0
    while place < len(words):
        pieces = (words[place : place + length] for length in range(LONGEST, 0, -1))
        piece = next((one for one in pieces if one in _KNOWN_LABELS or one in _KNOWN_FILLERS or one[0].isdigit()), ())
        piece = piece if piece in _KNOWN_LABELS or piece in _KNOWN_FILLERS else piece[:1]
        yield piece
        place += len(piece) or len(words)


def _known(phrases: str) -> frozenset[tuple[str, ...]]:
    return frozenset(words_of_text(_folded(phrase)) for phrase in phrases.split("|") if phrase.strip())


_KNOWN_PHRASES = _known(PHRASES)
_KNOWN_LABELS = _known(LABELS)
_KNOWN_FILLERS = _known(FILLERS)
