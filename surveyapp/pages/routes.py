"""Pages of no survey: type the code on your card, privacy, the accessibility statement."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import db
from surveyapp.domain.codes import read_card_code

bp = Blueprint("pages", __name__)

LOOKS = {"size": ("1", "2", "3"), "colour": ("auto", "cream", "dark", "contrast")}


@bp.get("/")
def home() -> Response | str:
    """Type your code: one that can be a code leads on to its survey, another is told so at the field."""
    typed = request.args.get("code", "")
    code = read_card_code(typed)
    if code:
        query = urlencode(_look_query())
        return redirect(url_for("answer.page", code=code) + (query and f"?{query}"), 303)
    return _page("home", typed=typed)


@bp.get("/privacy")
def privacy() -> str:
    """What is kept of an answer, and what never is."""
    return _page("privacy")


@bp.get("/accessibility")
def accessibility() -> str:
    """What works for whom, what was checked and what was not."""
    return _page("accessibility")


@bp.get("/health/live")
def live() -> Response:
    """The process answers."""
    return Response("live\n", mimetype="text/plain")


@bp.get("/health/ready")
def ready() -> Response:
    """An answer could be stored now; 503 with the reason where it couldn't."""
    trouble = db.trouble()
    return Response(f"{trouble or 'ready'}\n", 503 if trouble else 200, mimetype="text/plain")


def _page(name: str, **words: Any) -> str:
    """A page in the look of the address, with the way back to the survey that led here."""
    query = _look_query()
    look = SimpleNamespace(view="standard", language="en", has_symbols=False, **{"size": "1", "colour": "auto"} | query)
    code = read_card_code(request.args.get("code", "")) or ""
    return render_template(f"pages/{name}.html", look=look, look_query=query, code=code, **words)


def _look_query() -> dict[str, str]:
    asked = {name: request.args.get(name, "") for name in LOOKS}
    return {name: value for name, value in asked.items() if value in LOOKS[name]}
