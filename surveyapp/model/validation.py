"""What every questionnaire document must hold to, each fault told in one sentence.

A code means the same for ever, so codes are unique. What only one kind of question must hold to stands in its module.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, get_args

from surveyapp.model.describing import may_describe_people
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import MISSING_CODES, OTHER_TEXT, Question, Questionnaire

KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MEDIA_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{2,4}")
SIGNED = re.compile(r"https://[^\s\"'<>\\]{3,500}")
KEY_LENGTH = 32
FixedColumnName = Literal[
    "response_id", "event_key", "edition", "finished_on", "group", "view", "language", "source", "finished", "late",
    "follows",
]  # fmt: skip
"""The columns of `responses.csv` before those of questions (`surveyapp.export.fixed_columns`), in order."""
FIXED_NAMES: tuple[FixedColumnName, ...] = get_args(FixedColumnName)
FORM_FIELDS = ("response", "revision", "view", "lang", "opened", "next", "finish")
RESERVED_KEYS = frozenset(FIXED_NAMES) | frozenset(FORM_FIELDS)


def faults(questionnaire: Questionnaire) -> list[str]:
    """Every rule that the document breaks, as sentences; an empty list means it may be stored."""
    found = list(_language_faults(questionnaire))
    found += _repeated((question.key for question in questionnaire.questions), "Two questions have the key “{}”.")
    for question in questionnaire.questions:
        for rule in _QUESTION_RULES:
            found += rule(question)
    found += _show_if_faults(questionnaire)
    return found


def _language_faults(questionnaire: Questionnaire) -> Iterator[str]:
    for tag in questionnaire.languages:
        if not LANGUAGE.fullmatch(tag):
            yield f"“{tag}” is not a language tag."
    yield from _repeated(questionnaire.languages, "The language “{}” is named twice.")


def _key_faults(question: Question) -> Iterator[str]:
    if not KEY.fullmatch(question.key) or len(question.key) > KEY_LENGTH:
        yield f"The key “{question.key}” must be small letters, digits and single underscores, at most {KEY_LENGTH}."
    if question.key in RESERVED_KEYS:
        yield f"The key “{question.key}” is the name of a fixed column or field."


def _choice_faults(question: Question) -> Iterator[str]:
    where = f"Question “{question.key}”"
    if not kind_of(question).has_choices:
        if question.choices:
            yield f"{where} can't have choices: it is a {question.kind}."
        return
    if len(question.choices) < 2:
        yield f"{where} needs two or more choices."
    yield from _repeated(question.codes, where + " has the code “{}” twice.")
    for code in question.codes:
        if not CODE.fullmatch(code) or len(code) > KEY_LENGTH or code == OTHER_TEXT:
            yield f"{where} has a code that can't be used: “{code}”."


def _flag_faults(question: Question) -> Iterator[str]:
    where = f"Question “{question.key}”"
    for choice in question.choices:
        if choice.missing and choice.code not in MISSING_CODES:
            yield f"{where}: “{choice.code}” can't be left out of figures; only {', '.join(sorted(MISSING_CODES))} can."
        if choice.exclusive and kind_of(question).choosing != "several":
            yield f"{where}: only a question with several answers can have one that excludes the others."
    if sum(choice.other_text for choice in question.choices) > 1:
        yield f"{where}: only one choice can ask for other words."
    if not question.linked and question.other_choice:
        yield f"{where} is only counted, so it can't ask for words."


def _kind_faults(question: Question) -> Iterable[str]:
    return kind_of(question).rules(question)


def _range_faults(question: Question) -> Iterator[str]:
    has_range = question.minimum is not None or question.maximum is not None
    if has_range and kind_of(question).figures != "number":
        yield f"Question “{question.key}”: only a number has a smallest and a greatest value."
    if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
        yield f"Question “{question.key}”: the smallest value is greater than the greatest."


def _unlinked_faults(question: Question) -> Iterator[str]:
    if not question.linked and question.asks and not kind_of(question).has_choices:
        yield f"Question “{question.key}” is only counted, so it must have choices."


def _describing_faults(question: Question) -> Iterator[str]:
    if question.describes_people and not may_describe_people(question):
        yield f"Question “{question.key}” can't describe people: its answers are in no row, or are no choice or number."


def _asks_who_faults(question: Question) -> Iterator[str]:
    if question.asks_who in ("yes", "accepted") and not question.linked:
        yield f"Question “{question.key}” is only counted, so it can't ask who somebody is."


def _media_faults(question: Question) -> Iterator[str]:
    """Names are those of our own store and a video's address is https, so that a document can lead nowhere else."""
    where = f"Question “{question.key}”"
    names = [question.picture.name] if question.picture else []
    if not all(MEDIA_NAME.fullmatch(name) for name in (*names, *question.recordings.values())):
        yield f"{where} names a picture or a recording that can't be kept under that name."
    if not all(LANGUAGE.fullmatch(tag) for tag in question.recordings):
        yield f"{where} has a recording in a language that is not a language tag."
    if question.signed and not SIGNED.fullmatch(question.signed):
        yield f"{where}: the address of a signed video must begin with https:// and have no spaces."


_QUESTION_RULES: tuple[Callable[[Question], Iterable[str]], ...] = (
    _key_faults,
    _choice_faults,
    _flag_faults,
    _kind_faults,
    _range_faults,
    _unlinked_faults,
    _describing_faults,
    _asks_who_faults,
    _media_faults,
)


def _show_if_faults(questionnaire: Questionnaire) -> Iterator[str]:
    """A condition looks back only, so that it can't be circular and reads the same on paper."""
    earlier: dict[str, Question] = {}
    for question in questionnaire.questions:
        condition = question.show_if
        if condition:
            yield from _condition_faults(question, earlier.get(condition.key), condition.codes)
        earlier[question.key] = question


def _condition_faults(question: Question, asked: Question | None, codes: tuple[str, ...]) -> Iterator[str]:
    where = f"Question “{question.key}”"
    if asked is None or not asked.choices:
        yield f"{where} can only depend on an earlier question that has choices."
        return
    if not codes or not set(codes) <= set(asked.codes):
        yield f"{where} depends on an answer that “{asked.key}” does not have."
    if question.linked and not asked.linked:
        yield f"{where} can't depend on “{asked.key}”, whose answers are kept apart."


def _repeated(values: Iterable[str], sentence: str) -> list[str]:
    return [sentence.format(value) for value, times in Counter(values).items() if times > 1]
