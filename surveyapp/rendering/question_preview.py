"""One question as attendees will see it, for whoever writes it: nothing can be sent from there."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Response, render_template

from surveyapp.model.asking_who import marked_as_it_seems
from surveyapp.model.questionnaire import Question, Questionnaire, localized
from surveyapp.model.survey import Survey
from surveyapp.rendering.question_view import ViewText, questions_for, symbols_of
from surveyapp.web.headers import PREVIEW_POLICY
from surveyapp.web.i18n import use_language
from surveyapp.web.look import Look, look_from


def question_preview(
    survey: Survey, questionnaire: Questionnaire, question: Question, asked: Mapping[str, str]
) -> Response:
    """One question (or note) as people will see it, with words that may not be saved yet; it sends nothing."""
    alone = marked_as_it_seems(replace(questionnaire, questions=(replace(question, show_if=None),)))
    look = look_from(asked, alone.languages)
    use_language(look.language)
    questions = questions_for(alone, look)
    page = render_template(
        "rendering/question_preview.html",
        title=survey.title,
        look=look,
        look_query={},
        questions=questions,
        symbols=symbols_of(questions),
        note=None if question.asks else _note_words(question, look, questionnaire.language),
    )
    return Response(page, mimetype="text/html", headers={"Content-Security-Policy": PREVIEW_POLICY})


def _note_words(question: Question, look: Look, own: str) -> ViewText:
    text, tag = localized(question.words, look.language, "easy" if look.has_symbols else "standard", own)
    return ViewText(text, "" if tag == look.language else tag)
