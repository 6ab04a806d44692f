"""Rules of easy wording that hold in every language: length, one idea, numbers, punctuation, capitals."""

import re
from collections.abc import Iterator

from surveyapp.editing.easyread.finding import Part, Remark, TextRule, error, warning

SENTENCE_END = re.compile(r"(?<=[.!?؟۔।])\s+")
WORD = re.compile(r"[^\W_]+(?:['’\u200c-][^\W_]+)*")
# Words a sentence may have before a warning, and before an error.
LENGTHS: dict[Part, tuple[int, int]] = {
    "title": (12, 15),
    "question": (12, 15),
    "help": (15, 20),
    "note": (15, 20),
    "choice": (8, 12),
}
QUESTION_MARKS = "?؟"
COMMAS = ",،"
BIG_NUMBER = re.compile(r"(?<![\d.,-])\d{1,3}(?:[,. ]\d{3})+(?!\d)|(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{4,}")
PERCENT = re.compile(r"%|٪")
ROMAN = re.compile(r"\b(?=[IVX]{2,}\b)X{0,3}(?:IX|IV|V?I{0,3})\b")
PUNCTUATION = {
    "brackets": re.compile(r"[()\[\]{}]"),
    "a slash": re.compile(r"/"),
    "a dash": re.compile(r"[–—]|\s-\s"),
    "a semicolon": re.compile(r"[;؛]"),
    "three dots": re.compile(r"…|\.\.\."),
}
CAPITALS = re.compile(r"\b[^\W\d_a-z]{5,}\b|\b[^\W\d_]{2,}(?:\s+[^\W\d_]{2,})+\b")


def length(text: str, part: Part) -> Iterator[Remark]:
    """Rule 1: 12 words a question, 15 in other sentences, and few in an answer."""
    some, many = LENGTHS[part]
    longest = max((len(WORD.findall(sentence)) for sentence in SENTENCE_END.split(text)), default=0)
    if longest > many:
        yield error(1, f"This has a sentence of {longest} words. Make it {some} words or fewer.")
    elif longest > some:
        yield warning(1, f"This has a sentence of {longest} words. Try {some} words or fewer.")


def one_idea(text: str, part: Part) -> Iterator[Remark]:
    """Rule 2: one question mark, one comma."""
    if sum(text.count(mark) for mark in QUESTION_MARKS) > 1 and part != "note":
        yield warning(2, "This asks more than one thing. Ask one thing, or make two questions.")
    sentences = SENTENCE_END.split(text)
    if any(sum(sentence.count(comma) for comma in COMMAS) > 1 for sentence in sentences):
        yield warning(2, "A sentence has many parts. Write one idea in each sentence.")


def number_remarks(text: str, _part: Part) -> Iterator[Remark]:
    """Rule 8."""
    if PERCENT.search(text):
        yield error(8, "Percentages are hard to read. Say “5 of 10 people”.")
    if BIG_NUMBER.search(text):
        yield error(8, "Large numbers are hard to read. Leave the number out, or say “many”.")
    if ROMAN.search(text):
        yield error(8, "Write numbers like 4, not like IV.")


def punctuation(text: str, _part: Part) -> Iterator[Remark]:
    """Rule 12."""
    for name, sign in PUNCTUATION.items():
        if sign.search(text):
            yield warning(12, f"This has {name}. Use short sentences with full stops.")


def capitals(text: str, _part: Part) -> Iterator[Remark]:
    """Rule 13: a long word, or two words in a row, in capitals; scripts without them can't break it."""
    for found in CAPITALS.finditer(text):
        words = found[0]
        if words.isupper() and words != words.lower():
            yield error(13, f"“{words}” is in capitals. Write it in small letters.")
            return


RULES_FOR_ALL: tuple[TextRule, ...] = (length, one_idea, number_remarks, punctuation, capitals)
