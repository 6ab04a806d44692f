"""The server's access log: what was asked and how it went; never who asked, when, or with which words.

A line is method, route, status and milliseconds: `GET /s/<code> 200 2`. The route stands instead of the address, so
no card's code and no query string is in it, and there is no client address, user agent, referrer or time.
"""

import logging
import sys
import time

from flask import Flask, Response, g, request

LOGGER = logging.getLogger("surveyapp.access")


def start(app: Flask) -> None:
    """Write a line to the standard error stream for every request from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
    app.before_request(_begin)
    app.after_request(_log)


def _begin() -> None:
    g.began = time.perf_counter()


def _log(response: Response) -> Response:
    took = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000)
    route = request.url_rule.rule if request.url_rule else "-"
    LOGGER.info("%s %s %s %s", request.method, route, response.status_code, took)
    return response
