"""The list of a survey's questions: add, move, copy, remove, undo, one scale, and show what changed to people."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from surveyapp.db import sessions as db
from surveyapp.editing.choices import one_scale
from surveyapp.editing.drafts import change_draft
from surveyapp.editing.drafts import undo as undo_change
from surveyapp.editing.library.known import spoken_in, with_known_words
from surveyapp.editing.questions import CannotEditError, UsedCodes, added, checked_by, lasting, past_of, question_name
from surveyapp.editing.rehearsal import begin_rehearsal, end_of_writing
from surveyapp.editing.wordings import new_question as made_question
from surveyapp.editor.list.changes import with_question_moved
from surveyapp.editor.list.forms import CheckForm, LanguagesForm, NewQuestionForm, written_answers
from surveyapp.editor.list.page import list_page
from surveyapp.model.kinds.registry import KINDS
from surveyapp.model.questionnaire import Check, Questionnaire
from surveyapp.model.survey import Survey, today_at
from surveyapp.web import access

LONGEST_NUMBER = 9

bp = Blueprint("edit", __name__)


@bp.get("/surveys/<uuid:survey_id>/edit")
def questions(survey_id: UUID) -> ResponseReturnValue:
    """List the questions with what can be done to each."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    return render_template("editor/questions.html", **list_page(db.session(), survey))


@bp.post("/surveys/<uuid:survey_id>/edit")
def arrange(survey_id: UUID) -> ResponseReturnValue:
    """Move, copy or remove the question whose button was pressed."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    _tell_of_others(survey)
    try:
        done = with_question_moved(survey.questionnaire, request.form.get("do", ""), _past(survey))
    except CannotEditError as refusal:
        return _told(survey, str(refusal))
    return _kept(survey, done.questionnaire, done.what, done.said)


@bp.get("/surveys/<uuid:survey_id>/edit/new-question")
def new_question(survey_id: UUID) -> ResponseReturnValue:
    """Ask for a new question's words and how people answer it."""
    survey = access.own_survey(survey_id, "editor")
    return _new_question_page(survey, _new_form(survey))


@bp.post("/surveys/<uuid:survey_id>/edit/new-question")
def add_question(survey_id: UUID) -> ResponseReturnValue:
    """Add a question, and go on to its own page."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    form, before = _new_form(survey), survey.questionnaire
    if not form.validate_on_submit():
        return _new_question_page(survey, form), 422
    try:
        answers = written_answers(form.answers.data)
        made = made_question(before, form.kind.data, form.words.data or "", answers, _past(survey))
        after = added(before, with_known_words(made, before.languages), form.after.data)
    except CannotEditError as refusal:
        form.form_errors.append(str(refusal))
        return _new_question_page(survey, form), 422
    name = question_name(after, made.key)
    said = gettext("%(question)s is added. Now give it easy words.", question=name)
    what = gettext("added a question: %(words)s", words=form.words.data)
    return _kept(survey, after, what, said, url_for("question.question", survey_id=survey.id, key=made.key))


@bp.post("/surveys/<uuid:survey_id>/edit/undo-last")
def undo(survey_id: UUID) -> ResponseReturnValue:
    """Bring back the questions as they were before the last change, if it still is the last."""
    survey = access.own_survey(survey_id, "editor")
    number = request.form.get("number", "")
    is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    what = undo_change(db.session(), survey, int(number)) if is_number else None
    if what is None:
        return _told(survey, gettext("There is nothing to undo here. This is how the questions are now."))
    access.record_for_survey(survey, gettext("undid a change of the questions"))
    db.session().commit()
    return _told(survey, gettext("Undone: %(change)s.", change=what))


@bp.post("/surveys/<uuid:survey_id>/edit/one-scale")
def use_scale(survey_id: UUID) -> ResponseReturnValue:
    """Put every rating on five faces or on three."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    points = {"5": 5, "3": 3}.get(request.form.get("points", ""), 0)
    try:
        after = one_scale(survey.questionnaire, points, _past(survey))
    except CannotEditError as refusal:
        return _told(survey, str(refusal))
    what = gettext("changed the scale to %(points)s faces", points=points)
    return _kept(survey, after, what, gettext("Every rating now has %(points)s faces.", points=points))


