"""What the buttons of the list do: move, copy and remove a question; and how each is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from surveyapp.editing.questions import CannotEditError, UsedCodes, copied, moved, position_of, question_name, removed
from surveyapp.model.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class AppliedChange:
    """An edit that was made: the document, what to call the change when it is undone, and what to say now."""

    questionnaire: Questionnaire
    what: str
    said: str


def with_question_moved(questionnaire: Questionnaire, button: str, past: UsedCodes) -> AppliedChange:
    """Do what a button `<action>:<key>` says. Raises CannotEditError."""
    action, _, key = button.partition(":")
    if action not in ACTIONS:
        raise CannotEditError(gettext("Press one of the buttons beside a question."))
    position_of(questionnaire, key)
    return ACTIONS[action](questionnaire, key, past)


def inside(sentence: str) -> str:
    """A name as it stands inside a sentence: “question 3”."""
    return sentence[:1].lower() + sentence[1:]


def _moved_up(questionnaire: Questionnaire, key: str, _past: UsedCodes) -> AppliedChange:
    name = question_name(questionnaire, key)
    after = moved(questionnaire, key, -1)
    said = gettext("%(question)s moved up. %(now)s", question=name, now=_place_of(after, key))
    return AppliedChange(after, gettext("moved %(question)s up", question=inside(name)), said)


def _moved_down(questionnaire: Questionnaire, key: str, _past: UsedCodes) -> AppliedChange:
    name = question_name(questionnaire, key)
    after = moved(questionnaire, key, 1)
    said = gettext("%(question)s moved down. %(now)s", question=name, now=_place_of(after, key))
    return AppliedChange(after, gettext("moved %(question)s down", question=inside(name)), said)


def _place_of(questionnaire: Questionnaire, key: str) -> str:
    if questionnaire.question(key).asks:
        number = question_name(questionnaire, key).rpartition(" ")[2]
        return gettext("It is now number %(number)s.", number=number)
    place = position_of(questionnaire, key)
    if place == 0:
        return gettext("It is now the first.")
    above = question_name(questionnaire, questionnaire.questions[place - 1].key)
    return gettext("It now stands below %(question)s.", question=inside(above))


def _copied(questionnaire: Questionnaire, key: str, past: UsedCodes) -> AppliedChange:
    name = question_name(questionnaire, key)
    after = copied(questionnaire, key, past)
    copy = after.questions[position_of(after, key) + 1]
    said = gettext(
        "%(question)s is copied. The copy is %(copy)s.", question=name, copy=inside(question_name(after, copy.key))
    )
    return AppliedChange(after, gettext("copied %(question)s", question=inside(name)), said)


def _removed(questionnaire: Questionnaire, key: str, _past: UsedCodes) -> AppliedChange:
    name = question_name(questionnaire, key)
    after = removed(questionnaire, key)
    left = len(after.asking)
    said = [
        gettext("%(question)s is removed.", question=name),
        ngettext("%(num)s question is left.", "%(num)s questions are left.", left),
        *freed(questionnaire, after),
    ]
    return AppliedChange(after, gettext("removed %(question)s", question=inside(name)), " ".join(said))


def freed(before: Questionnaire, after: Questionnaire) -> list[str]:
    """A sentence for each question that everybody sees now, because what decided it is gone."""
    had = {question.key for question in before.questions if question.show_if}
    free = [question.key for question in after.questions if question.key in had and not question.show_if]
    return [gettext("Everybody now sees %(question)s.", question=inside(question_name(after, key))) for key in free]


ACTIONS: Mapping[str, Callable[[Questionnaire, str, UsedCodes], AppliedChange]] = {
    "up": _moved_up,
    "down": _moved_down,
    "copy": _copied,
    "remove": _removed,
}
