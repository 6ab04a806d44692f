"""Give a question a recording, a video in sign language and a photo; and let phones fetch what is kept."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.exceptions import RequestEntityTooLarge

from surveyapp.db import sessions as db
from surveyapp.editing import media as editing_media
from surveyapp.editing.drafts import change_draft
from surveyapp.editing.questions import question_name
from surveyapp.media import question_media, speech
from surveyapp.media.forms import VideoForm, photo_form, recording_form, speech_form
from surveyapp.media.sentences import TOO_LARGE, about_photo, about_recording
from surveyapp.media.upload import sent_photo, sent_recording
from surveyapp.model.questionnaire import Question, Questionnaire
from surveyapp.model.survey import Survey
from surveyapp.storage.refusals import NotKeptError, StoreGoneError
from surveyapp.storage.upload import CONTENT_TYPES, ON_EVERY_PHONE, ending_of, stored_file
from surveyapp.web import access, errors
from surveyapp.web.headers import POLICY
from surveyapp.web.media_store import media_store

ALONE = "default-src 'none'; sandbox"
FOR_EVER = "public, max-age=31536000, immutable"
SPEAKING_SECONDS = 5.0

Edit = Callable[[Questionnaire], Questionnaire]

bp = Blueprint("media", __name__)


@bp.get("/media/<kept>")
def kept(kept: str) -> ResponseReturnValue:
    """Give a recording or a photo, or the part of it that a phone asks for: iPhones play nothing without (206)."""
    try:
        content = stored_file(media_store(), kept)
    except StoreGoneError:
        abort(503)
    if content is None:
        abort(404)
    kind = CONTENT_TYPES[ending_of(kept)]
    reply = send_file(BytesIO(content), mimetype=kind, conditional=True, etag=kept)
    reply.headers["Cache-Control"] = FOR_EVER
    reply.headers["Content-Security-Policy"] = ALONE
    return reply


@bp.get("/surveys/<uuid:survey_id>/media")
def media(survey_id: UUID) -> ResponseReturnValue:
    """List the questions with what each has beside its words."""
    return _list_page(access.own_survey(survey_id, "editor"))


@bp.post("/surveys/<uuid:survey_id>/media/speak")
def speak(survey_id: UUID) -> ResponseReturnValue:
    """Have the computer voice read what has no recording, for some seconds at most."""
    before = access.own_survey(survey_id, "editor").questionnaire
    db.session().rollback()  # nobody's answer waits while it speaks
    form = speech_form(_spoken(before))
    spoken = speech.each_recorded_in(before, form.chosen, _voice(), SPEAKING_SECONDS)
    survey = access.own_survey(survey_id, "editor")
    if _is_outdated(survey):
        return _list_page(survey, is_outdated=True), 409
    if not form.chosen:
        return _list_page(survey, refused=gettext("Choose a language first.")), 422
    change_draft(db.session(), survey, spoken.questionnaire, gettext("made recordings by the computer voice"))
    access.record_for_survey(survey, f"had {spoken.made} recordings made")
    db.session().commit()
    flash(question_media.speech_message(spoken))
    return redirect(url_for("media.media", survey_id=survey.id), 303)


@bp.get("/surveys/<uuid:survey_id>/media/<key>")
def question(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Show what a question has beside its words, to play, change and take away."""
    survey = access.own_survey(survey_id, "editor")
    return _question_page(survey, _asked(survey, key))


