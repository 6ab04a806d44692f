"""The open survey's page, answered in front of Flask while its card was just looked up and its page is kept.

A card on a table is scanned by many people in the same minutes. What Flask does for every request (contexts, routing,
sessions) costs several times what this page needs: two look-ups, one signature and one join of bytes.
Whatever is not that plain case goes to Flask, whose route gives the same answer by the same function.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import uuid4

from flask import Flask
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from surveyapp.answer.gaps import CutPage
from surveyapp.answer.opened_token import make_opened_token
from surveyapp.answer.page import PageCache, page_key
from surveyapp.answer.queries import Caches
from surveyapp.model.codes import read_card_code
from surveyapp.model.survey import Phase
from surveyapp.rendering.card_facts import CardFacts
from surveyapp.web.access_log import ROUTE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIXES = ("/s/", "/S/")
Headers = list[tuple[str, str]]


def init_app(app: Flask) -> None:
    """Stand in front of the app; the kits that wrap it later stand before this."""
    app.wsgi_app = in_front(app, app.wsgi_app)  # type: ignore[method-assign, assignment]  # the documented way to wrap one


def in_front(app: Flask, behind: "WSGIApplication") -> "WSGIApplication":
    """The application that answers kept pages itself and leaves everything else to the one behind."""

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        kept = _kept(app, environ)
        if kept is None:
            return behind(environ, start_response)
        headers, body = opened_page(*kept, app.config["SECRET_KEY"], environ.get("HTTP_ACCEPT_ENCODING", ""))
        environ[ROUTE] = "/s/<code>"
        start_response("200 OK", headers)
        return [body]

    return application


def opened_page(facts: CardFacts, page: CutPage, secret: str, accepts: str) -> tuple[Headers, bytes]:
    """The page for one person who opens it now: headers and body, compressed where the phone takes that."""
    opened = make_opened_token(secret.encode(), facts.survey_id, facts.edition or 0, datetime.now(UTC))
    gaps = {"response": str(uuid4()).encode(), "opened": opened.encode()}
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Accept-Encoding"), *page.headers]
    if takes_gzip(accepts):
        body = page.gzipped(gaps)
        headers.append(("Content-Encoding", "gzip"))
    else:
        body = page.plain(gaps)
    return [*headers, ("Content-Length", str(len(body)))], body


@lru_cache(maxsize=128)
def takes_gzip(accepts: str) -> bool:
    """Whether an Accept-Encoding header (RFC 9110, 12.5.3) lets an answer be gzipped."""
    return bool(parse_accept_header(accepts, Accept).quality("gzip") > 0)


def _kept(app: Flask, environ: "WSGIEnvironment") -> tuple[CardFacts, CutPage] | None:
    """The card and the page that a plain GET of an open survey asks for, if both are at hand."""
    path: str = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING") or not path.startswith(PREFIXES):
        return None
    typed = path[len(PREFIXES[0]) :]
    code = None if "/" in typed else read_card_code(typed)
    caches: Caches = app.extensions["answer_caches"]
    facts = caches.cards.kept(code) if code else None
    if facts is None or facts.times.phase(datetime.now(UTC)) is not Phase.OPEN:
        return None
    pages: PageCache = app.extensions["answer_pages"]
    page = pages.kept(page_key(facts))
    return (facts, page) if page is not None else None
