"""The server's access log: what was asked and how it went; never who asked, when, or with which words.

A line is method, route, status and milliseconds: `GET /s/<code> 200 2`. The route stands instead of the address, so
no card's code and no query string is in it, and there is no client address, user agent, referrer or time;
LOG_FORMAT=json adds the time.
"""

import logging
import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, request

from surveyapp.web.log_format import formatter

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LOGGER = logging.getLogger("surveyapp.access")
ROUTE = "surveyapp.route"  # where whoever answers a request notes its route; static files note none


def start_access_log(app: Flask, log_format: str = "plain") -> None:
    """Write a line to the standard error stream for every request from now on, static files apart."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(log_format))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
    app.url_value_preprocessor(_note_route)  # the first thing that Flask calls, before anything may refuse
    app.wsgi_app = logged(app.wsgi_app)  # type: ignore[method-assign, assignment]  # the documented way to wrap one


def logged(served: "WSGIApplication") -> "WSGIApplication":
    """The application, with a line for each answer at the moment when its status is known."""

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        began = time.perf_counter()

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            if ROUTE in environ:
                took = round((time.perf_counter() - began) * 1000)
                method, route = environ["REQUEST_METHOD"], environ[ROUTE]
                fields = {"method": method, "route": route, "status": int(status[:3]), "milliseconds": took}
                LOGGER.info("%s %s %s %s", method, route, status[:3], took, extra={"fields": fields})
            return start_response(status, headers, *error)

        return served(environ, start)

    return application


def log_refusal(method: str, status: int) -> None:
    """Write the line of a request that was refused before it had a route."""
    fields = {"method": method, "route": "-", "status": status, "milliseconds": 0}
    LOGGER.info("%s - %s 0", method, status, extra={"fields": fields})


def _note_route(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    request.environ[ROUTE] = request.url_rule.rule if request.url_rule else "-"
