"""A team's own cards: make them, print them, point them at a survey."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from surveyapp.cards import queries
from surveyapp.cards.forms import CARDS_LIMIT, no_room
from surveyapp.cards.new_cards import give_free_codes
from surveyapp.cards.printing.cards import Stack, stack_of
from surveyapp.cards.printing.routes import pdf_or_page, sheet_page
from surveyapp.cards.printing.sheets import chosen_team_cards, sheet_of
from surveyapp.cards.team.forms import PointForm, RenameForm, TeamNamesForm
from surveyapp.db import sessions as db
from surveyapp.model.codes import new_card_code, read_card_code
from surveyapp.model.survey import Survey
from surveyapp.model.team import Role, Team
from surveyapp.model.team_cards import TeamCard, leading, point
from surveyapp.web import access
from surveyapp.web.forms import choices_of

bp = Blueprint("team_cards", __name__)


@bp.get("/team/cards")
def team_cards() -> ResponseReturnValue:
    """List the team's own cards, and which survey each leads to now."""
    return _page(_own_team(request.args.get("team")))


@bp.post("/team/cards")
def add_team_cards() -> ResponseReturnValue:
    """Add a card for each name on a list."""
    team = _own_team(request.form.get("team"), "editor")
    cards = queries.team_cards(db.session(), team.id)
    form = TeamNamesForm()
    form.taken = [card.label for card in cards]
    if not form.validate_on_submit():
        return _page(team, names=form), 422
    last = max((card.position for card in cards), default=0)
    added = [
        TeamCard(code=new_card_code(), team_id=team.id, label=name, position=place)
        for place, name in enumerate(form.new_names, start=last + 1)
    ]
    give_free_codes(db.session(), added)
    db.session().add_all(added)
    access.record_in(team.id, f"added {len(added)} team cards")
    return _done(team, ngettext("%(num)s card is added.", "%(num)s cards are added.", len(added)))


@bp.post("/team/cards/point")
def point_team_cards() -> ResponseReturnValue:
    """Let the ticked cards lead to a survey whenever it is open."""
    team = _own_team(request.form.get("team"), "editor")
    surveys = queries.pointable(db.session(), team.id)
    form = _point_form(surveys)
    chosen = {read_card_code(code) for code in request.form.getlist("card")}
    cards = [card for card in queries.team_cards(db.session(), team.id) if card.code in chosen]
    if not form.validate_on_submit() or not cards:
        return _page(team, point=form, none_ticked=not cards), 422
    survey = access.own_survey(UUID(form.survey.data), "editor")
    if len(survey.cards) + len(cards) > CARDS_LIMIT:
        form.survey.errors = [no_room(CARDS_LIMIT - len(survey.cards))]
        return _page(team, point=form), 422
    give_free_codes(db.session(), point(cards, survey, datetime.now(UTC)))
    access.record_for_survey(survey, f"pointed {len(cards)} team cards at the survey")
    said = ngettext(
        "%(num)s card leads to “%(title)s” while it is open.",
        "%(num)s cards lead to “%(title)s” while it is open.",
        len(cards),
        title=survey.title,
    )
    return _done(team, said)


@bp.post("/team/cards/change")
def change_team_card() -> ResponseReturnValue:
    """Rename a card, or take away one that was never used."""
    team = _own_team(request.form.get("team"), "editor")
    form = RenameForm()
    cards = queries.team_cards(db.session(), team.id)
    card = next((card for card in cards if card.code == read_card_code(form.code.data or "")), None)
    if card is None:
        return _done(team, gettext("That card is gone."))
    if "remove" in request.form:
        return _removed(team, card)
    if not form.validate_on_submit():
        return _page(team, rename=form), 422
    card.label = form.label.data or ""
    access.record_in(team.id, "renamed a team card")
    return _done(team, gettext("The card “%(label)s” is saved.", label=card.label))


@bp.get("/team/cards/print")
def printed() -> ResponseReturnValue:
    """Show the team's cards as they are printed on a sheet."""
    team, sheet = _own_team(request.args.get("team")), sheet_of(request.args.get("sheet"))
    return sheet_page(_stack(team), sheet, team=team)


@bp.get("/team/cards.pdf")
def pdf() -> ResponseReturnValue:
    """Give the same sheets as a PDF."""
    team, sheet = _own_team(request.args.get("team")), sheet_of(request.args.get("sheet"))
    return pdf_or_page(_stack(team), sheet, team=team)


def _own_team(team_id: str | None, least: Role = "viewer") -> Team:
    """The team of an id, the first of one's own without; 403 for too small a role."""
    teams = access.own_teams(least)
    if not teams:
        abort(403)
    return next((team for team in teams if str(team.id) == team_id), teams[0] if not team_id else None) or abort(404)


def _point_form(surveys: Sequence[Survey]) -> PointForm:
    form = PointForm()
    form.survey.choices = choices_of({str(survey.id): survey.title for survey in surveys})
    return form


def _page(team: Team, **shown: object) -> str:
    cards = queries.team_cards(db.session(), team.id)
    surveys = queries.pointable(db.session(), team.id)
    now = datetime.now(UTC)
    known = {
        "names": TeamNamesForm(formdata=None),
        "point": _point_form(surveys),
        "rename": _rename_form(cards),
        "none_ticked": False,
    }
    page = {
        "team": team,
        "teams": access.own_teams(),
        "surveys": surveys,
        "cards": [(card, leading(card.uses, now)) for card in cards],
        "may_change": team in access.own_teams("editor"),
    }
    return render_template("cards/team_cards.html", **(known | page | shown))


def _rename_form(cards: Sequence[TeamCard]) -> RenameForm | None:
    code = read_card_code(request.args.get("change", ""))
    card = next((card for card in cards if card.code == code), None)
    return RenameForm(formdata=None, data={"code": card.code, "label": card.label}) if card else None


def _removed(team: Team, card: TeamCard) -> ResponseReturnValue:
    if card.uses:
        return _done(team, gettext("“%(label)s” has been used at an event, so it stays.", label=card.label))
    db.session().delete(card)
    access.record_in(team.id, "removed a team card")
    return _done(team, gettext("The card “%(label)s” is removed. Its code leads nowhere now.", label=card.label))


def _done(team: Team, said: str) -> ResponseReturnValue:
    db.session().commit()
    flash(said)
    return redirect(url_for("team_cards.team_cards", team=team.id), 303)


def _stack(team: Team) -> Stack:
    cards = chosen_team_cards(queries.team_cards(db.session(), team.id), request.args.getlist("card"))
    return stack_of(cards, team.name, (), current_app.config["PUBLIC_URL"])
