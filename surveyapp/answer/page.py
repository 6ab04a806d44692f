"""The survey's page: rendered once per card, edition and look, and kept with two gaps.

The gaps are the response's id and the signed opening.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import render_template, url_for

from surveyapp.answer.cache import Cache
from surveyapp.answer.gaps import CutPage, cut, gap
from surveyapp.answer.news import news_before
from surveyapp.answer.opened_token import make_opened_token
from surveyapp.model.answers import Raw
from surveyapp.model.kinds.reading import Unreadable
from surveyapp.model.questionnaire import VIEWS, Questionnaire
from surveyapp.model.survey import REHEARSAL, SHARED
from surveyapp.rendering.answer_errors import sentence
from surveyapp.rendering.card_facts import CardFacts
from surveyapp.rendering.event import event_of
from surveyapp.rendering.look import look_query, unchecked_in
from surveyapp.rendering.media_policy import headers_for
from surveyapp.rendering.question_view import QuestionView, questions_for, symbols_of
from surveyapp.web.i18n import use_language
from surveyapp.web.look import Look
from surveyapp.web.return_links import look_page


@dataclass(frozen=True, slots=True)
class PageValues:
    """What differs from one person's page to the next."""

    code: str
    response: str
    opened: str
    raw: Raw = field(default_factory=dict)
    errors: Mapping[str, Unreadable] = field(default_factory=dict)


PageCache = Cache[CutPage]
PAGES = 500


def new_page_cache() -> PageCache:
    """An empty cache of rendered pages for one app."""
    return Cache(PAGES)


def page_key(facts: CardFacts, look: Look | None = None) -> Hashable:
    """What a kept page is known by; without a look in the address, nothing but the card decides it."""
    told = (facts.series_told, datetime.now(UTC).date()) if facts.series_told else ()  # a promise's day may be here
    card = (facts.place.card, facts.version, facts.edition, *told)
    return card if look is None else (*card, look)


def page_with_gaps(facts: CardFacts, questionnaire: Questionnaire, look: Look) -> CutPage:
    """The empty page, cut at its gaps."""
    opened = make_opened_token(b"", facts.survey_id, facts.edition or 0, datetime.now(UTC))
    values = PageValues(facts.place.card, gap("response"), gap("opened"))
    lengths = {"response": len(str(uuid4())), "opened": len(opened)}
    html = rendered_page(facts, questionnaire, look, values)
    return replace(cut(html, lengths), headers=headers_for(html))


def rendered_page(facts: CardFacts, questionnaire: Questionnaire, look: Look, values: PageValues) -> str:
    """The page as text, with whatever was typed and whatever is wrong with it."""
    use_language(look.language)
    questions = questions_for(questionnaire, look, values.raw, values.errors)
    return render_template(
        "answer/page.html",
        **page_context(facts, questionnaire, look),
        questions=questions,
        symbols_of=symbols_of,
        code=values.code,
        response=values.response,
        opened=values.opened,
        minutes=questionnaire.minutes,
        before=news_before(facts),
        is_tried=facts.place.source == REHEARSAL and bool(values.response),
        errors=summary(questionnaire, questions, values.errors),
    )


def page_context(facts: CardFacts, questionnaire: Questionnaire, look: Look) -> dict[str, Any]:
    """What every page of a survey prints: the event, the look, and the query that keeps it."""
    use_language(look.language)
    query = look_query(look, facts, questionnaire)
    return {
        "event": event_of(facts, questionnaire, look.language),
        "look": look,
        "look_query": query,
        "look_page": look_page("survey", query, facts.place.card),
        "views": VIEWS,
        "languages": questionnaire.languages,
        "unchecked": unchecked_in(questionnaire),
        "is_shared": facts.place.source == SHARED,
    }


def summary(
    questionnaire: Questionnaire, questions: tuple[QuestionView, ...], errors: Mapping[str, Unreadable]
) -> list[tuple[str, str]]:
    """The errors as (id of the first control, sentence), in the page's order; those of no question first."""
    places = {question.key: question.field_id for question in questions}
    known = {key for key in errors if key in places}
    general = [("survey", sentence(errors[key], None)) for key in errors if key not in known]
    of_questions = [
        (question.field_id, sentence(errors[question.key], questionnaire.question(question.key)))
        for question in questions
        if question.key in known
    ]
    return list(dict.fromkeys(general)) + of_questions


def sentences_of(questionnaire: Questionnaire, errors: Mapping[str, Unreadable]) -> dict[str, str]:
    """Field → what to do about it, for the script."""
    asked = {question.key: question for question in questionnaire.asking}
    return {key: sentence(error, asked.get(key)) for key, error in errors.items() if key.isprintable()}


def address(endpoint: str, code: str, query: Mapping[str, str], **more: str) -> str:
    """The address of one of a card's pages, in the look that the query keeps."""
    parts: dict[str, Any] = {"code": code, **more, **query}
    return url_for(endpoint, **parts)
