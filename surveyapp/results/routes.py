"""The results page, which follows the answers as they come in, and the same figures as JSON."""

from datetime import UTC, date, datetime
from uuid import UUID

import orjson
from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from surveyapp.db import sessions as db
from surveyapp.figures.frozen import freeze
from surveyapp.figures.results_json import to_results_json
from surveyapp.figures.survey_figures import Audience
from surveyapp.model.release import NotClosedError, TooFewToReleaseError, put_off, release
from surveyapp.model.survey import Phase, Survey, today_at
from surveyapp.model.traces import remove_traces
from surveyapp.results import page, words
from surveyapp.results.actions import routes as actions
from surveyapp.results.comments import routes as comments
from surveyapp.results.current import results_now, tried_results
from surveyapp.results.waiting import answered, before_release, since_release, to_waiting_json, waiting_page
from surveyapp.web import access

bp = Blueprint("results", __name__)
bp.register_blueprint(comments.bp)
bp.register_blueprint(actions.bp)
SECONDS = 10


@bp.get("/surveys/<uuid:survey_id>/results")
def results(survey_id: UUID) -> ResponseReturnValue:
    """Show what people said. `seen` is the stamp of an open page that asks by itself: nothing new, no content."""
    survey = access.own_survey(survey_id)
    if survey.is_tried_out(datetime.now(UTC)) and (tried := _tried_page(survey)):
        return tried
    if not survey.may_be_read:
        return waiting_page(survey, "results")
    seen = request.args.get("seen", "")
    with_comments = access.reads_rows(survey)
    now = results_now(db.engine(), survey.id, comments=with_comments)
    if now.stamp == seen:
        return "", 204
    read = now.results(_audience())
    shown = page.results_page(read, _audience(), with_comments=with_comments)
    is_open = survey.times.phase(datetime.now(UTC)) is Phase.OPEN
    return render_template(
        "results/results.html",
        survey=survey,
        page=shown,
        cards=read.cards,
        words=words,
        news=words.news(shown.figures.responses, page.responses_in(seen)),
        is_open=is_open,
        is_live=is_open and survey.shows_openly and request.args.get("live") != "off",
        seconds=SECONDS,
        since=since_release(db.session(), survey, datetime.now(UTC)),
        may_show_now=survey.times.phase(datetime.now(UTC)) is Phase.CLOSED and not survey.is_released,
    )


@bp.get("/surveys/<uuid:survey_id>/results.json")
def results_json(survey_id: UUID) -> ResponseReturnValue:
    """Give the figures in the contract's shapes, in the order of the questions and of their answers."""
    survey = access.readable_survey(survey_id)
    if not survey.may_be_read:
        before = before_release(db.session(), survey, _audience(), datetime.now(UTC))
        return Response(orjson.dumps(to_waiting_json(before)), content_type="application/json")
    with_comments = access.reads_rows(survey)
    figures = results_now(db.engine(), survey.id, comments=with_comments).results(_audience()).figures
    shown = {
        **to_results_json(figures, with_comments=with_comments),
        "answered": answered(db.session(), survey),
        "released": True,
    }
    return Response(orjson.dumps(shown), content_type="application/json")


@bp.post("/surveys/<uuid:survey_id>/release")
def show_now(survey_id: UUID) -> ResponseReturnValue:
    """Show a closed survey's answers now, once and for all."""
    survey = access.own_survey(survey_id, "editor", with_editions=True)
    now = datetime.now(UTC)
    if survey.is_released:
        flash(gettext("The answers are shown already."))
        return redirect(url_for("results.results", survey_id=survey.id), 303)
    try:
        released = release(db.session(), survey, now)
    except NotClosedError:
        flash(gettext("People can still answer. Close the survey first, then press “Show now”."))
    except TooFewToReleaseError:
        flash(gettext("Too few people have answered to show what they said. You can open the survey for longer."))
    else:
        freeze(db.session().connection(), survey, _audience().small_group, today_at(survey.zone, now))
        access.record_for_survey(survey, "showed the answers")
        shown = ngettext("%(num)s answer is shown now.", "%(num)s answers are shown now.", released)
        flash(gettext("What may be passed on is made now.") if survey.shows_openly else shown)
    db.session().commit()
    remove_traces(db.engine())
    return redirect(url_for("results.results", survey_id=survey.id), 303)


@bp.post("/surveys/<uuid:survey_id>/put-off")
def put_off_release(survey_id: UUID) -> ResponseReturnValue:
    """Let the answers be shown later, for paper or late phones: 30 days at most."""
    survey = access.own_survey(survey_id, "editor")
    try:
        put_off(survey, date.fromisoformat(request.form.get("until", "")), datetime.now(UTC))
    except NotClosedError:
        flash(gettext("People can still answer. Close the survey first."))
    except ValueError:
        flash(gettext("Choose a day after today, and at most 30 days after the survey closed."))
    else:
        access.record_for_survey(survey, "put off showing the answers")
        flash(gettext("The answers are shown on that day."))
    db.session().commit()
    return redirect(url_for("results.results", survey_id=survey.id), 303)


def _tried_page(survey: Survey) -> str | None:
    """The page of a survey that isn't open yet, of what the organisers tried out themselves, marked as that."""
    read = tried_results(db.session().connection(), survey, _audience())
    if read is None:
        return None
    shown = page.results_page(read, _audience(), with_comments=access.reads_rows(survey))
    return render_template("results/rehearsal.html", survey=survey, page=shown, cards=read.cards, words=words)


def _audience() -> Audience:
    return Audience(public=False, small_group=current_app.config["SMALL_GROUP"])
