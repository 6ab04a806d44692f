"""Add cards to a survey, and print them: sheets of table cards, a poster, a QR code alone."""

from uuid import UUID

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from surveyapp import db
from surveyapp.cards.forms import CARDS_LIMIT, CardForm, TablesForm
from surveyapp.cards.new_cards import add_tables, give_free_codes
from surveyapp.cards.qr import address_of, qr_matrix, qr_png
from surveyapp.cards.sheets import (
    Per,
    languages_of,
    length_of,
    on_sheets,
    poster_card,
    printed_card,
    to_print,
    typed_parts,
)
from surveyapp.domain.codes import read_card_code
from surveyapp.domain.survey import Card, Survey
from surveyapp.web import access

bp = Blueprint("cards", __name__)


@bp.get("/surveys/<uuid:survey_id>/cards")
def cards(survey_id: UUID) -> ResponseReturnValue:
    """List a survey's cards with what each has counted."""
    return _cards_page(access.own_survey(survey_id))


@bp.post("/surveys/<uuid:survey_id>/cards")
def add_table_cards(survey_id: UUID) -> ResponseReturnValue:
    """Add cards for so many more tables; a button pressed twice adds them once."""
    survey = access.own_survey(survey_id, "editor")
    form = TablesForm()
    if form.seen.data and form.seen.data != str(len(survey.cards)):
        flash(gettext("This list has changed since you opened it. If you need more cards, add them now."))
        return _to_cards(survey)
    form.room = CARDS_LIMIT - len(survey.cards)
    if not form.validate_on_submit():
        return _cards_page(survey, tables=form), 422
    return _added(survey, add_tables(survey, form.count))


@bp.post("/surveys/<uuid:survey_id>/cards/named")
def add_named_card(survey_id: UUID) -> ResponseReturnValue:
    """Add one card with a name of its own."""
    survey = access.own_survey(survey_id, "editor")
    form = CardForm()
    form.taken = [card.label for card in survey.cards]
    if not form.validate_on_submit():
        return _cards_page(survey, card=form), 422
    return _added(survey, [survey.add_card(form.name)])


@bp.get("/surveys/<uuid:survey_id>/cards/print")
def printed(survey_id: UUID) -> ResponseReturnValue:
    """Show the cards as they are printed, two or four to a sheet of A4."""
    survey = access.own_survey(survey_id)
    public_url = current_app.config["PUBLIC_URL"]
    per: Per = 2 if request.args.get("per") == "2" else 4
    made = [printed_card(card, public_url) for card in to_print(survey.cards, request.args.getlist("card"))]
    return render_template("cards/printed.html", survey=survey, sheets=on_sheets(made, per), per=per, **_look(survey))


@bp.get("/surveys/<uuid:survey_id>/cards/poster")
def poster(survey_id: UUID) -> ResponseReturnValue:
    """Show one card as a poster of A4."""
    survey = access.own_survey(survey_id)
    card = poster_card(survey.cards, request.args.getlist("card"))
    shown = card and printed_card(card, current_app.config["PUBLIC_URL"])
    return render_template("cards/poster.html", survey=survey, card=shown, **_look(survey))


@bp.get("/surveys/<uuid:survey_id>/cards/<code>.svg")
def svg(survey_id: UUID, code: str) -> ResponseReturnValue:
    """Give a card's QR code as a drawing."""
    card = _own_card(survey_id, code)
    drawing = render_template("cards/code.svg", card=printed_card(card, current_app.config["PUBLIC_URL"]))
    return Response(drawing, mimetype="image/svg+xml")


@bp.get("/surveys/<uuid:survey_id>/cards/<code>.png")
def png(survey_id: UUID, code: str) -> ResponseReturnValue:
    """Give a card's QR code as a picture."""
    card = _own_card(survey_id, code)
    return Response(qr_png(qr_matrix(address_of(current_app.config["PUBLIC_URL"], card.code))), mimetype="image/png")


def _own_card(survey_id: UUID, typed: str) -> Card:
    code = read_card_code(typed)
    found = next((card for card in access.own_survey(survey_id).cards if card.code == code), None)
    return found or abort(404)


def _cards_page(survey: Survey, tables: TablesForm | None = None, card: CardForm | None = None) -> str:
    tables = tables or TablesForm(formdata=None)
    tables.seen.data = str(len(survey.cards))
    return render_template("cards/cards.html", survey=survey, tables=tables, card=card or CardForm(formdata=None))


def _look(survey: Survey) -> dict[str, object]:
    """What every printed page needs beside its cards."""
    parts = typed_parts(current_app.config["PUBLIC_URL"])
    return {
        "typed_parts": parts,
        "title_length": length_of(survey.title, 30, 90),
        "address_length": length_of("".join(parts), 22, 44),
        "languages": languages_of(survey.questionnaire.languages),
    }


def _added(survey: Survey, added: list[Card]) -> ResponseReturnValue:
    give_free_codes(db.session(), added)
    said = ngettext("%(num)s card is added.", "%(num)s cards are added.", len(added))
    access.record(survey, f"added {len(added)} cards")
    db.session().commit()
    flash(said)
    return _to_cards(survey)


def _to_cards(survey: Survey) -> ResponseReturnValue:
    return redirect(url_for("cards.cards", survey_id=survey.id), 303)
