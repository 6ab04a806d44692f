"""What is due is done by one routine, whoever looks or doesn't."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.model.due import run_due
from surveyapp.model.release import release
from surveyapp.model.survey import TOGETHER, Survey
from surveyapp.model.team import Team
from tests.factories import every_kind, make_survey
from tests.model.test_release import CLOSED_AT, close, counts, finish


@pytest.fixture
def engine(app: Flask) -> Engine:
    """The app's engine, for transactions that write."""
    found: Engine = app.extensions["engine"]
    return db.writing(found)


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey of the kind together."""
    return make_survey(session, team, every_kind(), sharing=TOGETHER)


def test_ten_that_wait_are_moved(engine: Engine, session: Session, survey: Survey) -> None:
    finish(session, survey, 11)

    done = run_due(engine, CLOSED_AT, rewrite=True)

    assert (done.moved, done.released) == (6, 0)
    assert counts(session) == (5, 6, 0)
    assert run_due(engine, CLOSED_AT, rewrite=True).is_nothing


def test_a_closed_survey_is_released_at_its_hour_and_not_before(
    engine: Engine, session: Session, survey: Survey
) -> None:
    finish(session, survey, 7)
    close(session, survey)

    assert run_due(engine, CLOSED_AT + timedelta(hours=6), rewrite=False).released == 0
    assert run_due(engine, CLOSED_AT + timedelta(hours=8), rewrite=False).released == 1
    assert counts(session) == (0, 7, 7)


def test_a_survey_that_the_clock_closes_is_released_too(engine: Engine, session: Session, survey: Survey) -> None:
    finish(session, survey, 7)
    survey.closes_at = CLOSED_AT
    session.commit()

    assert run_due(engine, CLOSED_AT + timedelta(hours=8), rewrite=False).released == 1


def test_one_survey_that_fails_holds_up_no_other(
    engine: Engine, session: Session, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    surveys = [make_survey(session, team, every_kind(), sharing=TOGETHER) for _ in range(3)]
    for survey in surveys:
        finish(session, survey, 7)
        close(session, survey)
    broken = min(survey.id for survey in surveys)

    def release_or_fail(session: Session, survey: Survey, now: datetime) -> int:
        if survey.id == broken:
            raise ValueError("broken")
        return release(session, survey, now)

    monkeypatch.setattr("surveyapp.model.due.release", release_or_fail)
    with pytest.raises(ValueError, match="broken"):
        run_due(engine, CLOSED_AT + timedelta(hours=8), rewrite=False)

    session.expire_all()
    assert {survey.id for survey in surveys if survey.is_released} == {one.id for one in surveys} - {broken}


def test_too_few_are_left_waiting_without_an_error(engine: Engine, session: Session, survey: Survey) -> None:
    finish(session, survey, 4)
    close(session, survey)

    assert run_due(engine, CLOSED_AT + timedelta(days=2), rewrite=False).released == 0
    assert counts(session) == (4, 0, 0)


def test_late_ones_after_the_release_are_not_shown_the_next_day(
    engine: Engine, session: Session, survey: Survey
) -> None:
    finish(session, survey, 7)
    close(session, survey)
    run_due(engine, CLOSED_AT + timedelta(hours=8), rewrite=False)
    finish(session, survey, 3, late=True)

    run_due(engine, datetime(2026, 10, 10, tzinfo=UTC), rewrite=True)

    assert counts(session) == (3, 7, 7)
