"""Questions as people write them down: one a line, the answers below with a dash.

What a question is follows from its answers: none means that people write; yes and no, or five known words from good to
bad, are what they are; others are one to choose, or several where it says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from surveyapp.importing.imported import MEGABYTE, Imported, NotReadError, TooLargeError, within_limits
from surveyapp.importing.lines import Draft, drafts_of
from surveyapp.importing.plain import one_line, quoted
from surveyapp.importing.scales import (
    SYMBOLS,
    Option,
    coded,
    report_of,
    with_headline,
)
from surveyapp.model.known_answers import asks_for_words, is_exclusive, without_line
from surveyapp.model.names import Names, key_from_words
from surveyapp.model.questionnaire import MISSING_CODES, Choice, KindName, Question, Questionnaire, Wording, Words

MOST_LETTERS = MEGABYTE // 4
LANGUAGE = "en"
RATING = ("Very good", "Good", "OK", "Bad", "Very bad")
# Spaces are met at their first one only, or every one of a thousand would be a beginning to try.
_SPACES = r"(?<!\s)\s*"
_OPEN, _CLOSE = rf"{_SPACES}[\[(]\s*(?:please\s+)?", r"\s*[\])]\s*"
_DO = r"(?:(?:choose|select|tick|check|mark|pick)\s+)?"
_SEVERAL = re.compile(
    rf"{_OPEN}{_DO}(?:all|as many|more than one|several|multiple answers)\b[^\[\]()]{{0,60}}{_CLOSE}", re.IGNORECASE
)
_ONE = re.compile(rf"{_OPEN}{_DO}(?:only\s+)?one\b[^\[\]()]{{0,40}}{_CLOSE}", re.IGNORECASE)
_SAYS_SEVERAL = re.compile(r"\b(?:choose|select|tick|check|mark|pick) (?:all|as many|more than one)\b", re.IGNORECASE)
_ENDINGS = {
    "comment": re.compile(rf"{_OPEN}(?:comments?|text|open|free text|in your own words){_CLOSE}$", re.IGNORECASE),
    "number": re.compile(rf"{_OPEN}(?:a |in )?(?:whole )?(?:numbers?|figures){_CLOSE}$", re.IGNORECASE),
    "points": re.compile(rf"{_SPACES}[\[(]\s*0\s*(?:-|–|to)\s*10\s*[\])]\s*$", re.IGNORECASE),
    "rating": re.compile(rf"{_OPEN}(?:rating|five faces|faces){_CLOSE}$", re.IGNORECASE),
}
_SLASH = re.compile(r"[/|]")
_MARK = re.compile(r"[?:]\s+")
_LEAST_WORDS, _MOST_OF_AN_ANSWER = 3, 60


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question's words without what they say of its answers."""

    words: str
    answers: tuple[str, ...]
    several: bool = False
    ending: str = ""


def read_pasted(text: str) -> Imported:
    """Read questions, one a line. Raises NotReadError."""
    if len(text) > MOST_LETTERS:
        raise TooLargeError("That is more text than a survey can hold. Paste only the questions and their answers.")
    drafts = drafts_of(text)
    title = next((one_line(draft.words) for draft in drafts if draft.says == "title"), "")
    left_out: list[str] = []
    keys = Names()
    questions = [_question(draft, keys, left_out) for draft in drafts if draft.says != "title"]
    if not any(question.asks for question in questions):
        raise NotReadError(
            "There are no questions in it. Write one question a line, and each answer below with a dash."
        )
    made = Questionnaire(title=_said(title) if title else {}, questions=tuple(with_headline(questions)))
    return Imported(within_limits(made), tuple(left_out))


def _question(draft: Draft, keys: Names, left_out: list[str]) -> Question:
    asked = _asked(draft)
    key = key_from_words(one_line(asked.words), keys)
    keys.add(key)
    question = Question(key=key, kind="comment", words=_said(asked.words))
    if draft.says == "note":
        return replace(question, kind="note")
    answers = _offered(asked, left_out)
    if len(answers) < 2:
        question = _without_choices(question, asked.ending)
    else:
        kind, choices = _choices(asked, answers, left_out)
        question = replace(question, kind=kind, choices=choices)
    return replace(question, report=report_of(question.kind))


