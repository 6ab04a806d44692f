"""The question kinds in one table: how each reads what was sent.

A kind that is added gets one row here, one in `figures` and one in the export's columns.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from surveyapp.model.questionnaire import KindName, Question
from surveyapp.model.typed_text import plain_number, says_something

TEXT_LIMIT = 5_000
NPS = (0, 10)
NUMBER = (-999_999_999, 999_999_999)

Answer = str | int | list[str]


class Unreadable(ValueError):
    """A value can't be read; `code` names the sentence that says what to do, `values` fills it."""

    def __init__(self, code: str, **values: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question: what it reads, and whether it offers one choice, several, or none."""

    read: Callable[[Question, Sequence[str]], Answer | None]
    chooses: str = ""


def checked_text(text: str) -> str:
    """Text as it was typed; a line break counts as one character. Raises Unreadable."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise Unreadable("characters")
    length = len(text.replace("\r\n", "\n"))
    if length > TEXT_LIMIT:
        raise Unreadable("too_long", limit=TEXT_LIMIT, over=length - TEXT_LIMIT)
    return text


def _only_one(values: Sequence[str], code: str) -> str | None:
    if len(set(values)) > 1:
        raise Unreadable(code)
    return values[0] if values else None


def _one_choice(question: Question, values: Sequence[str]) -> Answer | None:
    value = _only_one(values, "one_choice_only")
    if value is not None and value not in question.codes:
        raise Unreadable("not_a_choice")
    return value


def _several_choices(question: Question, values: Sequence[str]) -> Answer | None:
    if not set(values) <= set(question.codes):
        raise Unreadable("not_a_choice")
    chosen = [choice for choice in question.choices if choice.code in values]
    if len(chosen) > 1 and any(choice.exclusive for choice in chosen):
        raise Unreadable("exclusive")
    return [choice.code for choice in chosen] or None


def _text(_question: Question, values: Sequence[str]) -> Answer | None:
    value = _only_one([value for value in values if says_something(value)], "one_text_only")
    return None if value is None else checked_text(value)


def _whole_number(values: Sequence[str], low: int, high: int) -> int | None:
    text = _only_one([number for value in values if (number := plain_number(value))], "one_text_only")
    if not text:
        return None
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise Unreadable("not_a_number")
    if not low <= int(text) <= high:
        raise Unreadable("out_of_range", low=low, high=high)
    return int(text)


def _number(question: Question, values: Sequence[str]) -> Answer | None:
    low = NUMBER[0] if question.minimum is None else question.minimum
    high = NUMBER[1] if question.maximum is None else question.maximum
    return _whole_number(values, low, high)


def _nps(_question: Question, values: Sequence[str]) -> Answer | None:
    return _whole_number(values, *NPS)


def _nothing(_question: Question, values: Sequence[str]) -> Answer | None:
    if values:
        raise Unreadable("unknown_field")
    return None


KINDS: Mapping[KindName, Kind] = {
    "rating5": Kind(_one_choice, chooses="one"),
    "yes_no": Kind(_one_choice, chooses="one"),
    "single": Kind(_one_choice, chooses="one"),
    "multiple": Kind(_several_choices, chooses="several"),
    "comment": Kind(_text),
    "number": Kind(_number),
    "nps": Kind(_nps),
    "note": Kind(_nothing),
}
