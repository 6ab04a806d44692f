"""The report of a survey, part by part, and the address at which anybody may read it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from surveyapp.db import sessions as db
from surveyapp.model.public_report import published
from surveyapp.model.survey import Survey, today_at
from surveyapp.rendering.typesetting.pdf import NoFontError
from surveyapp.report import findings, queries
from surveyapp.report.content import ACTIONS_IN_SHORT, QUOTES_IN_SHORT, Report, report_of, sentences
from surveyapp.report.easy import easy_of
from surveyapp.report.pdf import board_pdf, easy_pdf, everything_pdf
from surveyapp.report.series import series_of
from surveyapp.web import access
from surveyapp.web.forms import later
from surveyapp.web.i18n import use_language

bp = Blueprint("report", __name__)
PARTS = {
    "board": later("For the board"),
    "easy": later("Easy read"),
    "all": later("Everything"),
    "sheet": later("One question"),
    "sentences": later("Sentences to copy"),
}


@bp.get("/surveys/<uuid:survey_id>/report")
def report(survey_id: UUID) -> ResponseReturnValue:
    """Show one part of the report: `part` of PARTS, `question` or `group` of a sheet, `lang` of easy read."""
    survey = access.own_survey(survey_id)
    made = report_of(db.session(), survey, current_app.config["SMALL_GROUP"])
    if made is None:
        return render_template("report/none.html", survey=survey)
    part = request.args.get("part", "board")
    return render_template(
        "report/report.html",
        survey=survey,
        part=part if part in PARTS else "board",
        parts=PARTS,
        public=queries.public_report(db.session(), survey.id),
        public_url=current_app.config["PUBLIC_URL"],
        **_shown(made, survey),
    )


@bp.get("/surveys/<uuid:survey_id>/report.pdf")
def pdf(survey_id: UUID) -> ResponseReturnValue:
    """Give a part as a tagged PDF; where a letter has no font here, the page prints itself."""
    survey = access.own_survey(survey_id)
    made = report_of(db.session(), survey, current_app.config["SMALL_GROUP"])
    if made is None:
        abort(404)
    part = request.args.get("part", "board")
    try:
        file = _pdf(made, part, str(_shown(made, survey)["language"]))
    except NoFontError:
        flash(gettext("A letter has no font here. Print the page instead."))
        return redirect(url_for("report.report", survey_id=survey.id, part=part), 303)
    named = {"Content-Disposition": 'attachment; filename="report.pdf"'}
    return Response(file, mimetype="application/pdf", headers=named)


def _pdf(made: Report, part: str, language: str) -> bytes:
    if part == "all":
        return everything_pdf(made)
    if part != "easy":
        return board_pdf(made)
    easy = easy_of(made, language)
    use_language("en")
    return easy_pdf(made, easy)


@bp.get("/series/<uuid:survey_id>")
def series(survey_id: UUID) -> ResponseReturnValue:
    """Show the events of the series that a survey is in, each rating beside the time before."""
    survey = access.own_survey(survey_id)
    found = series_of(db.session(), survey, current_app.config["SMALL_GROUP"])
    return render_template("report/series.html", survey=survey, series=found)


@bp.get("/surveys/<uuid:survey_id>/report/<key>.svg")
def figure(survey_id: UUID, key: str) -> ResponseReturnValue:
    """Give the figure of one question as a drawing, with its words for who can't see it."""
    survey = access.own_survey(survey_id)
    made = report_of(db.session(), survey, current_app.config["SMALL_GROUP"])
    found = made.of(key) if made else None
    if found is None or not found.rows:
        abort(404)
    return Response(render_template("report/figure.svg", one=found), mimetype="image/svg+xml")


@bp.post("/surveys/<uuid:survey_id>/report/publish")
def publish(survey_id: UUID) -> ResponseReturnValue:
    """Let anybody read the report who has its address."""
    survey = access.own_survey(survey_id, "editor")
    made = report_of(db.session(), survey, current_app.config["SMALL_GROUP"])
    if made is None or not made.shows_figures:
        flash(gettext("There is nothing to publish yet. Five people or more must have answered."))
    elif queries.public_report(db.session(), survey.id) is None:
        db.session().add(published(survey.id, today_at(survey.zone, datetime.now(UTC))))
        access.record_for_survey(survey, "published the report")
        flash(gettext("The report is published. Anybody who has its address can read it."))
    db.session().commit()
    return redirect(url_for("report.report", survey_id=survey.id), 303)


@bp.post("/surveys/<uuid:survey_id>/report/take-down")
def take_down(survey_id: UUID) -> ResponseReturnValue:
    """Take the public report down: its address is gone for ever."""
    survey = access.own_survey(survey_id, "editor")
    public = queries.public_report(db.session(), survey.id)
    if public is not None:
        db.session().delete(public)
        access.record_for_survey(survey, "took the report down")
        flash(gettext("The report is taken down. Nobody can read it at that address any more."))
    db.session().commit()
    return redirect(url_for("report.report", survey_id=survey.id), 303)


@bp.get("/r/<key>")
def public_report(key: str) -> ResponseReturnValue:
    """Show a published report to anybody: the board's part, or with `part=easy` easy read."""
    public = queries.report_of_key(db.session(), key)
    survey = db.session().get(Survey, public.survey_id) if public else None
    made = report_of(db.session(), survey, current_app.config["SMALL_GROUP"]) if survey else None
    if public is None or survey is None or made is None:
        return render_template("report/gone.html"), 404
    part = "easy" if request.args.get("part") == "easy" else "board"
    shown = _shown(made, survey)
    return render_template("report/public.html", key=key, survey=survey, public=public, part=part, **shown)


def _shown(made: Report, survey: Survey) -> Mapping[str, object]:
    """What every part's template reads."""
    languages = survey.questionnaire.languages
    wanted = request.args.get("lang", "")
    language = wanted if wanted in languages else languages[0]
    easy = easy_of(made, language)
    use_language("en")
    groups = [group for group in made.groups if group.responses is not None]
    return {
        "made": made,
        "says": findings,
        "easy": easy,
        "language": language,
        "languages": languages,
        "sheet": made.of(request.args.get("question", "")) or next(iter(made.ratings), None),
        "sheet_groups": groups,
        "sentences": sentences(made),
        "quotes_in_short": made.quotes[:QUOTES_IN_SHORT],
        "actions_in_short": made.actions[:ACTIONS_IN_SHORT],
    }
