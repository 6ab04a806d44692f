"""Delete a survey's answers now, see the certificate of a deletion, and put a draft into the bin."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from surveyapp.db import sessions as db
from surveyapp.editor.deletion.forms import DeleteForm
from surveyapp.model.deletion import Deletion, WasOpenedError, delete_answers, holding, throw_away
from surveyapp.model.survey import Phase, StillOpenError, Survey
from surveyapp.model.team import Account
from surveyapp.model.traces import remove_traces
from surveyapp.web import access
from surveyapp.web.formatting import day

bp = Blueprint("deletion", __name__)


@bp.get("/surveys/<uuid:survey_id>/delete")
def deletion(survey_id: UUID) -> ResponseReturnValue:
    """Say what would go and what would stay, and ask."""
    return _page(access.own_survey(survey_id, "owner"), DeleteForm())


@bp.post("/surveys/<uuid:survey_id>/delete")
def delete(survey_id: UUID) -> ResponseReturnValue:
    """Delete the answers, and lead to the certificate."""
    survey = access.own_survey(survey_id, "owner", with_editions=True)
    form = DeleteForm()
    if survey.deleted_on is not None or not survey.was_opened:
        return _to_certificate(survey)
    if not form.is_sure(gettext("Tick the box if you are sure. Nothing is deleted yet.")):
        return _page(survey, form), 422
    try:
        delete_answers(db.session(), survey, datetime.now(UTC), access.signed_in().id)
    except StillOpenError:
        flash(gettext("People can still answer. Close the survey first."))
        return redirect(url_for("deletion.deletion", survey_id=survey.id), 303)
    access.record_for_survey(survey, "deleted the answers")
    db.session().commit()
    remove_traces(db.engine())
    flash(gettext("All answers are deleted."))
    return _to_certificate(survey)


@bp.get("/surveys/<uuid:survey_id>/deleted")
def certificate(survey_id: UUID) -> ResponseReturnValue:
    """Show that the answers were deleted: what, when and by whom, to print and to file."""
    survey = access.own_survey(survey_id)
    made = db.session().get(Deletion, survey.id)
    who = db.session().get(Account, made.account_id) if made and made.account_id else None
    return render_template("deletion/certificate.html", survey=survey, made=made, who=who)


@bp.post("/surveys/<uuid:survey_id>/bin")
def throw_away_draft(survey_id: UUID) -> ResponseReturnValue:
    """Put a draft that was never opened into the bin, for a week."""
    survey = access.own_survey(survey_id, "editor")
    try:
        throw_away(survey, datetime.now(UTC))
    except WasOpenedError:
        flash(gettext("People may have answered this survey. Delete its answers, or put it away."))
        return redirect(url_for("editor.overview", survey_id=survey.id), 303)
    access.record_for_survey(survey, "put the draft into the bin")
    db.session().commit()
    goes_on = day(survey.remove_on) if survey.remove_on else ""
    said = gettext(
        "“%(title)s” is in the bin until %(day)s. Find it under “put away”.", title=survey.title, day=goes_on
    )
    flash(said)
    return redirect(url_for("editor.surveys"), 303)


def _page(survey: Survey, form: DeleteForm) -> str:
    return render_template(
        "deletion/delete.html",
        survey=survey,
        form=form,
        holding=holding(db.session(), survey.id),
        is_closed=survey.times.phase(datetime.now(UTC)) is Phase.CLOSED,
    )


def _to_certificate(survey: Survey) -> ResponseReturnValue:
    return redirect(url_for("deletion.certificate", survey_id=survey.id), 303)
