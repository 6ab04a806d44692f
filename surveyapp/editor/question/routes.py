"""One question's own page: save its words, change its answers and symbols, choose who sees it, look at it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from surveyapp.db import sessions as db
from surveyapp.editing.choices import with_symbol
from surveyapp.editing.drafts import change_draft
from surveyapp.editing.questions import CannotEditError, UsedCodes, changed, past_of, question_name, with_condition
from surveyapp.editor.question.answering import pressed, with_button_pressed
from surveyapp.editor.question.condition import condition_page, read_condition
from surveyapp.editor.question.fields import FilledFields
from surveyapp.editor.question.form_data import errors_in, saved_meanwhile, seen_of, typed_fields, with_typed
from surveyapp.editor.question.page import gone_words, language_of, question_page, symbol_page
from surveyapp.editor.wording import remarks_sentence
from surveyapp.model.asking_who import not_accepted
from surveyapp.model.questionnaire import Question, Questionnaire
from surveyapp.model.survey import Survey
from surveyapp.rendering.question_preview import question_preview
from surveyapp.web import access, htmx
from surveyapp.web.headers import POLICY

bp = Blueprint("question", __name__)

# The buttons of the form that save, and then go on to another page.
ONWARD = {"condition": "question.condition", "symbol": "question.symbol", "media": "media.question"}


@bp.get("/surveys/<uuid:survey_id>/edit/<key>")
def question(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Show a question's words and answers to change, and how it looks."""
    survey = access.own_survey(survey_id, "editor")
    found = _found(survey.questionnaire, key)
    return _question_page(survey, found, FilledFields()) if found else _gone(survey)


