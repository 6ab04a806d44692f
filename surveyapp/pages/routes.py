"""Pages of no survey: type the code on your card, take your answers back, privacy, the accessibility statement."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_date
from flask import Blueprint, abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.db import sessions as db
from surveyapp.model import withdrawal
from surveyapp.model.asking_who import tells_who
from surveyapp.model.codes import read_card_code, read_receipt, receipt_mark, shown_receipt
from surveyapp.model.questionnaire import VIEWS, Questionnaire
from surveyapp.pages.queries import own_card_facts
from surveyapp.pages.statement import last_checks
from surveyapp.rendering.card_facts import CardFacts
from surveyapp.rendering.event import event_of
from surveyapp.web import limits
from surveyapp.web.i18n import english_name, interface_languages, unchecked_languages, use_language
from surveyapp.web.origin import is_cross_site
from surveyapp.web.return_links import look_page, way_back

bp = Blueprint("pages", __name__)

TYPED_LENGTH = 100
LOOKS = {"view": VIEWS, "size": ("1", "2", "3"), "colour": ("auto", "cream", "dark", "contrast")}
PLAIN = {"view": "standard", "size": "1", "colour": "auto"}
STEPS = {"sure": "withdraw", "withdrawn": "withdraw"}  # pages that share the address of another


@bp.get("/")
def home() -> Response | str:
    """Type your code: one that can be a code leads on to its survey, another is told so at the field."""
    typed = request.args.get("code", "")
    code = read_card_code(typed)
    if code:
        query = urlencode(_look_query())
        return redirect(url_for("answer.page", code=code) + (query and f"?{query}"), 303)
    shown = "".join(character for character in typed[:TYPED_LENGTH] if character.isprintable())
    return _page("home", typed=shown or ("?" if typed else ""))


@bp.get("/look")
def look() -> str:
    """Change how the pages of no survey look: a plain form that leads back to the same page."""
    back = way_back(request.args, read_card_code(request.args.get("code", "")) or "")
    return _page("look", look_page="", back=back, view=_look_query().get("view", PLAIN["view"]))


@bp.get("/withdraw")
def withdraw() -> str:
    """Type the receipt to take your answers back; or, with `done`, that they are deleted."""
    if "done" in request.args:
        return _page("withdrawn")
    return _withdraw_page(typed=_shown(request.args.get("receipt", "")))


@bp.post("/withdraw")
def take_back() -> Response | str:
    """Ask once whether to delete the answers of a receipt; with `sure`, delete them at once and for good."""
    if is_cross_site():
        abort(403)
    typed = request.form.get("receipt", "")
    mark = _mark(typed)
    if "sure" not in request.form:
        is_known = mark is not None and withdrawal.has_receipt(db.session(), mark)
        return _page("sure", receipt=_shown(typed)) if is_known else _unknown_receipt(typed)
    if mark is None or not withdrawal.withdraw(db.session(), mark, datetime.now(UTC)):
        return _unknown_receipt(typed)
    db.session().commit()
    return redirect(f"{url_for('pages.withdraw')}?{urlencode({'done': 1} | _trail())}", 303)


@bp.get("/privacy")
def privacy() -> str:
    """What is kept of an answer, and what never is; with the `code` of a card, what holds for its survey."""
    found = _card_facts()
    if found is None:
        return _page("privacy")
    facts, questionnaire = found
    return _page("privacy", event=event_of(facts, questionnaire, _look_query().get("lang", "en")))


@bp.get("/accessibility")
def accessibility() -> str:
    """What works for whom, what was checked and what was not."""
    checks, unchecked = last_checks(), unchecked_languages()
    return _page(
        "accessibility",
        checks=checks,
        tested_on=format_date(checks.on, "d MMMM y", locale="en_GB"),
        site=current_app.config["PUBLIC_URL"].partition("://")[2],
        organisation=current_app.config["ORGANISATION"],
        contact=current_app.config["ACCESSIBILITY_CONTACT"],
        unchecked=unchecked,
        unchecked_in_english=", ".join(map(english_name, unchecked)),
    )


@bp.get("/health/live")
def live() -> Response:
    """The process answers."""
    return Response("live\n", mimetype="text/plain")


@bp.get("/health/ready")
def ready() -> Response:
    """An answer could be stored now; 503 with the reason where it couldn't."""
    trouble = db.trouble()
    return Response(f"{trouble or 'ready'}\n", 503 if trouble else 200, mimetype="text/plain")


def _card_facts() -> tuple[CardFacts, Questionnaire] | None:
    """The survey that led here, as people see it."""
    code = read_card_code(request.args.get("code", ""))
    return own_card_facts(db.session(), code, datetime.now(UTC)) if code else None


def _withdraw_page(**words: Any) -> str:
    """The form for a receipt; whether a survey asks who somebody is isn't known where none led here."""
    found = _card_facts()
    return _page("withdraw", asks_who=tells_who(found[1]) if found else None, **words)


def _page(name: str, **words: Any) -> str:
    """A page in the look of the address, with the way back to the survey that led here."""
    query = _look_query()
    shown = PLAIN | query | {"view": PLAIN["view"]}  # they have no pictures, and pass the view on
    look = SimpleNamespace(**shown, has_symbols=False, language=query.get("lang", "en"))
    use_language(look.language)
    code = read_card_code(request.args.get("code", "")) or ""
    words = {"look_page": _look_page(STEPS.get(name, name), query), **words}
    return render_template(f"pages/{name}.html", look=look, look_query=query, code=code, **words)


def _look_page(to: str, query: dict[str, str]) -> str:
    """Where this page's look is changed; what was typed comes back with it."""
    kept = way_back({**request.args, **request.form, "to": to}, "").kept
    return look_page(to, query, **kept)


def _mark(typed: str) -> bytes | None:
    """What is stored of a receipt, whatever its case, spaces and hyphens; None when it can't be one."""
    receipt = read_receipt(typed)
    return receipt_mark(receipt, str(current_app.config["SECRET_KEY"]).encode()) if receipt else None


def _shown(typed: str) -> str:
    receipt = read_receipt(typed)
    return shown_receipt(receipt) if receipt else _printable(typed)


def _printable(typed: str) -> str:
    return typed if typed.isprintable() else ""


def _unknown_receipt(typed: str) -> Response:
    """The same answer to a code that never was and to one that was used: it tells nobody which."""
    if wait := limits.count_wrong_receipt():
        return _wait_first(wait)
    return make_response(_withdraw_page(typed=_printable(typed), problem="unknown"), 422)


def _wait_first(seconds: int) -> Response:
    page = make_response(_withdraw_page(problem="wait", minutes=-(-seconds // 60)), 429)
    page.headers["Retry-After"] = str(seconds)
    return page


def _trail() -> dict[str, str]:
    """The look and the card that led here, as the address keeps them."""
    code = read_card_code(request.args.get("code", ""))
    return _look_query() | ({"code": code} if code else {})


def _look_query() -> dict[str, str]:
    allowed = {**LOOKS, "lang": interface_languages()[1:]}
    asked = {name: request.args.get(name, "") for name in allowed}
    return {name: value for name, value in asked.items() if value in allowed[name]}
