"""What the templates of a question's pages need."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from surveyapp.editing.choices import may_add
from surveyapp.editing.questions import question_name
from surveyapp.editor.forms import VIEWS
from surveyapp.editor.question.fields import WORDINGS, FilledFields, shown_symbols, wording_rows
from surveyapp.editor.question.form_data import seen_of
from surveyapp.editor.questions import condition_sentence, way_of
from surveyapp.editor.wording import wording_of
from surveyapp.model.asking_who import may_ask_who, not_accepted, suspects
from surveyapp.model.describing import describes_people, may_describe_people
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.languages import lacking
from surveyapp.model.questionnaire import Question, Questionnaire, localized
from surveyapp.model.survey import Survey
from surveyapp.model.symbols import SYMBOLS
from surveyapp.web.attachment_labels import attachment_labels


def language_of(questionnaire: Questionnaire, asked: str | None) -> str:
    """The language whose words are on the page: the one that is asked for, or the survey's own."""
    return asked if asked in questionnaire.languages else questionnaire.language


def question_page(survey: Survey, question: Question, filled: FilledFields, asked: Mapping[str, str]) -> dict[str, Any]:
    """A question's page in one of the survey's languages, with what was typed."""
    questionnaire = survey.questionnaire
    language = language_of(questionnaire, asked.get("language"))
    is_own = language == questionnaire.language
    return {
        "survey": survey,
        "question": question,
        "name": question_name(questionnaire, question.key),
        "way": way_of(question),
        "rows": wording_rows(questionnaire, question, language, filled),
        "filled": filled,
        "seen": seen_of(question),
        "language": language,
        "own": questionnaire.language,
        "query": {} if is_own else {"language": language},
        "languages": {tag: question.key in lacking(questionnaire, tag) for tag in questionnaire.languages},
        "symbols": shown_symbols(question),
        "remarks": wording_of(questionnaire, language).of(question.key),
        "has_range": is_own and kind_of(question).figures == "number",
        "may_describe_people": is_own and may_describe_people(question),
        "describes_people": describes_people(question),
        "may_ask_who": is_own and may_ask_who(question),
        "asks_who_undecided": question.key in not_accepted(questionnaire),
        "suspected": suspects(questionnaire).get(question.key, ()),
        "condition": condition_sentence(questionnaire, question) or gettext("Everybody sees this question."),
        "may_add": [code for code in may_add(question) if code] if is_own else [],
        "has_own_answers": "" in may_add(question) and is_own,
        "ready_words": ready_words(),
        "views": VIEWS,
        "beside": attachment_labels(question, questionnaire.languages),
    }


def symbol_page(survey: Survey, question: Question, code: str, search: str) -> dict[str, Any]:
    """The symbols to choose from, the one in use always among them."""
    questionnaire = survey.questionnaire
    choice = next((one for one in question.choices if one.code == code), None)
    current = choice.symbol if choice else question.symbol
    wanted = search.casefold().split()
    found = [
        one
        for one in SYMBOLS.values()
        if one.name == current or all(word in f"{one.words} {one.name}".casefold() for word in wanted)
    ]
    words, _language = localized((choice or question).words, questionnaire.language, "standard")
    return {
        "survey": survey,
        "question": question,
        "code": choice.code if choice else "",
        "words": words or gettext("No words yet"),
        "current": current,
        "search": search[:60],
        "found": found,
    }


def ready_words() -> dict[str, str]:
    """The ready answers that can be added, as their buttons say them."""
    return {
        "other": gettext("Something else, with room to write"),
        "not_sure": gettext("Not sure"),
        "dont_know": gettext("I don't know"),
        "not_applicable": gettext("I did not do this"),
        "prefer_not_to_say": gettext("Prefer not to say"),
    }


def gone_words(form: Mapping[str, str]) -> list[str]:
    """What somebody had typed into a question that is gone, to copy."""
    return [form[name] for name in form if name.rpartition("-")[2] in WORDINGS and form[name].strip()]
