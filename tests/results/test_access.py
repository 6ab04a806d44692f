"""Who may read results."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from tests.factories import make_survey
from tests.results.answering import results_of
from tests.visitor import Visitor

ENDINGS = pytest.mark.parametrize("ending", ["", ".json"])


@ENDINGS
def test_viewer_of_the_team_reads_results(vic: Visitor, session: Session, team: Team, ending: str) -> None:
    vic.get(results_of(make_survey(session, team)) + ending)


@ENDINGS
def test_another_team_finds_nothing(petra: Visitor, session: Session, team: Team, ending: str) -> None:
    petra.get(results_of(make_survey(session, team)) + ending, 404)


@ENDINGS
def test_nobody_reads_results_without_signing_in(app: Flask, session: Session, team: Team, ending: str) -> None:
    address = results_of(make_survey(session, team)) + ending
    asked = Visitor(app.test_client()).get(address, 303, headers={"Accept": "text/html"})
    assert asked.location.startswith("/sign-in?next=")
