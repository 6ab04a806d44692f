"""List the surveys, change a survey's details, look at it, open it and close it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from surveyapp.db import sessions as db
from surveyapp.editing.rehearsal import end_of_writing
from surveyapp.editor import phases, queries
from surveyapp.editor.forms import VIEWS, EditForm, details_of, typed_of
from surveyapp.editor.questions import question_summaries
from surveyapp.editor.schedule import repeated_hour_notes, times_sentence
from surveyapp.model.survey import (
    TITLE_LENGTH,
    TOGETHER,
    CannotOpenError,
    Phase,
    StillOpenError,
    Survey,
    event_key_of,
)
from surveyapp.web import access
from surveyapp.web.conflicts import changes_between
from surveyapp.web.forms import one_line
from surveyapp.web.headers import POLICY

bp = Blueprint("editor", __name__)


@bp.get("/surveys")
def surveys() -> ResponseReturnValue:
    """List the teams' surveys: open, upcoming, past; or those that were put away; or those that were looked for."""
    teams = access.own_teams()
    listed = queries.listed_surveys(db.session(), [team.id for team in teams])
    away = [one for one in listed if one.survey.archived_on]
    shows_away = "away" in request.args
    shown = away if shows_away else [one for one in listed if not one.survey.archived_on]
    find = one_line(request.args.get("find", ""))[:TITLE_LENGTH]
    return render_template(
        "editor/surveys.html",
        groups=phases.grouped(phases.matching_surveys(shown, find), datetime.now(UTC)),
        find=find,
        shows_away=shows_away,
        away=len(away),
        there=len(shown),
        may_create=bool(access.own_teams("editor")),
    )


@bp.get("/surveys/<uuid:survey_id>")
def overview(survey_id: UUID) -> ResponseReturnValue:
    """Show a survey's state, what it still needs, and its counts."""
    return _overview_page(access.own_survey(survey_id))


@bp.get("/surveys/<uuid:survey_id>/details")
def details(survey_id: UUID) -> ResponseReturnValue:
    """Show a survey's details to change."""
    survey = access.own_survey(survey_id, "editor")
    return _details_page(survey, EditForm(data=typed_of(survey)))


@bp.post("/surveys/<uuid:survey_id>/details")
def save_details(survey_id: UUID) -> ResponseReturnValue:
    """Save a survey's details, unless somebody else changed them since the form was opened."""
    survey = access.own_survey(survey_id, "editor")
    form = EditForm(data=typed_of(survey))
    if request.form.get("version") != str(survey.version):
        return _conflict_page(survey, form)
    if not form.validate_on_submit():
        return _details_page(survey, form), 422
    now = datetime.now(UTC)
    details = {**details_of(form), "series": form.series.data, **_moments_left_alone(survey, form, now)}
    if survey.was_opened:
        details["sharing"] = details["sharing"] or survey.sharing
        if not _keeps_its_word(survey, form, details, now):
            return _details_page(survey, form), 422
    was_closed = survey.times.phase(now) is Phase.CLOSED
    survey.set_times(details.pop("opens_at"), details.pop("closes_at"), now)
    for name, value in details.items():
        setattr(survey, name, value)
    access.record_for_survey(survey, "changed the details")
    db.session().commit()
    flash(gettext("The details are saved."))
    if was_closed and survey.times.phase(now) is not Phase.CLOSED:
        flash(phases.opened_sentence(survey, now))
    for sentence in repeated_hour_notes(survey):
        flash(sentence)
    return _to_overview(survey)


@bp.get("/surveys/<uuid:survey_id>/preview")
def preview(survey_id: UUID) -> ResponseReturnValue:
    """Show the survey in each view, as wide as a phone."""
    survey = access.own_survey(survey_id)
    page = make_response(render_template("editor/preview.html", survey=survey, views=VIEWS.items()))
    page.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return page


@bp.post("/surveys/<uuid:survey_id>/open")
def open_survey(survey_id: UUID) -> ResponseReturnValue:
    """Open a survey, or say what it still needs."""
    survey = access.own_survey(survey_id, "editor")
    taken = queries.event_keys(db.session(), survey.team_id)
    now, closes_at = datetime.now(UTC), survey.closes_at
    try:
        event_key = event_key_of(survey.title, survey.event_date, taken)
        survey.open(now, event_key, at_once="at_once" in request.form)
    except CannotOpenError as error:
        return _overview_page(survey, error.missing)
    end_of_writing(db.session(), survey)
    access.record_for_survey(survey, "opened the survey")
    db.session().commit()
    flash(phases.opened_sentence(survey, now))
    if survey.closes_at != closes_at:
        flash(gettext("Its closing time had passed, and is taken away. Close it by hand, or give it a new one."))
    return _to_overview(survey)


