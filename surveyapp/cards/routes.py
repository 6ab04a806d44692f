"""A survey's cards: list them, add more, change one, take an unused one away."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from surveyapp.cards.forms import CARDS_LIMIT, CardForm, PlacesForm, TablesForm
from surveyapp.cards.groups import group_warning
from surveyapp.cards.new_cards import add_tables, give_free_codes
from surveyapp.cards.printing.sheets import POSTER, SHEETS, SLIDE, to_print
from surveyapp.cards.queries import stand_ins
from surveyapp.db import sessions as db
from surveyapp.model.codes import read_card_code
from surveyapp.model.languages import offered
from surveyapp.model.survey import REHEARSAL, Card, CardInUseError, Survey
from surveyapp.web import access
from surveyapp.web.forms import choices_of, later
from surveyapp.web.i18n import language_name

bp = Blueprint("cards", __name__)

ALONE = {POSTER: later("Poster"), SLIDE: later("Screen")}


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


@bp.post("/surveys/<uuid:survey_id>/cards/places")
def add_places(survey_id: UUID) -> ResponseReturnValue:
    """Add a card for each name on a list; those that have one keep it."""
    survey = access.own_survey(survey_id, "editor")
    form = PlacesForm()
    form.taken = [card.label for card in survey.cards]
    if not form.validate_on_submit():
        return _cards_page(survey, places=form), 422
    names, source = form.new_names, form.source.data
    there = len(form.all_names) - len(names)
    added = [survey.add_card(name, source=source, group=name if form.compare.data else None) for name in names]
    if there:
        flash(ngettext("%(num)s of them was there already.", "%(num)s of them were there already.", there))
    return _added(survey, added)


@bp.post("/surveys/<uuid:survey_id>/cards/alone")
def add_alone(survey_id: UUID) -> ResponseReturnValue:
    """Give the poster or the slide a card of its own, and show it."""
    survey = access.own_survey(survey_id, "editor")
    sheet = request.form.get("sheet", "")
    if sheet not in ALONE or len(survey.cards) >= CARDS_LIMIT:
        return _to_cards(survey)
    if not to_print(survey.cards, sheet):
        give_free_codes(db.session(), [survey.add_card(str(ALONE[sheet]), sheet=sheet)])
        access.record_for_survey(survey, f"added the card of the {sheet}")
        db.session().commit()
    if sheet == SLIDE:
        return redirect(url_for("printing.slide", survey_id=survey.id), 303)
    return redirect(url_for("printing.printed", survey_id=survey.id, sheet=sheet), 303)


@bp.get("/surveys/<uuid:survey_id>/cards/<code>")
def card(survey_id: UUID, code: str) -> ResponseReturnValue:
    """Show one card: its address, its count, how to print it alone, and what can be changed."""
    survey = access.own_survey(survey_id)
    return _card_page(survey, _own_card(survey, code))


@bp.post("/surveys/<uuid:survey_id>/cards/<code>")
def change_card(survey_id: UUID, code: str) -> ResponseReturnValue:
    """Change a card's name, what its results are compared by, and how it opens."""
    survey = access.own_survey(survey_id, "editor")
    changed = _own_card(survey, code)
    form = _card_form(survey, changed)
    if not form.validate_on_submit():
        return _card_page(survey, changed, form), 422
    changed.label, changed.group = form.label.data or "", form.group.data or None
    changed.view, changed.language = form.view.data or None, form.language.data or None
    access.record_for_survey(survey, "changed a card")
    db.session().commit()
    flash(gettext("The card “%(label)s” is saved.", label=changed.label))
    return _to_cards(survey)


@bp.post("/surveys/<uuid:survey_id>/cards/<code>/remove")
def remove_card(survey_id: UUID, code: str) -> ResponseReturnValue:
    """Take away a card that nobody has finished from."""
    survey = access.own_survey(survey_id, "editor")
    unused = _own_card(survey, code)
    db.session().refresh(unused, with_for_update=True)  # somebody may be finishing from it right now
    try:
        survey.remove_card(unused)
    except CardInUseError:
        flash(gettext("People have answered from “%(label)s”, so it stays. You can rename it.", label=unused.label))
        return redirect(url_for("cards.card", survey_id=survey.id, code=unused.code), 303)
    access.record_for_survey(survey, "removed a card")
    db.session().commit()
    flash(gettext("The card “%(label)s” is removed. Its code leads nowhere now.", label=unused.label))
    return _to_cards(survey)


def _own_card(survey: Survey, typed: str) -> Card:
    code = read_card_code(typed)
    found = next((card for card in survey.cards if card.code == code and card.source != REHEARSAL), None)
    return found or abort(404)


def _cards_page(survey: Survey, tables: TablesForm | None = None, places: PlacesForm | None = None) -> str:
    tables = tables or TablesForm(formdata=None)
    tables.seen.data = str(len(survey.cards))
    printed_elsewhere = stand_ins(db.session(), survey.id)
    return render_template(
        "cards/cards.html",
        survey=survey,
        cards=[card for card in survey.cards if card.source != REHEARSAL],
        stand_ins=printed_elsewhere,
        printable=to_print(survey.cards, "a6", (), printed_elsewhere),
        alone={sheet: bool(to_print(survey.cards, sheet)) for sheet in ALONE},
        kinds=SHEETS.values(),
        warning=group_warning(survey),
        tables=tables,
        places=places or PlacesForm(formdata=None),
    )


def _card_form(survey: Survey, card: Card) -> CardForm:
    languages = {tag: language_name(tag) for tag in offered(survey.questionnaire).languages}
    now = {"label": card.label, "group": card.group, "view": card.view or "", "language": card.language or ""}
    form = CardForm(data=now)
    form.language.choices = choices_of({"": gettext("As the survey is set")} | languages)
    form.taken = [other.label for other in survey.cards if other is not card]
    return form


def _card_page(survey: Survey, card: Card, form: CardForm | None = None) -> str:
    form = form or _card_form(survey, card)
    more = {"team_code": stand_ins(db.session(), survey.id).get(card.code), "warning": group_warning(survey)}
    return render_template("cards/card.html", survey=survey, card=card, form=form, kinds=SHEETS.values(), **more)


def _added(survey: Survey, added: list[Card]) -> ResponseReturnValue:
    give_free_codes(db.session(), added)
    said = ngettext("%(num)s card is added.", "%(num)s cards are added.", len(added))
    access.record_for_survey(survey, f"added {len(added)} cards")
    db.session().commit()
    flash(said)
    return _to_cards(survey)


def _to_cards(survey: Survey) -> ResponseReturnValue:
    return redirect(url_for("cards.cards", survey_id=survey.id), 303)