@bp.post("/surveys/<uuid:survey_id>/edit/how-long")
def set_minutes(survey_id: UUID) -> ResponseReturnValue:
    """Say how many minutes the survey takes."""
    survey = access.own_survey(survey_id, "editor")
    try:
        after = lasting(survey.questionnaire, request.form.get("minutes", ""))
    except CannotEditError as refusal:
        return _told(survey, str(refusal))
    return _kept(survey, after, gettext("said how long it takes"), gettext("How long it takes is saved."))


@bp.post("/surveys/<uuid:survey_id>/edit/languages")
def set_languages(survey_id: UUID) -> ResponseReturnValue:
    """Choose the languages in which people may answer; words that we know are there at once."""
    survey = access.own_survey(survey_id, "editor")
    form, before = LanguagesForm(), survey.questionnaire
    form.offer(before)
    if not form.validate_on_submit():
        return _told(survey, gettext("Choose languages from the list."))
    after = spoken_in(before, form.languages.data or ())
    said = gettext("The languages are saved. What is missing in one is marked at its question.")
    return _kept(survey, after, gettext("changed the languages"), said)


@bp.post("/surveys/<uuid:survey_id>/edit/checked-by")
def note_check(survey_id: UUID) -> ResponseReturnValue:
    """Write down who read the easy words and found them right."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    form, before = CheckForm(), survey.questionnaire
    if not form.validate_on_submit():
        page = list_page(db.session(), survey) | {"check_form": form}
        return render_template("editor/questions.html", **page), 422
    check = Check(before.language, "easy", form.by.data or "", today_at(survey.zone).isoformat())
    what = gettext("noted who checked the easy words")
    return _kept(survey, checked_by(before, check), what, gettext("Noted: checked by %(who)s.", who=check.by))


@bp.post("/surveys/<uuid:survey_id>/edit/show-changes")
def show_changes(survey_id: UUID) -> ResponseReturnValue:
    """Show people the questions as they are now: the next edition of an open survey."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    if survey.state != "open" or survey.missing_to_open():
        flash(gettext("People don't see your changes yet. Below is what is still needed."))
        return redirect(url_for("editor.overview", survey_id=survey.id), 303)
    edition = survey.publish()
    if edition is None:
        return _told(survey, gettext("People see these questions already."))
    end_of_writing(db.session(), survey)
    access.record_for_survey(survey, f"showed people edition {edition.number} of the questions")
    db.session().commit()
    return _told(survey, gettext("People now see the changed questions. Answers given before stay as they are."))


@bp.post("/surveys/<uuid:survey_id>/rehearsal")
def rehearse(survey_id: UUID) -> ResponseReturnValue:
    """Give the draft a card of its own, to be tried out with; a second time it's the same one."""
    survey = access.own_survey(survey_id, "editor")
    begin_rehearsal(survey)
    access.record_for_survey(survey, "began a rehearsal")
    db.session().commit()
    said = gettext("The rehearsal is ready. Follow the link, or type the code on your phone.")
    return _told(survey, said, url_for("editor.preview", survey_id=survey.id))


def _past(survey: Survey) -> UsedCodes:
    return past_of(edition.questionnaire for edition in survey.editions)


def _kept(survey: Survey, after: Questionnaire, what: str, said: str, address: str = "") -> ResponseReturnValue:
    """Store a change, and say what it was."""
    change_draft(db.session(), survey, after, what)
    access.record_for_survey(survey, what[:200])
    db.session().commit()
    return _told(survey, said, address)


def _told(survey: Survey, sentence: str, address: str = "") -> ResponseReturnValue:
    flash(sentence)
    return redirect(address or url_for("edit.questions", survey_id=survey.id), 303)


def _tell_of_others(survey: Survey) -> None:
    """Say that somebody else changed the survey since this page was opened; what is pressed is done all the same."""
    seen = request.form.get("version")
    if seen and seen != str(survey.version):
        flash(gettext("Somebody else changed this survey, too. This is how it is now."))


def _new_form(survey: Survey) -> NewQuestionForm:
    form = NewQuestionForm(data={"kind": "rating5"})
    form.offer_places(survey.questionnaire)
    return form


def _new_question_page(survey: Survey, form: NewQuestionForm) -> str:
    return render_template("editor/new_question.html", survey=survey, form=form, kinds=KINDS)
