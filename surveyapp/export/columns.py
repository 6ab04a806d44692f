"""The question kinds in one table: which columns and which long records each becomes.

A kind that is added gets one row in `SHAPES` and every file has it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from surveyapp.export.guard import guarded, on_one_line
from surveyapp.model.answers import Answers, codes_of
from surveyapp.model.kinds import Answer
from surveyapp.model.questionnaire import (
    MISSING_CODES,
    OTHER_TEXT,
    KindName,
    Question,
    Questionnaire,
    other_text_key,
)
from surveyapp.model.validation import RATINGS

Value = str | int | None
ANSWERED = "answered"
_RATING = {code: int(code) for code in RATINGS}


class Column(NamedTuple):
    """One column of the wide table: the key of the answer it shows, and how that (None: skipped) is written."""

    name: str
    key: str
    write: Callable[[Any], Value] | None = None


class Record(NamedTuple):
    """One line of the long table after the question's key; text is guarded, what doesn't apply is None."""

    item: str | None = None
    state: str = ANSWERED
    code: str | None = None
    number: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind is written: its columns, and the records of an answer with the other words typed beside it."""

    columns: Callable[[Question], Iterable[Column]]
    records: Callable[[Answer | None, str | None, str | None], Iterator[Record]]


def columns_of(questionnaire: Questionnaire) -> dict[str, Column]:
    """An edition's columns by name, in survey order; what is only counted is never among them."""
    columns = [column for question in questionnaire.linked for column in _columns_of(question)]
    return {column.name: column for column in columns}


def records_of(question: Question, answers: Answers) -> Iterator[Record]:
    """The long records of a question that was answered; none when it wasn't."""
    other = question.other_choice
    words = answers.get(other_text_key(question.key)) if other else None
    typed = guarded(words) if isinstance(words, str) and words else None
    return SHAPES[question.kind].records(answers.get(question.key), typed, other.code if other else None)


def _columns_of(question: Question) -> Iterator[Column]:
    yield from SHAPES[question.kind].columns(question)
    if question.other_choice:
        name = other_text_key(question.key)
        yield Column(name, name, on_one_line)


def _plain(question: Question) -> Iterator[Column]:
    """A whole number or a code, as it is stored."""
    yield Column(question.key, question.key)


def _rating(question: Question) -> Iterator[Column]:
    """5 to 1; a code for "missing" never stands among the numbers."""
    yield Column(question.key, question.key, _RATING.get)


def _flags(question: Question) -> Iterator[Column]:
    """1 chosen, 0 not, nothing when the whole question was skipped."""
    for code in question.codes:
        yield Column(f"{question.key}__{code}", question.key, partial(_flag, code))


def _flag(code: str, chosen: Collection[str] | None) -> int | None:
    return int(code in chosen) if chosen else None


def _text(question: Question) -> Iterator[Column]:
    yield Column(question.key, question.key, on_one_line)


def _none(_question: Question) -> Iterable[Column]:
    return ()


def _one_code(answer: Answer | None, words: str | None, _other: str | None) -> Iterator[Record]:
    """One record: the code, and the words typed beside a choice, even where another one was chosen after all."""
    if answer is not None or words:
        code = None if answer is None else str(answer)
        yield Record(None, _state(code), code, None, words)


def _one_rating(answer: Answer | None, words: str | None, other: str | None) -> Iterator[Record]:
    for record in _one_code(answer, words, other):
        yield record._replace(number=_RATING.get(record.code or ""))


def _several_codes(answer: Answer | None, words: str | None, other: str | None) -> Iterator[Record]:
    """One record per chosen item; words whose own item wasn't chosen stand in a record `other_text`."""
    chosen = codes_of(answer)
    for code in chosen:
        yield Record(code, _state(code), code, None, words if code == other else None)
    if words and other not in chosen:
        yield Record(OTHER_TEXT, ANSWERED, None, None, words)


def _one_number(answer: Answer | None, _words: str | None, _other: str | None) -> Iterator[Record]:
    if isinstance(answer, int):
        yield Record(number=answer)


def _one_text(answer: Answer | None, _words: str | None, _other: str | None) -> Iterator[Record]:
    if isinstance(answer, str):
        yield Record(text=guarded(answer))


def _no_record(_answer: Answer | None, _words: str | None, _other: str | None) -> Iterator[Record]:
    return iter(())


def _state(code: str | None) -> str:
    return code if code in MISSING_CODES else ANSWERED


SHAPES: Mapping[KindName, Shape] = {
    "rating5": Shape(_rating, _one_rating),
    "yes_no": Shape(_plain, _one_code),
    "single": Shape(_plain, _one_code),
    "multiple": Shape(_flags, _several_codes),
    "comment": Shape(_text, _one_text),
    "number": Shape(_plain, _one_number),
    "nps": Shape(_plain, _one_number),
    "note": Shape(_none, _no_record),
}
