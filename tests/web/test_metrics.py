"""Counts for whoever runs the server, and the log as JSON: neither says which survey or who."""

import json
import logging
import socket
import sys
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from surveyapp.web import access_log, metrics
from surveyapp.web.log_format import formatter
from tests.factories import card_of, make_survey
from tests.visitor import Visitor


@pytest.fixture
def quiet_access_log() -> Iterator[None]:
    """The access log as a test found it."""
    yield
    access_log.LOGGER.handlers.clear()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as opened:
        port: int = opened.getsockname()[1]
        return port


@pytest.mark.usefixtures("quiet_access_log")
def test_answers_are_counted_by_route_and_by_nothing_that_names_a_survey(
    app: Flask, session: Session, team: Team
) -> None:
    code = card_of(make_survey(session, team)).code
    port = free_port()
    access_log.start_access_log(app)
    metrics.start_metrics(app, "127.0.0.1", port)
    ana = Visitor(app.test_client())
    ana.get(f"/s/{code}?lang=en")
    ana.get("/s/bcdfgh", 404)

    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        told = answer.read().decode()

    assert 'surveyapp_answers_total{method="GET",route="/s/<code>",status="200"} 1.0' in told
    assert 'surveyapp_answers_total{method="GET",route="/s/<code>",status="404"} 1.0' in told
    assert 'surveyapp_seconds_count{route="/s/<code>"} 2.0' in told
    assert code not in told
    assert ana.get("/metrics", 404).status == 404


@pytest.mark.usefixtures("quiet_access_log")
def test_the_log_as_json_has_time_level_and_no_more_of_people(
    app: Flask, session: Session, team: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    code = card_of(make_survey(session, team)).code
    access_log.start_access_log(app, "json")
    Visitor(app.test_client()).get(f"/s/{code}?lang=en")

    line = json.loads(capsys.readouterr().err.splitlines()[-1])

    assert set(line) == {"time", "level", "logger", "message", "method", "route", "status", "milliseconds"}
    assert (line["level"], line["route"], line["status"]) == ("info", "/s/<code>", 200)
    assert line["time"].endswith("+00:00")
    assert code not in json.dumps(line)


def test_a_fault_is_one_line_of_json() -> None:
    try:
        int("several\nlines")
    except ValueError:
        record = logging.LogRecord("surveyapp", logging.ERROR, "", 0, "It %s", ("fell",), sys.exc_info())
    line = formatter("json").format(record)
    assert "\n" not in line
    assert (json.loads(line)["level"], json.loads(line)["message"]) == ("error", "It fell")
    assert "several" in json.loads(line)["error"]
