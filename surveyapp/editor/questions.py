"""A questionnaire's questions as an organiser reads them in a list."""

from dataclasses import dataclass

from flask_babel import gettext

from surveyapp.editing.questions import question_name
from surveyapp.model.asking_who import asking_who, not_accepted
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.kinds.single import SINGLE
from surveyapp.model.questionnaire import Question, Questionnaire, localized
from surveyapp.web.attachment_labels import attachment_labels


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    """One question: its number (none for a note), its words, how it is answered, who sees it, what stands beside it.

    `who` says that it asks who somebody is, or seems to; empty where it doesn't.
    """

    key: str
    number: int | None
    words: str
    easy: str
    way: str
    choices: tuple[str, ...]
    linked: bool
    condition: str
    beside: tuple[str, ...]
    who: str


def question_summaries(questionnaire: Questionnaire) -> list[QuestionSummary]:
    """The questions in order, in the language they were written in."""
    numbers = {question.key: number for number, question in enumerate(questionnaire.asking, start=1)}
    who = dict.fromkeys(asking_who(questionnaire), gettext("It asks who somebody is, and people read so."))
    who |= dict.fromkeys(not_accepted(questionnaire), gettext("It seems to ask who somebody is."))
    return [
        _line(questionnaire, question, numbers.get(question.key), who.get(question.key, ""))
        for question in questionnaire.questions
    ]


def _line(questionnaire: Questionnaire, question: Question, number: int | None, who: str) -> QuestionSummary:
    language = questionnaire.language
    words, _language = localized(question.words, language, "standard")
    easy = question.words[language].easy if language in question.words else ""
    choices = tuple(localized(choice.words, language, "standard")[0] for choice in question.choices)
    return QuestionSummary(
        key=question.key,
        number=number,
        words=words or gettext("No words yet"),
        easy=easy if easy != words else "",
        way=way_of(question),
        choices=choices,
        linked=question.linked,
        condition=condition_sentence(questionnaire, question),
        beside=attachment_labels(question, questionnaire.languages),
        who=who,
    )


def way_of(question: Question) -> str:
    """How a question is answered."""
    kind = kind_of(question)
    if kind.choices_from == "scale":
        return gettext("Choose one of %(count)s faces", count=len(question.counting_codes))
    return gettext(SINGLE.label if kind.choices_from == "yes_no" else kind.label)


def condition_sentence(questionnaire: Questionnaire, question: Question) -> str:
    """Who sees a question, where that isn't everybody."""
    condition = question.show_if
    if condition is None:
        return ""
    asked = questionnaire.question(condition.key)
    answers = [
        localized(asked.choice(code).words, questionnaire.language, "standard")[0] or code for code in condition.codes
    ]
    return gettext(
        "Only for people who answered “%(answers)s” to %(question)s.",
        answers=_either(answers),
        question=_inside(question_name(questionnaire, asked.key)),
    )


def _either(answers: list[str]) -> str:
    *others, last = answers
    return gettext("%(some)s” or “%(last)s", some="”, “".join(others), last=last) if others else last


def _inside(name: str) -> str:
    return name[:1].lower() + name[1:]
