"""Print cards: the sheets as a page and as a PDF, a slide with a live count, a QR code alone."""

from uuid import UUID

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from surveyapp.cards.printing.cards import PrintedCard, Stack, printed_card, stack_of
from surveyapp.cards.printing.pdf import pdf_of
from surveyapp.cards.printing.sheets import SHEETS, SLIDE, PrintSheet, on_sheets, sheet_of, to_print
from surveyapp.cards.qr import qr_matrix, qr_png
from surveyapp.cards.queries import stand_ins
from surveyapp.db import sessions as db
from surveyapp.model.codes import read_card_code
from surveyapp.model.languages import offered
from surveyapp.model.survey import REHEARSAL, Card, Survey
from surveyapp.rendering.typesetting.pdf import NoFontError
from surveyapp.web import access

bp = Blueprint("printing", __name__)


@bp.get("/surveys/<uuid:survey_id>/cards/print")
def printed(survey_id: UUID) -> ResponseReturnValue:
    """Show the cards as they are printed on a sheet."""
    survey = access.own_survey(survey_id)
    sheet = sheet_of(request.args.get("sheet"))
    return sheet_page(_stack(survey, sheet.name), sheet, survey=survey)


@bp.get("/surveys/<uuid:survey_id>/cards.pdf")
def pdf(survey_id: UUID) -> ResponseReturnValue:
    """Give the same sheets as a PDF; where a letter has no font here, the page says so and prints itself."""
    survey = access.own_survey(survey_id)
    sheet = sheet_of(request.args.get("sheet"))
    stack = _stack(survey, sheet.name)
    return pdf_or_page(stack, sheet, survey=survey)


@bp.get("/surveys/<uuid:survey_id>/cards/slide")
def slide(survey_id: UUID) -> ResponseReturnValue:
    """Show the slide for the projector: a code to scan, and how many have answered so far."""
    survey = access.own_survey(survey_id)
    stack = _stack(survey, SLIDE)
    finished = sum(card.finished_count for card in survey.cards if card.source != REHEARSAL)
    return render_template("cards/slide.html", survey=survey, stack=stack, finished=finished)


@bp.get("/surveys/<uuid:survey_id>/cards/<code>.svg")
def svg(survey_id: UUID, code: str) -> ResponseReturnValue:
    """Give a card's QR code as a drawing."""
    card = _own_card(survey_id, code)
    return Response(render_template("cards/code.svg", card=card), mimetype="image/svg+xml")


@bp.get("/surveys/<uuid:survey_id>/cards/<code>.png")
def png(survey_id: UUID, code: str) -> ResponseReturnValue:
    """Give a card's QR code as a picture."""
    return Response(qr_png(qr_matrix(_own_card(survey_id, code).address)), mimetype="image/png")


def sheet_page(stack: Stack, sheet: PrintSheet, **more: object) -> str:
    """The page of a stack of cards on a sheet; `survey` or `team` says whose they are."""
    shared = {"survey": None, "team": None, "unprintable": False}
    sheets = on_sheets(stack.cards, sheet)
    page = {"stack": stack, "sheet": sheet, "sheets": sheets, "kinds": SHEETS.values()}
    return render_template("cards/printed.html", **(shared | page | more))


def pdf_or_page(stack: Stack, sheet: PrintSheet, **whose: object) -> ResponseReturnValue:
    """The PDF to download; the page where there is no card, or where a letter would be printed as a box."""
    if not stack.cards:
        return sheet_page(stack, sheet, **whose)
    try:
        made = pdf_of(stack, sheet, gettext("Cards: %(title)s", title=stack.title))
    except NoFontError:
        return sheet_page(stack, sheet, **whose, unprintable=True), 422
    named = {"Content-Disposition": f'attachment; filename="cards-{sheet.name}.pdf"'}
    return Response(made, mimetype="application/pdf", headers=named)


def _stack(survey: Survey, sheet: str) -> Stack:
    cards = to_print(survey.cards, sheet, request.args.getlist("card"), stand_ins(db.session(), survey.id))
    languages = offered(survey.questionnaire).languages
    return stack_of(cards, survey.title, languages, current_app.config["PUBLIC_URL"])


def _own_card(survey_id: UUID, typed: str) -> PrintedCard:
    code = read_card_code(typed)
    found: Card | None = next((card for card in access.own_survey(survey_id).cards if card.code == code), None)
    return printed_card(found or abort(404), current_app.config["PUBLIC_URL"])