@bp.post("/surveys/<uuid:survey_id>/media/<key>/recording")
def keep_recording(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Add a recording in a language, in the place of the one before."""
    form = recording_form(_languages_before_writing(survey_id, key))
    status = sent_recording(form, media_store())
    survey = access.own_survey(survey_id, "editor")
    if status or _is_outdated(survey):
        return _question_page(survey, _asked(survey, key), status or 409, recording=form)
    language, name = form.language.data, form.kept.data or ""
    if ending_of(name) not in ON_EVERY_PHONE:
        flash(gettext("Older iPhones can't play this kind of recording. MP3 and M4A play on every phone."))
    return _saved(survey, key, lambda one: editing_media.with_recording(one, key, language, name), "recording")


@bp.post("/surveys/<uuid:survey_id>/media/<key>/recording/remove")
def remove_recording(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Take a recording away."""
    language = request.form.get("language", "")
    return _removed(survey_id, key, lambda one: editing_media.without_recording(one, key, language), "recording")


@bp.post("/surveys/<uuid:survey_id>/media/<key>/video")
def save_video(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Save the address of a video in sign language, or take it away."""
    survey = access.own_survey(survey_id, "editor")
    asked, form = _asked(survey, key), VideoForm()
    status = 0 if form.validate() else 422
    if status or _is_outdated(survey):
        return _question_page(survey, asked, status or 409, video=form)
    return _saved(survey, key, lambda one: editing_media.signed_at(one, key, form.video.data or ""), "video")


@bp.post("/surveys/<uuid:survey_id>/media/<key>/photo")
def save_photo(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Save a photo with its description, or the description alone."""
    languages = _languages_before_writing(survey_id, key, of_photo=True)
    form = photo_form(languages, None)
    status = sent_photo(form, media_store())
    survey = access.own_survey(survey_id, "editor")
    if status or _is_outdated(survey):
        return _question_page(survey, _asked(survey, key), status or 409, photo=form)
    return _saved(survey, key, lambda one: editing_media.with_photo(one, key, form.kept_photo, form.seen), "photo")


@bp.post("/surveys/<uuid:survey_id>/media/<key>/photo/remove")
def remove_photo(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Take a photo away."""
    return _removed(survey_id, key, lambda one: editing_media.without_photo(one, key), "photo")


@bp.errorhandler(RequestEntityTooLarge)
def refuse_what_is_too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say on the page that sent it how large a file may be: nothing of it was read."""
    sent = {"media.keep_recording": "recording", "media.save_photo": "photo"}.get(request.endpoint or "")
    if sent is None:
        refusal: ResponseReturnValue = errors.refusal_page(error)
        return refusal
    place = request.view_args or {}
    survey = access.own_survey(place["survey_id"], "editor")
    asked = _asked(survey, place["key"])
    forms = _forms(survey.questionnaire, asked)
    about = about_photo if sent == "photo" else about_recording
    forms[sent][sent].errors = [about(NotKeptError(TOO_LARGE))]
    return _question_page(survey, asked, 413, **forms)


def _asked(survey: Survey, key: str) -> Question:
    found = next((one for one in survey.questionnaire.asking if one.key == key), None)
    return found or abort(404)


def _languages_before_writing(survey_id: UUID, key: str, *, of_photo: bool = False) -> tuple[str, ...]:
    """The languages that a file may be for, once the organiser is known; nobody's answer waits while it is read."""
    survey = access.own_survey(survey_id, "editor")
    questionnaire, asked = survey.questionnaire, _asked(survey, key)
    db.session().rollback()
    return questionnaire.languages if of_photo else question_media.languages_for(asked, questionnaire)


def _is_outdated(survey: Survey) -> bool:
    return request.form.get("version") != str(survey.version)


def _removed(survey_id: UUID, key: str, edit: Edit, what: str) -> ResponseReturnValue:
    survey = access.own_survey(survey_id, "editor")
    asked = _asked(survey, key)
    return _question_page(survey, asked, 409) if _is_outdated(survey) else _saved(survey, key, edit, what)


def _saved(survey: Survey, key: str, edit: Edit, what: str) -> ResponseReturnValue:
    before = survey.questionnaire
    change_draft(db.session(), survey, edit(before), question_media.change_label(question_name(before, key), what))
    access.record_for_survey(survey, f"changed a {what}")
    db.session().commit()
    flash(question_media.saved_message(what))
    return redirect(url_for("media.question", survey_id=survey.id, key=key), 303)


def _voice() -> speech.Voice:
    return speech.Voice(current_app.config["SPEECH_PROGRAM"], media_store())


def _spoken(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The languages that the computer voice can speak, and has something left to read in."""
    return tuple(
        tag for tag in questionnaire.languages
        if any(editing_media.silent_in(questionnaire, tag)) and _voice().speaks(tag)
    )  # fmt: skip


def _list_page(survey: Survey, *, is_outdated: bool = False, refused: str = "") -> str:
    questionnaire = survey.questionnaire
    form = speech_form(_spoken(questionnaire), formdata=None)
    page = {"lines": question_media.question_media(questionnaire), "is_outdated": is_outdated, "refused": refused}
    return render_template("media/media.html", survey=survey, speech=form, **page)


def _question_page(survey: Survey, asked: Question, status: int = 200, **sent: Any) -> ResponseReturnValue:
    questionnaire = survey.questionnaire
    forms = _forms(questionnaire, asked)
    page = {"asked": asked, "number": questionnaire.asking.index(asked) + 1, "is_outdated": status == 409}
    scripts = question_media.scripts_of(asked, questionnaire)
    html = render_template("media/question.html", survey=survey, scripts=scripts, **page, **{**forms, **sent})
    return html, status, {"Content-Security-Policy": f"{POLICY}; media-src 'self'"}


def _forms(questionnaire: Questionnaire, asked: Question) -> dict[str, FlaskForm]:
    """The forms of a question's page with what is saved."""
    return {
        "recording": recording_form(question_media.languages_for(asked, questionnaire), formdata=None),
        "video": VideoForm(formdata=None, data={"video": asked.signed}),
        "photo": photo_form(questionnaire.languages, asked.picture, formdata=None),
    }
