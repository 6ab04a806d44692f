"""Over a real server: a file arrives whole, or the transfer breaks."""

from collections.abc import Iterator
from hashlib import sha256
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.domain.response import Response
from surveyapp.domain.survey import Survey
from surveyapp.domain.team import Team
from surveyapp.export import routes
from surveyapp.export.everything.check import differences
from surveyapp.export.responses_csv import responses_csv
from surveyapp.export.rows import Snapshot
from tests.export.packages import unzipped
from tests.export.samples import DAY, MANY, connections_in_use, put_many, records_of
from tests.factories import make_survey
from tests.visitor import Visitor


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with many responses."""
    made = make_survey(session, team)
    put_many(session, made)
    return made


def _failing(taken: Snapshot) -> Iterator[bytes]:
    chunks = responses_csv(taken)
    yield next(chunks)
    yield next(chunks)
    raise RuntimeError("the disk went away")


def _fetch(visitor: Visitor, port: int, survey: Survey, name: str = "responses.csv") -> bytes:
    cookie = visitor.client.get_cookie("organiser")
    assert cookie is not None
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", f"/surveys/{survey.id}/export/{name}", headers={"Cookie": f"organiser={cookie.value}"})
    try:
        return connection.getresponse().read()
    finally:
        connection.close()


def test_transfer_arrives_whole(olu: Visitor, port: int, survey: Survey) -> None:
    assert len(records_of(_fetch(olu, port, survey))) == MANY


def test_package_is_whole_while_answers_come_in(
    olu: Visitor, port: int, survey: Survey, session: Session, tmp_path: Path
) -> None:
    file, is_through, came = tmp_path / "package.zip", Event(), 0

    def fetch() -> None:
        try:
            file.write_bytes(_fetch(olu, port, survey, "everything.zip"))
        finally:
            is_through.set()

    reader = Thread(target=fetch)
    reader.start()
    while not is_through.wait(0.005):
        came += 1
        key = sha256(came.to_bytes(8)).digest()
        session.add(_response(survey, key))
        session.commit()
    reader.join()

    assert came > 3
    assert differences(file) == []
    assert MANY <= len(records_of(unzipped(file.read_bytes())["responses.csv"])) <= MANY + came


def _response(survey: Survey, key: bytes) -> Response:
    usual = {"edition": 1, "view": "standard", "language": "en", "source": "qr", "revision": 1, "day": DAY}
    answers = {"overall": "1", "best": "Late"}
    return Response(survey_id=survey.id, key=key, finished=True, late=False, answers=answers, **usual)


def test_error_midway_breaks_the_transfer(
    app: Flask, olu: Visitor, port: int, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = routes.File("text/csv; charset=utf-8", _failing)
    monkeypatch.setattr(routes, "FILES", {"responses.csv": failing})

    with pytest.raises(IncompleteRead):
        _fetch(olu, port, survey)

    assert connections_in_use(app) == 0