def _asked(draft: Draft) -> _Asked:
    """Take what a line says of its answers out of its words."""
    words, several = _SEVERAL.subn(" ", draft.words)
    words = _ONE.sub(" ", words).strip()
    ending = next((name for name, pattern in _ENDINGS.items() if pattern.search(words)), "")
    if ending:
        words = _ENDINGS[ending].sub("", words)
    answers = tuple(draft.answers)
    if not answers and not ending:
        words, answers = _in_brackets(words) or _after_a_mark(words) or (words, ())
    if ending == "rating" and not answers:
        answers = RATING
    return _Asked(words.strip() or draft.words, answers, bool(several) or bool(_SAYS_SEVERAL.search(words)), ending)


def _in_brackets(words: str) -> tuple[str, tuple[str, ...]] | None:
    """A question and its answers in brackets at its end: `Did you come by bus? [Yes/No]`."""
    start = max(words.rfind("["), words.rfind("("))
    if start < _LEAST_WORDS or not words.endswith(("]", ")")):
        return None
    answers = _parts(words[start + 1 : -1])
    return (words[:start], answers) if answers else None


def _after_a_mark(words: str) -> tuple[str, tuple[str, ...]] | None:
    """A question and its answers after its mark: `Did you come by bus? Yes / No`, `Bus: yes/no`."""
    slash = _SLASH.search(words)
    last = max(map(words.rfind, "?()[]"))
    if slash is None or last > slash.start():
        return None
    for mark in _MARK.finditer(words, max(last, _LEAST_WORDS - 1), slash.start()):
        if slash.start() - mark.end() <= _MOST_OF_AN_ANSWER:
            answers = _parts(words[mark.end() :])
            return (words[: mark.start() + 1], answers) if answers else None
    return None


def _parts(text: str) -> tuple[str, ...]:
    """Answers between slashes, two or more; none where one is empty, too long, or asks."""
    parts = _SLASH.split(text)
    is_one = len(parts) > 1 and not any(sign in text for sign in "?()[]")
    return tuple(part.strip() for part in parts) if is_one and all(map(_can_be_an_answer, parts)) else ()


def _can_be_an_answer(part: str) -> bool:
    return 0 < len(part) <= _MOST_OF_AN_ANSWER


def _offered(asked: _Asked, left_out: list[str]) -> list[str]:
    """The answers, each once."""
    offered = list(dict.fromkeys(one_line(answer) for answer in asked.answers if one_line(answer)))
    if len(offered) < len(asked.answers):
        left_out.append(f"An answer to {quoted(asked.words)} stands there twice, and is offered once.")
    if len(offered) == 1:
        left_out.append(f"{quoted(asked.words)} has one answer only, so people write in their own words.")
    return offered


def _without_choices(question: Question, ending: str) -> Question:
    if ending == "number":
        return replace(question, kind="number")
    if ending == "points":
        is_nps = "recommend" in question.words[LANGUAGE].standard.lower()
        return replace(question, kind="nps") if is_nps else replace(question, kind="number", minimum=0, maximum=10)
    return question


def _choices(asked: _Asked, answers: Sequence[str], left_out: list[str]) -> tuple[KindName, tuple[Choice, ...]]:
    found = coded([Option("", (answer,)) for answer in answers], several=asked.several)
    other = next((place for place, answer in enumerate(answers) if asks_for_words(answer)), -1)
    made = [
        _choice(answer, code, found.kind, asks=place == other)
        for place, (answer, code) in enumerate(zip(answers, found.codes, strict=True))
    ]
    if found.kind == "single" and sorted(answers) == ["1", "2", "3", "4", "5"]:
        left_out.append(f"{quoted(asked.words)} has no average, because numbers don't say which end is good.")
    return found.kind, tuple(made[place] for place in found.order)


def _choice(answer: str, code: str, kind: KindName, *, asks: bool) -> Choice:
    known = kind in ("rating5", "yes_no") or code in MISSING_CODES
    return Choice(
        code=code,
        words=_said(without_line(answer) if asks else answer),
        symbol=SYMBOLS.get(code, "") if known else "",
        missing=code in MISSING_CODES,
        exclusive=kind == "multiple" and is_exclusive(code, [answer]),
        other_text=asks,
    )


def _said(words: str) -> Words:
    return {LANGUAGE: Wording(words)}
