"""A questionnaire's questions as an organiser reads them in a list."""

from dataclasses import dataclass

from flask_babel import gettext

from surveyapp.domain.questionnaire import Question, Questionnaire, said


@dataclass(frozen=True, slots=True)
class Line:
    """One question: its number (none for a note), its words, how it is answered, and its choices."""

    number: int | None
    words: str
    way: str
    choices: tuple[str, ...]
    linked: bool


def lines(questionnaire: Questionnaire) -> list[Line]:
    """The questions in order, in the language they were written in."""
    numbers = {question.key: number for number, question in enumerate(questionnaire.asking, start=1)}
    language = questionnaire.language
    return [_line(question, numbers.get(question.key), language) for question in questionnaire.questions]


def _line(question: Question, number: int | None, language: str) -> Line:
    words, _language = said(question.words, language, "standard")
    choices = tuple(said(choice.words, language, "standard")[0] for choice in question.choices)
    return Line(number, words, way_of(question), choices, question.linked)


def way_of(question: Question) -> str:
    """How a question is answered."""
    ways = {
        "rating5": gettext("Choose one of five faces"),
        "yes_no": gettext("Choose one"),
        "single": gettext("Choose one"),
        "multiple": gettext("Choose all that fit"),
        "comment": gettext("Write in your own words"),
        "number": gettext("Write a number"),
        "nps": gettext("Choose a number from 0 to 10"),
        "note": gettext("Words to read"),
    }
    return ways[question.kind]
