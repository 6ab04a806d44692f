"""What the page of a survey's questions shows beside them: undo, what is worth a look, what people see now."""

from datetime import date
from typing import Any

from flask_babel import format_date, gettext, ngettext
from sqlalchemy.orm import Session

from surveyapp.editing.advice import Advice, advice_on
from surveyapp.editing.choices import scale_points
from surveyapp.editing.drafts import last_change
from surveyapp.editor.list.forms import CheckForm, LanguagesForm
from surveyapp.editor.queries import surveys_around
from surveyapp.editor.questions import question_summaries
from surveyapp.editor.wording import wording_of
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.languages import lacking
from surveyapp.model.questionnaire import Check, Questionnaire
from surveyapp.model.survey import Survey


def list_page(session: Session, survey: Survey) -> dict[str, Any]:
    """What the template of the list needs; the survey comes with its editions."""
    questionnaire = survey.questionnaire
    newest = survey.editions[-1].document if survey.editions else None
    return {
        "survey": survey,
        "lines": question_summaries(questionnaire),
        "asking": len(questionnaire.asking),
        "undo": last_change(session, survey),
        "advice": [advice_sentence(one) for one in advice_on(questionnaire, surveys_around(session, survey))],
        "points": scale_points(questionnaire),
        "has_ratings": any(kind_of(question).choices_from == "scale" for question in questionnaire.questions),
        "unshown": newest is not None and newest != survey.draft,
        "wording": wording_of(questionnaire, questionnaire.language),
        "lacking": {tag: lacking(questionnaire, tag) for tag in questionnaire.languages[1:]},
        "checked": checked_words(questionnaire),
        "check_form": CheckForm(formdata=None),
        "minutes": shown_minutes(questionnaire),
        "spoken": languages_form(questionnaire),
    }


def languages_form(questionnaire: Questionnaire) -> LanguagesForm:
    """The survey's languages as they are."""
    form = LanguagesForm(formdata=None, data={"languages": list(questionnaire.languages[1:])})
    form.offer(questionnaire)
    return form


def advice_sentence(advice: Advice) -> str:
    """A piece of advice as a sentence."""
    number = advice.number
    sentences = {
        "questions": gettext(
            "There are %(number)s questions about the event. With 8 or fewer, more people answer to the end.",
            number=number,
        ),
        "open": gettext(
            "People are asked to write %(number)s times. Writing is hard for many: 2 are enough.", number=number
        ),
        "scales": gettext("Some questions have five faces and some have three. One scale for all is easier."),
        "surveys": ngettext(
            "Your team asks %(num)s survey within 90 days. Don't over-use people.",
            "Your team asks %(num)s surveys within 90 days. Don't over-use people.",
            number,
        ),
    }
    return sentences[advice.matter]


def shown_minutes(questionnaire: Questionnaire) -> str:
    """How long the survey takes, as its field shows it."""
    return "" if questionnaire.minutes is None else f"{questionnaire.minutes:g}"


def checked_words(questionnaire: Questionnaire) -> str:
    """Who checked the easy words of the survey's own language, and when."""
    check = next((one for one in questionnaire.checked if _is_own_easy(one, questionnaire)), None)
    if check is None:
        return ""
    return gettext("Checked by %(who)s on %(day)s.", who=check.by, day=_day(check.on))


def _day(written: str) -> str:
    """A day as people write it; what a document from elsewhere says instead of one stays as it is."""
    try:
        return str(format_date(date.fromisoformat(written), "d MMMM yyyy"))
    except ValueError:
        return written


def _is_own_easy(check: Check, questionnaire: Questionnaire) -> bool:
    return (check.view, check.language) == ("easy", questionnaire.language)
