"""A disk that is full: a page in plain words, and nothing left behind."""

import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from surveyapp.model.traces import remove_traces
from tests.export.samples import MANY, connections_in_use, file_of, put_many, records_of
from tests.factories import make_survey
from tests.visitor import Visitor

LARGEST = 400_000  # bytes; the sheet of these responses takes 2 MB


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


@contextmanager
def little_room() -> Iterator[None]:
    """No file of this process can grow beyond a limit: the kernel refuses it, as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_workbook_that_has_no_room_is_refused_in_words_and_leaves_nothing(
    app: Flask, olu: Visitor, session: Session, team: Team, folder: Path
) -> None:
    survey = make_survey(session, team)
    put_many(session, survey)
    session.close()
    remove_traces(app.extensions["engine"])  # so that there is room for the note of who takes a file

    with little_room():
        page = olu.get(f"/surveys/{survey.id}/export/excel.xlsx", 507)
        streamed = records_of(file_of(olu, survey, "responses.csv"))

    assert page.h1 == "This file can't be made"
    assert "The server's disk has no room to make this file. Nothing is lost." in page.text
    assert list(folder.iterdir()) == []
    assert connections_in_use(app) == 0
    assert len(streamed) == MANY
