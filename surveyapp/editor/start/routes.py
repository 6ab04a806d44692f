"""Start a survey from a ready one, last time's, pasted text or a file; take a survey's questions along."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge

from surveyapp.db import sessions as db
from surveyapp.editing.library import ready_surveys
from surveyapp.editor.forms import NewSurveyForm, details_of, other_languages
from surveyapp.editor.new_survey import new_survey, put_in_series
from surveyapp.editor.queries import listed_surveys
from surveyapp.editor.questions import question_summaries
from surveyapp.editor.start.forms import FileForm, PasteForm
from surveyapp.editor.start.pasted_lines import chosen_of, shown_lines, written_choices
from surveyapp.editor.start.sources import (
    StartingPoint,
    beginning_of,
    may_ask_equality,
    with_equality,
    with_library_words,
    with_media_that_is_here,
)
from surveyapp.importing.detect import questionnaire_from_file, written_document
from surveyapp.importing.imported import MEGABYTE, MOST_BYTES, FileTooLargeError, Imported, NotReadError
from surveyapp.importing.pasted import read_lines, with_questions
from surveyapp.importing.xlsform.writing import written_xlsform
from surveyapp.model.languages import in_languages
from surveyapp.web import access
from surveyapp.web.forms import choices_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

bp = Blueprint("start", __name__)


@bp.get("/surveys/new")
def new() -> ResponseReturnValue:
    """Choose what to start from; then give the event's details."""
    _own_team_ids()
    beginning = beginning_of(request.args)
    if beginning is None:
        nothing_chosen = "choose" in request.args
        page = render_template("editor/choose.html", ready=ready_surveys(), error=nothing_chosen)
        return page, 422 if nothing_chosen else 200
    return _details_page(beginning, _new_form(beginning, is_first=True))


@bp.post("/surveys/new")
def create() -> ResponseReturnValue:
    """Create the draft, with one card for a link; what was read from elsewhere first asks for the details."""
    _own_team_ids()
    try:
        beginning = beginning_of(request.form)
    except NotReadError as refused:
        return _file_page(FileForm(formdata=None), refused)
    if beginning is None:
        return redirect(url_for("start.new", choose=1), 303)
    form = _new_form(beginning, is_first="title" not in request.form)
    if "title" not in request.form:
        return _details_page(beginning, form)
    if not form.validate_on_submit():
        return _details_page(beginning, form), 422
    asked = with_equality(beginning.questionnaire) if form.equality.data else beginning.questionnaire
    spoken = in_languages(asked, form.languages.data or ())
    survey = new_survey(spoken, UUID(form.team.data), details_of(form), datetime.now(UTC).date())
    if beginning.last:
        put_in_series(survey, beginning.last)
    db.session().add(survey)
    access.record_for_survey(survey, "created the survey")
    db.session().commit()
    flash(gettext("The survey is made. Look at it, then open it."))
    return redirect(url_for("editor.overview", survey_id=survey.id), 303)


@bp.get("/surveys/new/again")
def again() -> ResponseReturnValue:
    """List the surveys whose questions can be asked again, the latest event first."""
    teams = [UUID(team) for team in _own_team_ids()]
    return render_template("editor/again.html", listed=listed_surveys(db.session(), teams))


@bp.get("/surveys/new/paste")
def paste() -> ResponseReturnValue:
    """Ask for questions as somebody wrote them down."""
    _own_team_ids()
    return render_template("editor/paste.html", form=PasteForm(formdata=None))


@bp.post("/surveys/new/paste")
def read_paste() -> ResponseReturnValue:
    """Show what was understood of pasted questions."""
    _own_team_ids()
    form = PasteForm()
    if not form.validate_on_submit():
        return render_template("editor/paste.html", form=form), 422
    return _lines_page(form, {})


@bp.post("/surveys/new/paste/line")
def change_line() -> ResponseReturnValue:
    """Take one line of a paste for something else, and show all lines again."""
    _own_team_ids()
    form = PasteForm()
    if not form.validate_on_submit():
        return render_template("editor/paste.html", form=form), 422
    return _lines_page(form, chosen_of(request.form.get("chosen", ""), request.form.get("change", "")))


@bp.get("/surveys/new/file")
def file() -> ResponseReturnValue:
    """Ask for a spreadsheet or another file."""
    _own_team_ids()
    return _file_page(FileForm(formdata=None))


