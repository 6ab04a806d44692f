"""What a person is told about an answer that couldn't be read: what to do, never what is wrong with them."""

from collections.abc import Callable, Mapping

from flask_babel import gettext

from surveyapp.model.kinds.reading import NUMBER, Unreadable
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question

Values = Mapping[str, int | str]


def sentence(error: Unreadable, question: Question | None) -> str:
    """One sentence in the page's language for an error of a question, or of the whole form (None)."""
    if question is not None and kind_of(question).control == "points":
        return _choose_one(error.values)
    return _SENTENCES.get(error.code, _unknown)(error.values)


def _out_of_range(values: Values) -> str:
    low, high = int(values["low"]), int(values["high"])
    if (low, high) == NUMBER:
        return gettext("Write a smaller number.")
    if high == NUMBER[1]:
        return gettext("Write a number that is %(low)s or more.", low=low)
    if low == NUMBER[0]:
        return gettext("Write a number that is %(high)s or less.", high=high)
    return gettext("Write a number from %(low)s to %(high)s.", low=low, high=high)


def _too_long(values: Values) -> str:
    return gettext(
        "Make your answer shorter: at most %(limit)s letters. It is %(over)s over.",
        limit=values["limit"],
        over=values["over"],
    )


def _choose_one(_values: Values) -> str:
    return gettext("Choose one of the answers on the page.")


def _unknown(_values: Values) -> str:
    return gettext("We could not read this. Open the survey again from your card.")


_SENTENCES: Mapping[str, Callable[[Values], str]] = {
    "characters": lambda _: gettext("Take out the letters that do not show, and write it again."),
    "too_long": _too_long,
    "one_choice_only": lambda _: gettext("Choose only one answer."),
    "one_text_only": lambda _: gettext("Write only one answer."),
    "not_a_choice": _choose_one,
    "exclusive": lambda _: gettext("One of your answers does not go with the others. Choose that one, or the others."),
    "not_a_number": lambda _: gettext("Write a whole number in digits, for example 3."),
    "out_of_range": _out_of_range,
    "unknown_field": _unknown,
    "nothing_answered": lambda _: gettext("Answer at least one question, then send. You can skip the others."),
    "malformed_response": _unknown,
    "malformed_revision": _unknown,
    "too_large": lambda _: gettext("That is too much to send at once. Make your answers shorter."),
}
