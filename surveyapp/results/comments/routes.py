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
from surveyapp.rendering.localized_text import localized_text
from surveyapp.results.comments import queries, words
from surveyapp.results.comments.forms import ManyForm, NoteForm
from surveyapp.results.comments.listing import CommentFilter, listing
from surveyapp.results.comments.queries import CommentedQuestion
from surveyapp.results.waiting import waiting_page
from surveyapp.web import access
from surveyapp.web.forms import one_line

bp = Blueprint("comments", __name__)
FIND_LENGTH = 200


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
    return _to_list(survey, _wanted(), found.id)


@bp.post("/surveys/<uuid:survey_id>/comments")
def keep_many(survey_id: UUID) -> ResponseReturnValue:
    """Theme, read and choose many comments at once: those that are ticked, or all that are listed."""
    survey = access.own_survey(survey_id, "editor")
    form, wanted = ManyForm(), _wanted()
    if not survey.may_be_read or not form.validate_on_submit():
        flash(next(iter(form.theme.errors), gettext("Nothing is kept.")))
        return _to_list(survey, wanted)
    connection, picked = db.session().connection(), set(request.form.getlist("pick"))
    every = queries.comments(connection, survey.id, queries.asked_comments(connection, survey.id))
    chosen = [one for one in every if (wanted.has(one) if form.every.data else one.id in picked)]
    if not chosen or not (form.theme.data or form.read.data or form.quote.data):
        flash(gettext("Tick comments, and say what to do with them."))
        return _to_list(survey, wanted)
    quotable = [one for one in chosen if form.quote.data and one.may_quote and not one.traces]
    for one in chosen:
        _keep_one_of_many(survey, one, form, is_quote=one in quotable)
    if quotable:
        access.record_for_survey(survey, f"chose {len(quotable)} comments as quotes")
    db.session().commit()
    flash(words.bulk_message(len(chosen), len(chosen) - len(quotable) if form.quote.data else 0))
    return _to_list(survey, wanted)


@bp.post("/surveys/<uuid:survey_id>/comments/<comment_id>/person")
def flag(survey_id: UUID, comment_id: str) -> ResponseReturnValue:
    """Say that a comment needs a person now, or that somebody has seen to it; whoever reads comments may."""
    survey = access.own_survey(survey_id, "analyst")
    found = _commented(survey, comment_id)
    note = _note_of(survey, found)
    note.needs_person = "needed" in request.form
    if not note.needs_person and note.status == NEW:
        note.status = "read"
    access.record_for_survey(
        survey, "flagged a comment that needs a person" if note.needs_person else "saw to a flagged comment"
    )
    db.session().commit()
    flash(gettext("It stands first now.") if note.needs_person else gettext("It is marked as seen to."))
    return _to_list(survey, _wanted(), found.id)


def _wanted() -> CommentFilter:
    page = request.args.get("page", "")
    return CommentFilter(
        question=request.args.get("question", ""),
        show=request.args.get("show", ""),
        theme=request.args.get("theme", ""),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        saved=request.args.get("saved", ""),
        find=one_line(request.args.get("find", ""))[:FIND_LENGTH],
    )


def _commented(survey: Survey, comment_id: str) -> CommentedQuestion:
    connection = db.session().connection()
    asked = queries.asked_comments(connection, survey.id)
    found = next((one for one in queries.comments(connection, survey.id, asked) if one.id == comment_id), None)
    if found is None:
        abort(404)
    return found


def _may_be_kept(form: NoteForm, found: CommentedQuestion) -> bool:
    if not form.is_quote.data:
        return True
    if not found.may_quote:
        form.is_quote.errors = [gettext("This person did not agree that their words are used. It can't be a quote.")]
    elif form.status.data == NEW:
        form.is_quote.errors = [gettext("Read it first, and say so: then it can be a quote.")]
    return not form.is_quote.errors


def _keep(survey: Survey, found: CommentedQuestion, form: NoteForm) -> None:
    note = _note_of(survey, found)
    if bool(note.is_quote) != form.is_quote.data:
        access.record_for_survey(survey, "chose a comment as a quote" if form.is_quote.data else "took a quote back")
    note.status, note.theme, note.is_quote = form.status.data, form.theme.data or "", form.is_quote.data
    note.action_id = action_of_theme(db.session(), survey.id, note.theme)


def _keep_one_of_many(survey: Survey, found: CommentedQuestion, form: ManyForm, *, is_quote: bool) -> None:
    note = _note_of(survey, found)
    note.theme = form.theme.data or note.theme or ""
    note.is_quote = bool(note.is_quote or is_quote)
    if (form.read.data or is_quote) and note.status in (None, NEW):
        note.status = "read"
    note.action_id = action_of_theme(db.session(), survey.id, note.theme)


def _note_of(survey: Survey, found: CommentedQuestion) -> CommentNote:
    """The note beside a comment, a new one where there is none."""
    note = db.session().get(CommentNote, (survey.id, found.response_key, found.question))
    if note is None:
        blank = {"status": NEW, "theme": "", "is_quote": False, "needs_person": False}
        note = CommentNote(survey_id=survey.id, response_key=found.response_key, question=found.question, **blank)
        db.session().add(note)
    return note


def _to_list(survey: Survey, wanted: CommentFilter, saved: str = "") -> ResponseReturnValue:
    there: dict[str, Any] = {**wanted.query, "page": str(wanted.page)} | ({"saved": saved} if saved else {})
    anchor = f"c-{saved}" if saved else None
    return redirect(url_for("results.comments.comments", survey_id=survey.id, _anchor=anchor, **there), 303)


def _page(survey: Survey, refused: NoteForm | None = None, of: CommentedQuestion | None = None) -> str:
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
        questions={key: localized_text(question.words) for key, question in asked.items()},
        question_options=[("", gettext("All")), *((key, localized_text(one.words).text) for key, one in asked.items())],
        theme_options=[("", gettext("All")), *((theme, theme) for theme in listed.themes)],
        words=words,
        many=ManyForm(formdata=None),
        refused=refused,
        refused_id=of.id if of else "",
    )
