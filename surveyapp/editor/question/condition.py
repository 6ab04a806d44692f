"""Who sees a question: everybody, or those who gave some answers to an earlier question, chosen from lists."""

from typing import Any

from flask_babel import gettext

from surveyapp.editing.questions import may_depend_on, question_name
from surveyapp.editor.questions import condition_sentence
from surveyapp.model.questionnaire import Question, Questionnaire, ShowIf, localized
from surveyapp.model.survey import Survey

EVERYBODY = "everybody"


def read_condition(after: str, codes: list[str], button: str) -> ShowIf | None:
    """What the form asks for; the button for everybody wins over what is ticked."""
    return None if button == EVERYBODY else ShowIf(after, tuple(codes))


def condition_page(survey: Survey, key: str, after: str | None, refusal: str = "") -> dict[str, Any]:
    """What the page needs: the earlier questions, and the answers of the one that is chosen."""
    questionnaire = survey.questionnaire
    question = questionnaire.question(key)
    earlier = may_depend_on(questionnaire, key)
    stored = question.show_if
    wanted = after or (stored.key if stored else "")
    chosen = next((one for one in earlier if one.key == wanted), None)
    return {
        "survey": survey,
        "question": question,
        "name": question_name(questionnaire, key),
        "words": _words(questionnaire, question),
        "now": condition_sentence(questionnaire, question) or gettext("Everybody sees it."),
        "earlier": {
            one.key: f"{question_name(questionnaire, one.key)}: {_words(questionnaire, one)}" for one in earlier
        },
        "chosen": chosen,
        "answers": _answers(questionnaire, chosen) if chosen else {},
        "ticked": stored.codes if stored and chosen and stored.key == chosen.key else (),
        "refusal": refusal,
    }


def _answers(questionnaire: Questionnaire, asked: Question) -> dict[str, str]:
    said_so = {choice.code: localized(choice.words, questionnaire.language, "standard")[0] for choice in asked.choices}
    return {code: words or code for code, words in said_so.items()}


def _words(questionnaire: Questionnaire, question: Question) -> str:
    words, _language = localized(question.words, questionnaire.language, "standard")
    return words or gettext("No words yet")
