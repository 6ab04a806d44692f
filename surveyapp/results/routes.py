"""The results page, which follows the answers as they come in, and the same figures as JSON."""

from datetime import UTC, datetime
from typing import cast
from uuid import UUID

import orjson
from flask import Blueprint, Response, current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from surveyapp.db import sessions as db
from surveyapp.figures.results_json import to_results_json
from surveyapp.figures.survey_figures import Audience
from surveyapp.model.survey import Phase
from surveyapp.results import page, words
from surveyapp.results.actions import routes as actions
from surveyapp.results.comments import routes as comments
from surveyapp.results.tallies import Tallies
from surveyapp.web import access

bp = Blueprint("results", __name__)
bp.register_blueprint(comments.bp)
bp.register_blueprint(actions.bp)
SECONDS = 10


@bp.record_once
def keep_tallies(state: BlueprintSetupState) -> None:
    """Give the app its tallies."""
    state.app.extensions["tallies"] = Tallies()


@bp.get("/surveys/<uuid:survey_id>/results")
def results(survey_id: UUID) -> ResponseReturnValue:
    """Show what people said. `seen` is the stamp of an open page that asks by itself: nothing new, no content."""
    survey = access.own_survey(survey_id)
    seen = request.args.get("seen", "")
    with _tallies().now(db.engine(), survey.id) as now:
        if now.stamp == seen:
            return "", 204
        read = now.results(_audience())
    shown = page.page_of(read, _audience())
    is_open = survey.times.phase(datetime.now(UTC)) is Phase.OPEN
    return render_template(
        "results/results.html",
        survey=survey,
        page=shown,
        cards=read.cards,
        words=words,
        news=words.news(shown.figures.responses, page.responses_in(seen)),
        is_open=is_open,
        is_live=is_open and request.args.get("live") != "off",
        seconds=SECONDS,
    )


@bp.get("/surveys/<uuid:survey_id>/results.json")
def results_json(survey_id: UUID) -> ResponseReturnValue:
    """Give the figures in the contract's shapes, in the order of the questions and of their answers."""
    survey = access.readable_survey(survey_id)
    with _tallies().now(db.engine(), survey.id) as now:
        figures = now.results(_audience()).figures
    return Response(orjson.dumps(to_results_json(figures)), content_type="application/json")


def _tallies() -> Tallies:
    return cast(Tallies, current_app.extensions["tallies"])


def _audience() -> Audience:
    return Audience(public=False, small_group=current_app.config["SMALL_GROUP"])
