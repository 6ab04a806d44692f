"""The attendee's page as the organiser sees it before anybody can answer: the real page, which sends nothing."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Response, render_template

from surveyapp.answer.look import chosen_look
from surveyapp.answer.page import PageValues, rendered_page
from surveyapp.answer.presentation import Look, Said, questions_for, symbols_of
from surveyapp.answer.queries import CardFacts, facts_of
from surveyapp.domain.questionnaire import Question, Questionnaire, said
from surveyapp.domain.survey import REHEARSAL, Card, Survey
from surveyapp.web.i18n import use_language

NO_CARD = "preview"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)


def preview_page(survey: Survey, team: str, asked: dict[str, str]) -> str:
    """The draft's page in the view and language that are asked for, for no card and no response."""
    facts = _facts_without_card(survey, team)
    look = chosen_look(asked, facts, survey.questionnaire)
    return rendered_page(facts, survey.questionnaire, look, PageValues(NO_CARD, "", ""))


def question_preview(
    survey: Survey, questionnaire: Questionnaire, question: Question, asked: Mapping[str, str]
) -> Response:
    """One question (or note) as people will see it, with words that may not be saved yet; it sends nothing."""
    alone = replace(questionnaire, questions=(replace(question, show_if=None),))
    look = chosen_look(asked, None, alone)
    use_language(look.language)
    questions = questions_for(alone, look)
    page = render_template(
        "answer/question.html",
        title=survey.title,
        look=look,
        look_query={},
        questions=questions,
        symbols=symbols_of(questions),
        note=None if question.asks else _note(question, look, questionnaire.language),
    )
    return Response(page, mimetype="text/html", headers={"Content-Security-Policy": POLICY})


def _note(question: Question, look: Look, own: str) -> Said:
    text, tag = said(question.words, look.language, "easy" if look.has_symbols else "standard", own)
    return Said(text, "" if tag == look.language else tag)


def _facts_without_card(survey: Survey, team: str) -> CardFacts:
    card = Card(code=NO_CARD, label="", position=0, source=REHEARSAL)
    return facts_of(card, survey, team, None)