@bp.post("/surveys/<uuid:survey_id>/close")
def close_survey(survey_id: UUID) -> ResponseReturnValue:
    """Close a survey by hand."""
    survey = access.own_survey(survey_id, "editor")
    survey.close(datetime.now(UTC))
    access.record_for_survey(survey, "closed the survey")
    db.session().commit()
    flash(gettext("The survey is closed. Pages that people opened before may still be sent for 30 days."))
    return _to_overview(survey)


@bp.post("/surveys/<uuid:survey_id>/archive")
def archive(survey_id: UUID) -> ResponseReturnValue:
    """Put a survey away, out of the list, or with `back` into it again; nothing is deleted."""
    survey = access.own_survey(survey_id, "editor")
    if "back" in request.form:
        survey.archived_on = survey.remove_on = None
        said = gettext("“%(title)s” is in the list again.", title=survey.title)
    else:
        try:
            survey.put_away(datetime.now(UTC))
        except StillOpenError:
            flash(gettext("Close the survey first. Then you can put it away."))
            return _to_overview(survey)
        said = gettext("“%(title)s” is put away. Nothing is deleted.", title=survey.title)
    access.record_for_survey(survey, "brought the survey back" if "back" in request.form else "put the survey away")
    db.session().commit()
    flash(said)
    return redirect(url_for("editor.surveys"), 303)


def _overview_page(survey: Survey, missing: list[str] | None = None) -> ResponseReturnValue:
    now = datetime.now(UTC)
    page = render_template(
        "editor/overview.html",
        survey=survey,
        now=now,
        phase=survey.times.phase(now),
        phase_words=phases.phase_label(survey, now),
        told=times_sentence(survey, now),
        ended=phases.ending_sentence(survey),
        may_delete=access.is_owner(survey),
        sharing_words=phases.sharing_sentence(survey),
        needs=phases.needs(survey),
        refused=missing is not None,
        cards=queries.counted_cards(survey),
        question_summaries=question_summaries(survey.questionnaire),
        public_url=current_app.config["PUBLIC_URL"],
    )
    return page, 422 if missing else 200


def _moments_left_alone(survey: Survey, form: EditForm, now: datetime) -> dict[str, datetime]:
    """The set times that the form brings back as it showed them, as they are stored: a form has no seconds and no zone.

    Another time zone moves those that are still to come, and none that is over.
    """
    shown = typed_of(survey)
    stored = {name: getattr(survey, name) for name in ("opens_at", "closes_at")}
    is_same_zone = form.time_zone.data == survey.time_zone
    return {
        name: moment
        for name, moment in stored.items()
        if moment is not None
        and form[name].data == shown[name].replace(second=0, microsecond=0)
        and (is_same_zone or moment <= now)
    }


def _keeps_its_word(survey: Survey, form: EditForm, details: dict[str, Any], now: datetime) -> bool:
    """Whether an opened survey's new details hold what people may have read; what doesn't is told beside its field.

    From the first opening on somebody may have read that nobody sees their answers until the survey is over, and their
    phone may be without signal; and a closing time in the past would shut out the phones that answered since.
    """
    if details["sharing"] != survey.sharing:
        if survey.sharing == TOGETHER:
            form.sharing.errors = [gettext("The survey was opened, and people may have read when answers are seen.")]
        elif queries.was_answered(db.session(), survey):
            form.sharing.errors = [gettext("Somebody has answered already, and read when the answers are seen.")]
    closes_at = details["closes_at"]
    if closes_at is not None and closes_at != survey.closes_at and closes_at <= now:
        form.closes_at.errors = [gettext("This time is over. Choose one that is still to come, or close it by hand.")]
    return not (form.sharing.errors or form.closes_at.errors)


def _conflict_page(survey: Survey, form: EditForm) -> ResponseReturnValue:
    """Show what is saved now beside what was typed; saving again means the typed words."""
    saved = EditForm(formdata=None, data=typed_of(survey))
    form.version.data = str(survey.version)
    return _details_page(survey, form, changes=changes_between(form, saved)), 409


def _details_page(survey: Survey, form: EditForm, **more: Any) -> str:
    names = queries.series_names(db.session(), survey.team_id)
    return render_template("editor/details.html", survey=survey, form=form, series_names=names, **more)


def _to_overview(survey: Survey) -> ResponseReturnValue:
    return redirect(url_for("editor.overview", survey_id=survey.id), 303)
