"""The page of entries, one entry's page, and what makes them public or takes them down."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select

from surveyapp.db import sessions as db
from surveyapp.model.action import (
    Action,
    actions_of,
    link_notes,
    next_number,
    people_by_theme,
    public_people_count,
    way_in,
)
from surveyapp.model.survey import Survey, today_at
from surveyapp.results.actions import queries, words
from surveyapp.results.actions.arranging import with_entry_moved
from surveyapp.results.actions.forms import EntryForm, NewEntryForm, entry_words, saved_words, typed_entry
from surveyapp.web import access

bp = Blueprint("actions", __name__)


@bp.get("/surveys/<uuid:survey_id>/actions")
def actions(survey_id: UUID) -> ResponseReturnValue:
    """List the entries with their state."""
    return _list_page(access.own_survey(survey_id))


@bp.post("/surveys/<uuid:survey_id>/actions")
def add(survey_id: UUID) -> ResponseReturnValue:
    """Add an entry that starts from a theme or from words, and go on to its own page."""
    survey = access.own_survey(survey_id, "editor")
    form = _new_form(survey)
    if not form.validate_on_submit() or form.says_nothing():
        return _list_page(survey, form), 422
    action = Action(survey_id=survey.id, number=next_number(actions_of(db.session(), survey.id)))
    action.you_said, action.theme = form.you_said.data or "", form.theme.data or None
    _keep(survey, action, "added an entry to “You said, we did”")
    return _told(gettext("The entry is added. Now say what you did."), _address(action))


@bp.post("/surveys/<uuid:survey_id>/actions/arrange")
def arrange(survey_id: UUID) -> ResponseReturnValue:
    """Move, remove or take down the entry whose button was pressed."""
    survey = access.own_survey(survey_id, "editor")
    done = with_entry_moved(db.session(), actions_of(db.session(), survey.id), request.form.get("do", ""))
    if done.what:
        access.record_for_survey(survey, done.what)
        db.session().commit()
    return _told(done.said, url_for("results.actions.actions", survey_id=survey.id))


@bp.post("/surveys/<uuid:survey_id>/actions/publish")
def publish(survey_id: UUID) -> ResponseReturnValue:
    """Publish what the page showed to be ready; what was changed since is left for another look."""
    survey = access.own_survey(survey_id, "editor")
    shown = dict(seal.split(":", 1) for seal in request.form.getlist("ready") if ":" in seal)
    listed = actions_of(db.session(), survey.id)
    waiting = [action for action in listed if not action.is_published and str(action.id) in shown]
    ready = [action for action in waiting if action.is_ready and shown[str(action.id)] == str(action.version)]
    people = people_by_theme(db.session(), survey.id)
    for action in ready:
        told = public_people_count(people.get(action.theme or ""), current_app.config["SMALL_GROUP"])
        action.publish(today_at(survey.zone), told)
    if ready:
        access.record_for_survey(survey, f"published {len(ready)} of “You said, we did”")
        db.session().commit()
    left = len(waiting) - len(ready)
    return _told(words.published_message(len(ready), left), url_for("results.actions.actions", survey_id=survey.id))


@bp.get("/surveys/<uuid:survey_id>/actions/<uuid:action_id>")
def entry(survey_id: UUID, action_id: UUID) -> ResponseReturnValue:
    """Show one entry to change."""
    survey = access.own_survey(survey_id, "editor")
    action = db.session().get(Action, action_id)
    if action is None or action.survey_id != survey.id:
        abort(404)
    return _entry_page(survey, action, _form(survey, action))


@bp.post("/surveys/<uuid:survey_id>/actions/<uuid:action_id>")
def keep(survey_id: UUID, action_id: UUID) -> ResponseReturnValue:
    """Save an entry, unless somebody else changed or removed it since it was opened: then saving again means it."""
    survey = access.own_survey(survey_id, "editor")
    action = db.session().get(Action, action_id) or _removed(survey, action_id)
    if action.survey_id != survey.id:
        abort(404)
    form = _form(survey, action)
    if form.version.data != str(action.version):
        return _conflict_page(survey, action, form)
    if not form.validate_on_submit():
        return _entry_page(survey, action, form), 422
    _recount(survey, action, form.theme.data or None)
    for name, value in entry_words(form).items():
        setattr(action, name, value)
    action.version += 1
    is_public = action.is_published
    _keep(survey, action, f"changed {'a published' if is_public else 'an'} entry of “You said, we did”")
    said = gettext("The entry is saved. People read it as it is now.") if is_public else gettext("The entry is saved.")
    return _told(said, _address(action))


def _removed(survey: Survey, action_id: UUID) -> Action:
    """An entry that somebody else removed while it was being written: it is there again once it is saved twice."""
    number = next_number(actions_of(db.session(), survey.id))
    blank = {"you_said": "", "you_said_easy": "", "we_did": "", "we_did_easy": "", "owner": ""}
    return Action(id=action_id, survey_id=survey.id, number=number, version=0, what="did", **blank)


def _recount(survey: Survey, action: Action, theme: str | None) -> None:
    """Another theme is said by others: what is told of them is counted anew."""
    if action.is_published and theme != action.theme:
        people = people_by_theme(db.session(), survey.id).get(theme or "")
        action.people = public_people_count(people, current_app.config["SMALL_GROUP"])


def _keep(survey: Survey, action: Action, what: str) -> None:
    session = db.session()
    session.add(action)
    session.flush()
    link_notes(session, action, action.theme)
    access.record_for_survey(survey, what)
    session.commit()


def _form(survey: Survey, action: Action) -> EntryForm:
    form = EntryForm(data=typed_entry(action))
    themes = dict(people_by_theme(db.session(), survey.id))
    if action.theme:
        themes.setdefault(action.theme, 0)
    others = [one for one in actions_of(db.session(), survey.id) if one.id != action.id]
    form.offer(themes, {one.theme for one in others if one.theme}, survey.questionnaire.language)
    form.is_public = action.is_published
    return form


def _new_form(survey: Survey) -> NewEntryForm:
    form = NewEntryForm()
    answered = {one.theme for one in actions_of(db.session(), survey.id) if one.theme}
    form.offer(people_by_theme(db.session(), survey.id), answered, survey.questionnaire.language)
    return form


def _list_page(survey: Survey, refused: NewEntryForm | None = None) -> str:
    listed, today = actions_of(db.session(), survey.id), today_at(survey.zone)
    return render_template(
        "results/actions.html",
        survey=survey,
        today=today,
        late=[action for action in listed if action.is_overdue(today)],
        actions=listed,
        ready=[action for action in listed if action.is_ready and not action.is_published],
        published=[action for action in listed if action.is_published],
        people=people_by_theme(db.session(), survey.id),
        form=refused or _new_form(survey),
        code=db.session().scalar(select(way_in(survey.id))),
        public_url=current_app.config["PUBLIC_URL"],
        small_group=current_app.config["SMALL_GROUP"],
        language=survey.questionnaire.language,
        words=words,
    )


def _conflict_page(survey: Survey, action: Action, form: EntryForm) -> ResponseReturnValue:
    """What is saved now beside what was typed; an entry that was removed has nothing saved."""
    form.version.data = str(action.version)
    changes = saved_words(form, action) if action.version else []
    return _entry_page(survey, action, form, changes=changes, is_gone=not action.version), 409


def _entry_page(survey: Survey, action: Action, form: EntryForm, **more: Any) -> str:
    return render_template(
        "results/action.html",
        survey=survey,
        action=action,
        form=form,
        remarks=queries.remarks(action, survey.questionnaire.language),
        people=people_by_theme(db.session(), survey.id).get(action.theme or "", 0),
        small_group=current_app.config["SMALL_GROUP"],
        words=words,
        **more,
    )


def _address(action: Action) -> str:
    return url_for("results.actions.entry", survey_id=action.survey_id, action_id=action.id)


def _told(sentence: str, address: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(address, 303)
