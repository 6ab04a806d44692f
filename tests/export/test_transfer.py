"""Over a real server: a file arrives whole, or the transfer breaks, and nothing is left behind either way."""

from collections.abc import Iterator
from functools import partial
from http.client import IncompleteRead
from itertools import islice
from threading import Event

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config import Config
from surveyapp.export import routes
from surveyapp.export.responses_csv import responses_csv
from surveyapp.export.routes import FILES
from surveyapp.export.rows import Batch, Snapshot
from surveyapp.export.safe.quotes_csv import quotes_csv
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.export.samples import MANY, connections_in_use, put_many, records_of
from tests.export.served import asking, eventually, fetched, put_long_ones, serving
from tests.factories import make_survey
from tests.visitor import Visitor

GONE = 4


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with many responses."""
    made = make_survey(session, team)
    put_many(session, made)
    return made


@pytest.fixture
def _failing_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first two batches of every file of rows come, or the head of the quotes; then what a lost database says."""
    batches = Snapshot.batches
    lost = OperationalError("SELECT", {}, Exception("the server closed the connection"))

    def some(taken: Snapshot) -> Iterator[Batch]:
        yield from islice(batches(taken), 2)
        raise lost

    def some_quotes(taken: Snapshot) -> Iterator[bytes]:
        yield from islice(quotes_csv(taken), 1)
        raise lost

    monkeypatch.setattr(Snapshot, "batches", some)
    monkeypatch.setattr("surveyapp.export.safe.package.quotes_csv", some_quotes)


class RefusedAtOnce(Exception):
    """A file that is made before it is sent was refused with a page."""


def _fetch(visitor: Visitor, port: int, survey: Survey, name: str = "responses.csv") -> bytes:
    status, body = fetched(visitor, port, f"/surveys/{survey.id}/export/{name}")
    if status >= 500:
        raise RefusedAtOnce
    return body


def test_transfer_arrives_whole(olu: Visitor, port: int, survey: Survey) -> None:
    assert len(records_of(_fetch(olu, port, survey))) == MANY


@pytest.mark.parametrize("name", FILES)
@pytest.mark.usefixtures("_failing_later")
def test_error_midway_breaks_the_transfer_of_every_file(
    app: Flask, olu: Visitor, port: int, survey: Survey, name: str
) -> None:
    with pytest.raises((IncompleteRead, RefusedAtOnce)):
        _fetch(olu, port, survey, name)

    assert connections_in_use(app) == 0


def test_server_that_is_killed_midway_leaves_no_file_that_looks_whole(
    config: Config, olu: Visitor, session: Session, team: Team
) -> None:
    survey = make_survey(session, team)
    put_long_ones(session, survey)
    session.close()
    with serving(config) as (process, port):
        connection = asking(olu, port, f"/surveys/{survey.id}/export/everything.zip", wait=60)
        with connection.getresponse() as answer:
            assert answer.status == 200
            begun = answer.read(50_000)
            process.kill()
            with pytest.raises((IncompleteRead, ConnectionError)):
                answer.read()
        connection.close()

    assert len(begun) == 50_000


def test_client_that_goes_away_leaves_no_worker_and_no_snapshot_behind(
    app: Flask, olu: Visitor, port: int, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = Event()
    monkeypatch.setattr(routes, "FILES", {"endless.csv": routes.DownloadFile("text/csv", partial(_endless, closed))})
    for _ in range(GONE):
        connection = asking(olu, port, f"/surveys/{survey.id}/export/endless.csv")
        with connection.getresponse() as answer:
            assert answer.read(1000)
        connection.close()

    assert closed.wait(20)
    assert eventually(lambda: connections_in_use(app) == 0)
    assert fetched(olu, port, "/health/live") == (200, b"live\n")


def _endless(closed: Event, taken: Snapshot) -> Iterator[bytes]:
    """A file that nobody can take whole; its reading is known to have ended."""
    try:
        while True:
            yield from responses_csv(taken)
    finally:
        closed.set()