@bp.post("/surveys/<uuid:survey_id>/edit/<key>")
def save(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Save the words, do what the button says, and lose nothing that somebody else saved meanwhile."""
    survey = access.own_survey(
        survey_id, "editor", with_editions=request.form.get("do", "").startswith(("add", "copy", "ready"))
    )
    before = survey.questionnaire
    found, language = _found(before, key), language_of(before, request.args.get("language"))
    if found is None:
        return render_template("editor/gone.html", survey=survey, words=gone_words(request.form)), 409
    typed = typed_fields(request.form, found, language, before.language)
    if request.form.get("seen") != seen_of(found):
        saved = saved_meanwhile(found, language, typed)
        return _question_page(survey, found, FilledFields(typed, saved=saved), 409, conflict=True)
    errors = errors_in(found, language, before.language, typed)
    button = pressed(request.form.get("do", ""), request.form.get("answer", "").strip())
    try:
        if errors:
            return _question_page(survey, found, FilledFields(typed, errors), 422)
        said = changed(before, key, lambda one: with_typed(one, language, typed, request.form))
        done = with_button_pressed(said, key, button, _past(survey))
    except CannotEditError as refusal:
        return _question_page(survey, found, FilledFields(typed), 422, refusal=str(refusal))
    change_draft(db.session(), survey, done.questionnaire, done.what)
    access.record_for_survey(survey, done.what[:200])
    db.session().commit()
    for sentence in (done.said, *remarks_sentence(done.questionnaire, language, key)):
        flash(sentence)
    if key in not_accepted(done.questionnaire):
        flash(gettext("It seems to ask who somebody is. Say whether it does before the survey opens."))
    return _onward(survey, key, button.action, button.code)


@bp.get("/surveys/<uuid:survey_id>/edit/<key>/preview")
def preview(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Show a question as people will see it, in one view and language."""
    survey = access.own_survey(survey_id, "editor")
    found = _found(survey.questionnaire, key) or abort(404)
    return _preview(survey, survey.questionnaire, found, request.args)


@bp.post("/surveys/<uuid:survey_id>/edit/<key>/preview")
def preview_typed(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Show a question with the words that are typed and not saved yet."""
    survey = access.own_survey(survey_id, "editor")
    before = survey.questionnaire
    db.session().expunge_all()
    db.session().rollback()  # nothing is written, so nobody waits for this
    found, language = _found(before, key) or abort(404), language_of(before, request.args.get("language"))
    typed = typed_fields(request.form, found, language, before.language)
    asked = {**request.args, **request.form, "language": language}
    return _preview(survey, before, with_typed(found, language, typed, {}), asked)


@bp.get("/surveys/<uuid:survey_id>/edit/<key>/condition")
def condition(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Ask after which answers to which earlier question a question is shown."""
    survey = access.own_survey(survey_id, "editor")
    if _found(survey.questionnaire, key) is None:
        return _gone(survey)
    return render_template("editor/condition.html", **condition_page(survey, key, request.args.get("after")))


@bp.post("/surveys/<uuid:survey_id>/edit/<key>/condition")
def set_condition(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Show a question to everybody, or only after some answers."""
    survey = access.own_survey(survey_id, "editor")
    before = survey.questionnaire
    if _found(before, key) is None:
        return _gone(survey)
    chosen = read_condition(request.form.get("after", ""), request.form.getlist("codes"), request.form.get("do", ""))
    try:
        after = with_condition(before, key, chosen)
    except CannotEditError as refusal:
        page = condition_page(survey, key, request.form.get("after"), str(refusal))
        return render_template("editor/condition.html", **page), 422
    name = question_name(before, key)
    return _kept(survey, key, after, gettext("%(question)s: who sees it is saved.", question=name))


@bp.get("/surveys/<uuid:survey_id>/edit/<key>/symbol")
def symbol(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Offer the symbols, all of them or those that a search finds."""
    survey = access.own_survey(survey_id, "editor")
    found = _found(survey.questionnaire, key)
    if found is None:
        return _gone(survey)
    page = symbol_page(survey, found, request.args.get("choice", ""), request.args.get("search", ""))
    return render_template("editor/symbol.html", **page)


@bp.post("/surveys/<uuid:survey_id>/edit/<key>/symbol")
def set_symbol(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Give a question or an answer another symbol."""
    survey = access.own_survey(survey_id, "editor")
    before = survey.questionnaire
    try:
        after = with_symbol(before, key, request.form.get("choice", ""), request.form.get("symbol", ""))
    except CannotEditError as refusal:
        flash(str(refusal))
        return redirect(url_for("edit.questions", survey_id=survey.id), 303)
    return _kept(survey, key, after, gettext("%(question)s: the symbol is saved.", question=question_name(after, key)))


def _found(questionnaire: Questionnaire, key: str) -> Question | None:
    return next((one for one in questionnaire.questions if one.key == key), None)


def _gone(survey: Survey) -> ResponseReturnValue:
    flash(gettext("This question is not there any more. Somebody may have removed it."))
    return redirect(url_for("edit.questions", survey_id=survey.id), 303)


def _past(survey: Survey) -> UsedCodes:
    """What the editions used, where they were read: only a new answer could take a code that is gone."""
    loaded = survey.__dict__.get("editions", ())
    return past_of(edition.questionnaire for edition in loaded)


def _question_page(
    survey: Survey, found: Question, filled: FilledFields, status: int = 200, **more: Any
) -> AnyResponse:
    page = question_page(survey, found, filled, request.args)
    reply = make_response(render_template("editor/question.html", **page, **more), status)
    reply.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return reply


def _preview(survey: Survey, questionnaire: Questionnaire, found: Question, asked: Mapping[str, str]) -> Response:
    """The question as attendees see it, with what is typed but not saved yet."""
    shown = {"view": asked.get("view", ""), "lang": asked.get("language", "")}
    return question_preview(survey, questionnaire, found, shown)


def _kept(survey: Survey, key: str, after: Questionnaire, said: str) -> ResponseReturnValue:
    what = gettext(
        "changed %(question)s", question=question_name(after, key)[:1].lower() + question_name(after, key)[1:]
    )
    change_draft(db.session(), survey, after, what)
    access.record_for_survey(survey, what[:200])
    db.session().commit()
    flash(said)
    return redirect(url_for("question.question", survey_id=survey.id, key=key), 303)


def _onward(survey: Survey, key: str, action: str, code: str) -> AnyResponse:
    """Stay on the page, or go on to the one that a button leads to."""
    if action == "back":
        return htmx.away_to(url_for("edit.questions", survey_id=survey.id, _anchor=f"q-{key}"))
    if action in ONWARD:
        return htmx.away_to(url_for(ONWARD[action], survey_id=survey.id, key=key, choice=code or None))
    here = url_for("question.question", survey_id=survey.id, key=key, language=request.args.get("language"))
    return redirect(here, 303)