@bp.post("/surveys/new/file")
def read_upload() -> ResponseReturnValue:
    """Show what was understood of a file, and what could not be kept."""
    _own_team_ids()
    form = FileForm()
    if not form.validate_on_submit():
        return _file_page(form)
    try:
        imported = with_media_that_is_here(questionnaire_from_file(form.file.data.read(MOST_BYTES + 1)))
    except NotReadError as refused:
        return _file_page(form, refused)
    return render_template("editor/file.html", form=form, **_understood(imported))


@bp.errorhandler(RequestEntityTooLarge)
def refuse_what_is_too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say so on the page that sent it: nothing of it was read."""
    sentence = gettext("That is larger than %(limit)s MB. Send only the questions.", limit=MOST_BYTES // MEGABYTE)
    return _file_page(FileForm(formdata=None), FileTooLargeError(sentence))


@bp.get("/surveys/<uuid:survey_id>/questions.xlsx")
def questions_xlsx(survey_id: UUID) -> ResponseReturnValue:
    """Give the questions as an XLSForm spreadsheet."""
    survey = access.own_survey(survey_id)
    return _taken(written_xlsform(survey.questionnaire), XLSX, "questions.xlsx")


@bp.get("/surveys/<uuid:survey_id>/questions.json")
def questions_json(survey_id: UUID) -> ResponseReturnValue:
    """Give the questions as our own document."""
    survey = access.own_survey(survey_id)
    return _taken(written_document(survey.questionnaire).encode(), "application/json", "questions.json")


def _own_team_ids() -> list[str]:
    teams = access.own_teams("editor")
    if not teams:
        abort(403)
    return [str(team.id) for team in teams]


def _new_form(beginning: StartingPoint, *, is_first: bool) -> NewSurveyForm:
    """The details' form: filled in from what it starts from at first, with what was typed after that."""
    teams = access.own_teams("editor")
    if beginning.last:
        teams = [team for team in teams if team.id == beginning.last.team_id]
    languages = other_languages(beginning.questionnaire)
    hidden = {beginning.source: _hidden(beginning)}
    chosen = [] if beginning.source == "ready" else list(languages)
    values: dict[str, Any] = {"team": str(teams[0].id), "languages": chosen, **beginning.details, **hidden}
    form = NewSurveyForm(formdata=None, data=values) if is_first else NewSurveyForm(data=values)
    form.languages.choices = choices_of(languages)
    form.team.choices = choices_of({str(team.id): team.name for team in teams})
    return form


def _hidden(beginning: StartingPoint) -> str:
    """What the form's hidden field says."""
    if beginning.source == "document":
        return json.dumps(beginning.questionnaire.to_json(), ensure_ascii=False)
    return str(beginning.last.id) if beginning.last else beginning.questionnaire.key


def _details_page(beginning: StartingPoint, form: NewSurveyForm) -> str:
    return render_template(
        "editor/new.html", form=form, beginning=beginning, may_ask=may_ask_equality(beginning.questionnaire)
    )


def _file_page(form: FileForm, refused: NotReadError | None = None) -> ResponseReturnValue:
    if refused:
        form.file.errors = [str(refused)]
    status = _status(refused) if refused else 422 if form.errors else 200
    return render_template("editor/file.html", form=form), status


def _lines_page(form: PasteForm, chosen: Mapping[int, str]) -> ResponseReturnValue:
    """What each line of a paste was taken for; a refusal where nothing in it is a question and nobody chose so."""
    try:
        read = read_lines(form.text.data or "", chosen)
        with_questions(read.imported, may_be_empty=bool(chosen))
    except NotReadError as refused:
        form.text.errors = [str(refused)]
        return render_template("editor/paste.html", form=form), _status(refused)
    read = replace(read, imported=with_library_words(read.imported))
    document = json.dumps(read.imported.questionnaire.to_json(), ensure_ascii=False)
    shown, written = shown_lines(read), written_choices(chosen)
    return render_template("editor/paste.html", form=form, read=read, shown=shown, document=document, chosen=written)


def _status(refused: NotReadError) -> int:
    return 413 if isinstance(refused, FileTooLargeError) else 422


def _understood(imported: Imported) -> dict[str, Any]:
    """What the page shows of what was read, and the document that goes on with it."""
    document = json.dumps(imported.questionnaire.to_json(), ensure_ascii=False)
    return {"imported": imported, "lines": question_summaries(imported.questionnaire), "document": document}


def _taken(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(content, mimetype=kind, headers=headers)
