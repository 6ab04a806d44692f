"""Which columns and which long records a question becomes, by what its kind says stands in cells."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple, assert_never

from surveyapp.export.guard import guarded, guarded_line
from surveyapp.model.answers import Answers
from surveyapp.model.kinds.rating5 import RATINGS
from surveyapp.model.kinds.reading import Answer, codes_of
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import (
    MISSING_CODES,
    OTHER_TEXT,
    Question,
    Questionnaire,
    other_text_key,
)

Value = str | int | None
ANSWERED = "answered"
_RATING = {code: int(code) for code in RATINGS}


class AnswerColumn(NamedTuple):
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


def columns_of(questionnaire: Questionnaire) -> dict[str, AnswerColumn]:
    """An edition's columns by name, in survey order; what is only counted is never among them."""
    columns = [column for question in questionnaire.linked for column in _columns_of(question)]
    return {column.name: column for column in columns}


def records_of(question: Question, answers: Answers) -> Iterator[Record]:
    """The long records of a question that was answered; none when it wasn't."""
    other = question.other_choice
    words = answers.get(other_text_key(question.key)) if other else None
    typed = guarded(words) if isinstance(words, str) and words else None
    answer = answers.get(question.key)
    match kind_of(question).cells:
        case "rating":
            return _one_rating(answer, typed)
        case "code":
            return _one_code(answer, typed)
        case "flags":
            return _several_codes(answer, typed, other.code if other else None)
        case "number" | "point":
            return _one_number(answer)
        case "text":
            return _one_text(answer)
        case "nothing":
            return iter(())
        case unknown:
            assert_never(unknown)


def columns_of_question(question: Question) -> Iterable[AnswerColumn]:
    """A question's columns, without that of the words typed beside a choice."""
    match kind_of(question).cells:
        case "rating":  # a code for "missing" never stands among the numbers
            return (AnswerColumn(question.key, question.key, _RATING.get),)
        case "code" | "number" | "point":
            return (AnswerColumn(question.key, question.key),)
        case "flags":
            return (
                AnswerColumn(f"{question.key}__{code}", question.key, partial(_flag, code)) for code in question.codes
            )
        case "text":
            return (AnswerColumn(question.key, question.key, guarded_line),)
        case "nothing":
            return ()
        case unknown:
            assert_never(unknown)


def _columns_of(question: Question) -> Iterator[AnswerColumn]:
    yield from columns_of_question(question)
    if question.other_choice:
        name = other_text_key(question.key)
        yield AnswerColumn(name, name, guarded_line)


def _flag(code: str, chosen: Collection[str] | None) -> int | None:
    """1 chosen, 0 not, nothing when the whole question was skipped."""
    return int(code in chosen) if chosen else None


def _one_code(answer: Answer | None, words: str | None) -> Iterator[Record]:
    """One record: the code, and the words typed beside a choice, even where another one was chosen after all."""
    if answer is not None or words:
        code = None if answer is None else str(answer)
        yield Record(None, _state(code), code, None, words)


def _one_rating(answer: Answer | None, words: str | None) -> Iterator[Record]:
    for record in _one_code(answer, words):
        yield record._replace(number=_RATING.get(record.code or ""))


def _several_codes(answer: Answer | None, words: str | None, other: str | None) -> Iterator[Record]:
    """One record per chosen item; words whose own item wasn't chosen stand in a record `other_text`."""
    chosen = codes_of(answer)
    for code in chosen:
        yield Record(code, _state(code), code, None, words if code == other else None)
    if words and other not in chosen:
        yield Record(OTHER_TEXT, ANSWERED, None, None, words)


def _one_number(answer: Answer | None) -> Iterator[Record]:
    if isinstance(answer, int):
        yield Record(number=answer)


def _one_text(answer: Answer | None) -> Iterator[Record]:
    if isinstance(answer, str):
        yield Record(text=guarded(answer))


def _state(code: str | None) -> str:
    return code if code in MISSING_CODES else ANSWERED
