"""The page on which comments are read, and the note that is kept beside one."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from surveyapp.db import sessions as db
from surveyapp.model.action import action_of_theme
from surveyapp.model.comment_note import NEW, CommentNote
from surveyapp.model.survey import Survey
from surveyapp.rendering.said import read
from surveyapp.results.comments import queries, words
from surveyapp.results.comments.forms import NoteForm
from surveyapp.results.comments.listing import Wanted, listing
from surveyapp.results.comments.queries import Commented
from surveyapp.results.waiting import waiting_page
from surveyapp.web import access

bp = Blueprint("comments", __name__)


@bp.get("/surveys/<uuid:survey_id>/comments")
def comments(survey_id: UUID) -> ResponseReturnValue:
    """List what people wrote, with the note beside each."""
    survey = access.own_survey(survey_id, "analyst")
    return _page(survey) if survey.may_be_read else waiting_page(survey, "comments")


@bp.post("/surveys/<uuid:survey_id>/comments/<comment_id>")
def keep_note(survey_id: UUID, comment_id: str) -> ResponseReturnValue:
    """Keep the note beside a comment. A quote needs that the person agreed, and that somebody has read it."""
    survey = access.own_survey(survey_id, "editor")
    found = _commented(survey, comment_id)
    form = NoteForm.offering()
    if not form.validate_on_submit() or not _may_be_kept(form, found):
        return _page(survey, form, found), 422
    _keep(survey, found, form)
    db.session().commit()
    flash(gettext("The note is kept."))
    wanted = _wanted()
    there: dict[str, Any] = {**wanted.query, "page": str(wanted.page), "saved": found.id}
    return redirect(url_for("results.comments.comments", survey_id=survey.id, _anchor=f"c-{found.id}", **there), 303)


def _wanted() -> Wanted:
    page = request.args.get("page", "")
    return Wanted(
        question=request.args.get("question", ""),
        show=request.args.get("show", ""),
        theme=request.args.get("theme", ""),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        saved=request.args.get("saved", ""),
    )


def _commented(survey: Survey, comment_id: str) -> Commented:
    connection = db.session().connection()
    asked = queries.asked_comments(connection, survey.id)
    found = next((one for one in queries.comments(connection, survey.id, asked) if one.id == comment_id), None)
    if found is None:
        abort(404)
    return found


def _may_be_kept(form: NoteForm, found: Commented) -> bool:
    if not form.is_quote.data:
        return True
    if not found.may_quote:
        form.is_quote.errors = [gettext("This person did not agree that their words are used. It can't be a quote.")]
    elif form.status.data == NEW:
        form.is_quote.errors = [gettext("Read it first, and say so: then it can be a quote.")]
    return not form.is_quote.errors


def _keep(survey: Survey, found: Commented, form: NoteForm) -> None:
    named = (survey.id, found.response_key, found.question)
    note = db.session().get(CommentNote, named)
    if note is None:
        note = CommentNote(survey_id=survey.id, response_key=found.response_key, question=found.question)
        db.session().add(note)
    if bool(note.is_quote) != form.is_quote.data:
        access.record(survey, "chose a comment as a quote" if form.is_quote.data else "took a quote back")
    note.status, note.theme, note.is_quote = form.status.data, form.theme.data or "", form.is_quote.data
    note.action_id = action_of_theme(db.session(), survey.id, note.theme)


def _page(survey: Survey, refused: NoteForm | None = None, of: Commented | None = None) -> str:
    """The page; `refused` is what was typed beside one of the comments and could not be kept."""
    wanted = _wanted()
    connection = db.session().connection()
    asked = queries.asked_comments(connection, survey.id)
    listed = listing(queries.comments(connection, survey.id, asked), wanted)
    return render_template(
        "results/comments.html",
        survey=survey,
        wanted=wanted,
        listed=listed,
        questions={key: read(question.words) for key, question in asked.items()},
        question_options=[("", gettext("All")), *((key, read(one.words).text) for key, one in asked.items())],
        theme_options=[("", gettext("All")), *((theme, theme) for theme in listed.themes)],
        words=words,
        refused=refused,
        refused_id=of.id if of else "",
    )
