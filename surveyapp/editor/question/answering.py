"""What the buttons of a question's form do beside saving its words: its answers' order and number."""

from dataclasses import dataclass

from flask_babel import gettext

from surveyapp.editing.choices import (
    choice_added,
    choice_copied,
    choice_moved,
    choice_removed,
    ready_choice_added,
)
from surveyapp.editing.questions import CannotEditError, UsedCodes, question_name
from surveyapp.editor.list.changes import AppliedChange, freed, inside
from surveyapp.model.questionnaire import Questionnaire, localized


@dataclass(frozen=True, slots=True)
class PressedButton:
    """A button `<action>:<code>` of a question's form, and the new answer that may be written beside it."""

    action: str
    code: str
    answer: str = ""


def pressed(button: str, answer: str) -> PressedButton:
    """The button that sent a form; the key Enter saves."""
    action, _, code = (button or "save").partition(":")
    return PressedButton(action, code, answer)


def with_button_pressed(
    questionnaire: Questionnaire, key: str, button: PressedButton, past: UsedCodes
) -> AppliedChange:
    """What a button does to the question's answers; saving alone does nothing. Raises CannotEditError."""
    name = question_name(questionnaire, key)
    if button.action in ("up", "down"):
        return _moved(questionnaire, key, button)
    if button.action == "drop":
        after = choice_removed(questionnaire, key, button.code)
        said_of = gettext("The answer “%(answer)s” is removed.", answer=_words(questionnaire, key, button.code))
        what = gettext("removed an answer of %(question)s", question=inside(name))
        return AppliedChange(after, what, " ".join([said_of, *freed(questionnaire, after)]))
    if button.action == "copy":
        return _added(questionnaire, choice_copied(questionnaire, key, button.code, past), key)
    if button.action == "add":
        after = choice_added(questionnaire, key, button.answer, past)
        return _added(questionnaire, after, key)
    if button.action == "ready":
        return _added(questionnaire, ready_choice_added(questionnaire, key, button.code, past), key)
    return AppliedChange(
        questionnaire,
        gettext("changed %(question)s", question=inside(name)),
        gettext("%(question)s is saved.", question=name),
    )


def _moved(questionnaire: Questionnaire, key: str, button: PressedButton) -> AppliedChange:
    after = choice_moved(questionnaire, key, button.code, -1 if button.action == "up" else 1)
    number = after.question(key).codes.index(button.code) + 1
    what = gettext("moved an answer of %(question)s", question=inside(question_name(after, key)))
    words = _words(after, key, button.code)
    return AppliedChange(after, what, gettext("“%(answer)s” is now answer %(number)s.", answer=words, number=number))


def _added(before: Questionnaire, after: Questionnaire, key: str) -> AppliedChange:
    had = set(before.question(key).codes)
    new = next((choice.code for choice in after.question(key).choices if choice.code not in had), None)
    if new is None:
        raise CannotEditError(gettext("This answer is there already."))
    what = gettext("added an answer to %(question)s", question=inside(question_name(after, key)))
    return AppliedChange(after, what, gettext("The answer “%(answer)s” is added.", answer=_words(after, key, new)))


def _words(questionnaire: Questionnaire, key: str, code: str) -> str:
    words, _language = localized(questionnaire.question(key).choice(code).words, questionnaire.language, "standard")
    return words or code
