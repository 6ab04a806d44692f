"""Figures for whoever runs the server, as Prometheus reads them, on a port of their own (METRICS_PORT).

By route, method and status; never by survey, card or person, so that a chart of them tells nothing of any event.
"""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server

from surveyapp.web.access_log import ROUTE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

METHODS = frozenset({"GET", "HEAD", "POST"})
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


def start_metrics(app: Flask, host: str, port: int) -> None:
    """Count every request from now on, and serve the counts. Raises OSError where the port can't be had."""
    registry = CollectorRegistry()
    start_http_server(port, addr=host, registry=registry)
    app.wsgi_app = measured(app.wsgi_app, registry)  # type: ignore[method-assign, assignment]  # the documented way to wrap one


def measured(served: "WSGIApplication", registry: CollectorRegistry) -> "WSGIApplication":
    """The application, each answer counted at the moment when its status is known; static files are `assets`."""
    answers = Counter("surveyapp_answers", "Answers to requests", ("route", "method", "status"), registry=registry)
    waits = Histogram(
        "surveyapp_seconds", "Seconds until the answer begins", ("route",), registry=registry, buckets=SECONDS
    )

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        began = time.perf_counter()

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            route = environ.get(ROUTE, "assets")
            method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in METHODS else "other"
            answers.labels(route, method, status[:3]).inc()
            waits.labels(route).observe(time.perf_counter() - began)
            return start_response(status, headers, *error)

        return served(environ, start)

    return application
