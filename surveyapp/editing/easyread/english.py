"""Rules of easy wording for English texts."""

import re
from collections.abc import Iterator, Mapping

from surveyapp.editing.easyread.finding import Part, Remark, TextRule, error, warning
from surveyapp.editing.easyread.hard_words import HARD_WORDS
from surveyapp.editing.easyread.word_lists import (
    ADJECTIVES_IN_ED,
    EVALUATIVE,
    FIGURES_OF_SPEECH,
    FOREIGN,
    INITIALS_EVERYBODY_KNOWS,
    LEADING,
    LONG_BUT_KNOWN,
    NUMBER_WORDS,
    PARTICIPLES,
    UN_BUT_NOT_NEGATIVE,
    VAGUE_AMOUNTS,
)

LONG_WORD = 11


def _any_of(words: Mapping[str, str] | frozenset[str]) -> re.Pattern[str]:
    """A pattern for whole words or phrases, in any case, the longest first."""
    forms = sorted((form for entry in words for form in entry.split("|")), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])", re.IGNORECASE)


EASIER = {form: easier for entry, easier in HARD_WORDS.items() for form in entry.split("|")}
HARD = _any_of(HARD_WORDS)
LONG = re.compile(rf"\b[a-z’'-]{{{LONG_WORD},}}\b", re.IGNORECASE)
INITIALS = re.compile(r"\b[A-Z]{2,6}\b")
PASSIVE = re.compile(rf"\b(?:am|is|are|was|were|be|been|being)\s+(\w+ed|{'|'.join(PARTICIPLES)})\b", re.IGNORECASE)
NEGATION = re.compile(r"\b(?:not|never|no|cannot)\b|n[’']t\b", re.IGNORECASE)
SECOND_NEGATION = re.compile(r"\b(?:un\w{3,}|without|nobody|nothing|nowhere|none|neither|nor)\b", re.IGNORECASE)
SHORT_NEGATION = re.compile(r"\b(?:\w+n[’']t)\b", re.IGNORECASE)
JOINED = re.compile(r"\b\w{3,} (?:and|or) \w{3,}\b", re.IGNORECASE)
AGREEMENT = re.compile(
    r"\b(?:(?:dis)?agree|to what extent|how far do you|how satisfied|how likely are you)\b", re.IGNORECASE
)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
YES_OR_NO = re.compile(r"^(?:was|were|is|are|did|do|does|has|have)\b", re.IGNORECASE)


def easy_words(text: str, _part: Part) -> Iterator[Remark]:
    """Rule 3: our list of hard words with easier ones, and words of eleven letters or more."""
    hard = {found[0].lower(): None for found in HARD.finditer(text)}
    for word in hard:
        yield warning(3, f"“{word}” is a hard word. Try “{EASIER[word]}”.")
    for found in LONG.finditer(text):
        if found[0].lower() not in hard and found[0].lower() not in LONG_BUT_KNOWN:
            yield warning(3, f"“{found[0]}” is a long word. Is there a shorter one?")


def one_thing(text: str, part: Part) -> Iterator[Remark]:
    """Rule 2: two words joined in a question are often two questions."""
    if part == "question" and (found := JOINED.search(text)):
        yield warning(2, f"“{found[0]}” may be two things. Can people answer both in one?")


def initials(text: str, _part: Part) -> Iterator[Remark]:
    """Rule 5."""
    for found in dict.fromkeys(INITIALS.findall(text)):
        if found not in INITIALS_EVERYBODY_KNOWS and not text.isupper():
            yield warning(5, f"“{found}” is initials. Write the words in full.")


def active(text: str, _part: Part) -> Iterator[Remark]:
    """Rule 6."""
    for found in PASSIVE.finditer(text):
        if found[1].lower() not in ADJECTIVES_IN_ED:
            yield warning(6, f"“{found[0]}” does not say who does it. Say who does what.")
            return


def positive(text: str, _part: Part) -> Iterator[Remark]:
    """Rule 7: two negatives in one sentence."""
    for sentence in SENTENCE_END.split(text):
        seconds = [word for word in SECOND_NEGATION.findall(sentence) if not _is_harmless(word)]
        if len(NEGATION.findall(sentence)) + len(seconds) > 1:
            yield error(7, "This has two words that mean “not”. Say it without them.")
            return


def _is_harmless(word: str) -> bool:
    return word.lower().startswith(tuple(UN_BUT_NOT_NEGATIVE))


def amounts(text: str, _part: Part) -> Iterator[Remark]:
    """Rule 8, in words."""
    if found := VAGUE.search(text):
        yield error(8, f"“{found[0]}” is hard to picture. Say a number, or “many” or “a lot”.")


def figures(text: str, _part: Part) -> Iterator[Remark]:
    """Rule 9."""
    for found in NUMBERS.finditer(text):
        yield warning(9, f"Write {NUMBER_WORDS[found[0].lower()]}, not “{found[0]}”.")


def plain_speech(text: str, _part: Part) -> Iterator[Remark]:
    """Rules 10 and 11."""
    for found in SPEECH.finditer(text):
        easier = FIGURES_OF_SPEECH[found[0].lower()]
        yield warning(10, f"“{found[0]}” is a figure of speech. Try “{easier}”.")
    for found in ABROAD.finditer(text):
        yield error(11, f"“{found[0]}” is not an English word. Try “{FOREIGN[found[0].lower()]}”.")


def full_negation(text: str, _part: Part) -> Iterator[Remark]:
    """Rule 14."""
    for found in SHORT_NEGATION.finditer(text):
        yield warning(14, f"Write “{found[0]}” as two words, with “not”.")


def not_leading(text: str, part: Part) -> Iterator[Remark]:
    """Rule 19."""
    if part == "question" and (found := LEADS.search(text)):
        yield warning(19, f"“{found[0]}” leads people to an answer. Ask how it was.")


def plain_question(text: str, part: Part) -> Iterator[Remark]:
    """Rule 20 (Finlay and Lyons 2002: people tend to agree with what is read to them)."""
    if part != "question":
        return
    if found := AGREEMENT.search(text):
        yield error(20, f"“{found[0]}” is hard to answer. Ask “How was …?”")
    elif YES_OR_NO.search(text) and (praised := JUDGED.search(text)):
        yield warning(
            20, f"Many people say yes to a question like this. Ask how it was, not whether it was {praised[0]}."
        )


VAGUE = _any_of(VAGUE_AMOUNTS)
NUMBERS = _any_of(NUMBER_WORDS)
SPEECH = _any_of(FIGURES_OF_SPEECH)
ABROAD = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, FOREIGN))})(?!\w)", re.IGNORECASE)
LEADS = _any_of(LEADING)
JUDGED = _any_of(EVALUATIVE)

RULES_FOR_ENGLISH: tuple[TextRule, ...] = (
    easy_words, one_thing, initials, active, positive, amounts, figures, plain_speech, full_negation, not_leading,
    plain_question,
)  # fmt: skip
