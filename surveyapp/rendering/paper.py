"""The survey as a sheet to print and fill in by hand: the same questions and codes, a box per answer.

Beside each box stands a short mark that names its code, so that a filled-in sheet can be keyed in: a code that is a
number is its own mark, any other has the letter of its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from surveyapp.model.questionnaire import Questionnaire
from surveyapp.rendering.question_view import ChoiceView, QuestionView, questions_for
from surveyapp.web.look import Look

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and no O: they look like 1 and 0


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """One answer with its box; `mark` is empty where the label says it already (a scale of numbers)."""

    shown: ChoiceView
    mark: str


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question on paper: `how` says what to do, `condition` who answers it (empty = everybody)."""

    shown: QuestionView
    how: str
    condition: str
    choices: tuple[PaperChoice, ...]


def paper_questions(questionnaire: Questionnaire, look: Look) -> tuple[PaperQuestion, ...]:
    """Every question of a questionnaire as it stands on paper, in the page's language."""
    questions = questions_for(questionnaire, look)
    by_key = {question.key: question for question in questions}
    return tuple(
        PaperQuestion(
            shown=question,
            how=_how(question),
            condition=_condition(question, by_key),
            choices=tuple(_choice(choice, place) for place, choice in enumerate(question.choices)),
        )
        for question in questions
    )


def box_mark(code: str, place: int) -> str:
    """The short name of an answer's code: 5, or the letter of its place, AA after Z."""
    if code.isdigit():
        return code
    rounds, letter = divmod(place, len(LETTERS))
    return LETTERS[letter] * (rounds + 1)


def _choice(choice: ChoiceView, place: int) -> PaperChoice:
    mark = box_mark(choice.code, place)
    return PaperChoice(choice, "" if choice.label.text == mark else mark)


def _how(question: QuestionView) -> str:
    if question.choosing == "several":
        return gettext("You can tick more than one box.")
    if question.choices:
        return gettext("Tick one box.")
    return _number(question) if question.control == "digits" else ""


def _number(question: QuestionView) -> str:
    low, high = question.minimum, question.maximum
    if low is not None and high is not None:
        return gettext("Write a number from %(low)s to %(high)s.", low=low, high=high)
    if low is not None:
        return gettext("Write a number that is %(low)s or more.", low=low)
    if high is not None:
        return gettext("Write a number that is %(high)s or less.", high=high)
    return gettext("Write a number.")


def _condition(question: QuestionView, by_key: Mapping[str, QuestionView]) -> str:
    """Who answers it, in words: the script's "show if" for a sheet that can't hide anything."""
    if not question.show_if_key:
        return ""
    asked = by_key[question.show_if_key]
    labels = [f"“{choice.label.text}”" for choice in asked.choices if choice.code in question.show_if_codes]
    answers = gettext(" or ").join(labels)
    return gettext(
        "Answer this if you ticked %(answers)s at question %(number)s.", answers=answers, number=asked.number
    )
