"""Every failure is a real page in easy words with a way on; none of them needs the database."""

from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError

from surveyapp.model.codes import read_card_code
from surveyapp.web.look import Look, look_of_request
from surveyapp.web.return_links import look_page

PAGES = frozenset({400, 403, 404, 405, 410, 413, 429, 500, 503})
RETRY_SECONDS = "5"
PLAIN_LOOK = Look()


def init_app(app: Flask) -> None:
    """Register a page for each code, and 503 for a database that is busy or gone."""
    app.register_error_handler(HTTPException, _http_error)
    for error in (OperationalError, PoolTimeoutError):
        app.register_error_handler(error, _unavailable)
    app.register_error_handler(InternalServerError, _http_error)


def wants_json() -> bool:
    """Whether the attendee's script is asking, not a person's browser."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def refusal(code: int, sentence: str, fields: dict[str, str] | None = None) -> Response:
    """A refusal for the script."""
    answer = jsonify({"error": sentence, "fields": fields or {}})
    answer.status_code = code
    return answer


def error_sentence(code: int) -> str:
    """What a person is told, and what to do about it."""
    sentences = {
        400: gettext("We could not read that. Please go back and try again."),
        401: gettext("Please sign in first."),
        403: gettext("You can't do that from here."),
        404: gettext("We could not find that page. Check the code on your card."),
        405: gettext("This page can't do that. Please go back."),
        410: gettext("This survey is closed."),
        413: gettext("That is too much to send at once. Please make it shorter."),
        422: gettext("Some answers need another look."),
        429: gettext("Too many tries. Please wait a minute and try again."),
        501: gettext("This is not set up here."),
        503: gettext("We can't save right now. Please wait a moment and try again."),
    }
    return sentences.get(code, gettext("Something went wrong on our side. Please try again."))


def refusal_page(error: HTTPException) -> Any:
    """The page of a refusal, for a kit that has looked at it first."""
    return _http_error(error)


def _page(code: int) -> Response:
    look = look_of_request()
    if wants_json():
        return refusal(code, error_sentence(code))
    name = code if code in PAGES else (400 if code < 500 else 500)
    card = read_card_code((request.view_args or {}).get("code", ""))
    return make_response(render_template(f"errors/{name}.html", **error_context(look, card or "")), code)


def error_context(look: Look, card: str = "") -> dict[str, Any]:
    """What a page of no known survey prints: its look, and the addresses that keep it and change it."""
    parts = {
        "lang": (look.language, PLAIN_LOOK.language),
        "view": (look.view, PLAIN_LOOK.view),
        "size": (look.size, PLAIN_LOOK.size),
        "colour": (look.colour, PLAIN_LOOK.colour),
    }
    query = {name: str(value) for name, (value, usual) in parts.items() if value != usual}
    changed = look_page("survey", query, code=card) if card else look_page("home", query)
    return {"look": look, "look_query": query, "look_page": changed}


def _http_error(error: HTTPException) -> Any:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    page = _page(error.code)
    for name, value in error.get_headers():
        if name.lower() in ("retry-after", "allow"):
            page.headers[name] = value
    return page


def _unavailable(error: DBAPIError | PoolTimeoutError) -> Response:
    page = _page(503)
    page.headers["Retry-After"] = RETRY_SECONDS
    return page
