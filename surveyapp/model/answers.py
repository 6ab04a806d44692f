"""Reading what a person sent into answers, by the questionnaire that they saw.

Answers are plain JSON: a code for one choice, a list of codes in document order for several, text for a comment,
a whole number for number and nps. An empty field is a question skipped and is not there at all.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveyapp.model.kinds.reading import Answer, Unreadable, checked_text, codes_of
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question, Questionnaire, other_text_key
from surveyapp.model.typed_text import says_something

Answers = Mapping[str, Answer]
Raw = Mapping[str, Sequence[str]]
_UNDECODED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """What was read: answers kept with the response, answers only counted, and what couldn't be read, by field."""

    answers: dict[str, Answer] = field(default_factory=dict)
    unlinked: dict[str, Answer] = field(default_factory=dict)
    errors: dict[str, Unreadable] = field(default_factory=dict)


def read_answers(questionnaire: Questionnaire, raw: Raw) -> ReadAnswers:
    """Read every field that the questionnaire knows; nothing raises, so that one bad field never costs the others.

    Other fields are passed over: browsers' helpers put some into forms, and no person must pay for that.
    """
    reading = ReadAnswers(errors=undecoded_fields(raw))
    shown: dict[str, Answer] = {}
    for question in questionnaire.asking:
        try:
            answers = _read_question(question, raw)
        except Unreadable as error:
            reading.errors[question.key] = error
            continue
        if not is_shown(question, shown):
            continue
        shown.update(answers)
        (reading.answers if question.linked else reading.unlinked).update(answers)
    return reading


def fitting(questionnaire: Questionnaire, answers: Answers) -> dict[str, Answer]:
    """Stored answers to an older draft, as far as they are answers to this one."""
    raw = {key: [str(code) for code in codes_of(answer)] for key, answer in answers.items()}
    return read_answers(questionnaire, raw).answers


def is_shown(question: Question, answers: Answers) -> bool:
    """Whether a question's condition holds for the answers given so far."""
    if question.show_if is None:
        return True
    return bool(set(question.show_if.codes) & set(codes_of(answers.get(question.show_if.key))))


def undecoded_fields(raw: Raw) -> dict[str, Unreadable]:
    """Fields whose very names hold bytes that are no UTF-8: what they were meant to be can't be told."""
    return {name: Unreadable("unknown_field") for name in raw if _UNDECODED.search(name)}


def _read_question(question: Question, raw: Raw) -> dict[str, Answer]:
    """A question's answer and its other words, under their keys. Raises Unreadable."""
    values = [value for value in raw.get(question.key, ()) if value != ""]
    words = _other_words(question, raw)
    answer = kind_of(question).read(question, _with_other(question, values) if words else values)
    answers: dict[str, Answer] = {} if answer is None else {question.key: answer}
    if words:
        answers[other_text_key(question.key)] = words
    return answers


def _other_words(question: Question, raw: Raw) -> str:
    if question.other_choice is None:
        return ""
    values = [value for value in raw.get(other_text_key(question.key), ()) if says_something(value)]
    if len(values) > 1:
        raise Unreadable("one_text_only")
    return checked_text(values[0]) if values else ""


def _with_other(question: Question, values: list[str]) -> list[str]:
    """Words typed beside a choice choose it, where that contradicts no other choice made."""
    other = question.other_choice
    if other is None or other.code in values or (values and kind_of(question).choosing != "several"):
        return values
    if any(choice.exclusive for choice in question.choices if choice.code in values):
        return values
    return [*values, other.code]
