"""How the values of a form field are read as an answer: one choice, several, words or a whole number."""

from collections.abc import Sequence

from surveyapp.model.questionnaire import Question
from surveyapp.model.typed_text import plain_number, says_something

TEXT_LIMIT = 5_000
NUMBER = (-999_999_999, 999_999_999)

Answer = str | int | list[str]


def codes_of(answer: Answer | None) -> tuple[str, ...]:
    """An answer's codes: none, one or several."""
    if isinstance(answer, list):
        return tuple(answer)
    return () if answer is None else (str(answer),)


class Unreadable(ValueError):
    """A value can't be read; `code` names the sentence that says what to do, `values` fills it."""

    def __init__(self, code: str, **values: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def checked_text(text: str) -> str:
    """Text as it was typed; a line break counts as one character. Raises Unreadable."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise Unreadable("characters")
    length = len(text.replace("\r\n", "\n"))
    if length > TEXT_LIMIT:
        raise Unreadable("too_long", limit=TEXT_LIMIT, over=length - TEXT_LIMIT)
    return text


def one_choice(question: Question, values: Sequence[str]) -> Answer | None:
    """The code of one of the question's choices. Raises Unreadable."""
    value = _only_one(values, "one_choice_only")
    if value is not None and value not in question.codes:
        raise Unreadable("not_a_choice")
    return value


def several_choices(question: Question, values: Sequence[str]) -> Answer | None:
    """The codes that were chosen, in the question's order. Raises Unreadable."""
    if not set(values) <= set(question.codes):
        raise Unreadable("not_a_choice")
    chosen = [choice for choice in question.choices if choice.code in values]
    if len(chosen) > 1 and any(choice.exclusive for choice in chosen):
        raise Unreadable("exclusive")
    return [choice.code for choice in chosen] or None


def text(_question: Question, values: Sequence[str]) -> Answer | None:
    """Words as they were typed, where they say something. Raises Unreadable."""
    value = _only_one([value for value in values if says_something(value)], "one_text_only")
    return None if value is None else checked_text(value)


def whole_number(values: Sequence[str], low: int, high: int) -> int | None:
    """A whole number in any script's digits. Raises Unreadable."""
    typed = _only_one([number for value in values if (number := plain_number(value))], "one_text_only")
    if not typed:
        return None
    digits = typed.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise Unreadable("not_a_number")
    if not low <= int(typed) <= high:
        raise Unreadable("out_of_range", low=low, high=high)
    return int(typed)


def _only_one(values: Sequence[str], code: str) -> str | None:
    if len(set(values)) > 1:
        raise Unreadable(code)
    return values[0] if values else None
