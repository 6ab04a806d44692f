"""Two processes release one survey at the same moment: everything is shown once and counted once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from surveyapp.db import sessions as db
from surveyapp.model.release import TooFewToReleaseError, release
from surveyapp.model.response import UnlinkedCount
from surveyapp.model.survey import TOGETHER, Survey
from surveyapp.model.team import Team
from tests.factories import every_kind, make_survey
from tests.model.test_release import CLOSED_AT, close, counts, finish


def released_by(engine: Engine, survey_id: UUID, together: Barrier) -> int:
    """How many one of the two released: none where the other one was quicker."""
    with Session(db.writing(engine)) as session:
        together.wait(10)
        try:
            count = release(session, session.get_one(Survey, survey_id), CLOSED_AT)
            session.commit()
        except (StaleDataError, TooFewToReleaseError, DBAPIError):
            return 0
    return count


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_releases_at_once_count_everybody_once(app: Flask, session: Session, team: Team) -> None:
    survey = make_survey(session, team, every_kind(), sharing=TOGETHER)
    finish(session, survey, 14)
    close(session, survey)
    survey_id, engine, together = survey.id, app.extensions["engine"], Barrier(2)
    session.rollback()

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(released_by, engine, survey_id, together) for _ in range(2)]

    assert sorted(one.result() for one in both) == [0, 14]
    assert counts(session) == (0, 14, 14)
    assert sum(session.scalars(select(UnlinkedCount.n))) == 14
