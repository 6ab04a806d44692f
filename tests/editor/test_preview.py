"""An organiser looks at a survey before anybody can answer it."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.questionnaire import VIEWS
from surveyapp.model.response import Response
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import make_survey
from tests.visitor import Visitor


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A draft with pictures."""
    return make_survey(session, team, ready_surveys()["quick_card"], state="draft")


def test_preview_frames_each_view(olu: Visitor, survey: Survey) -> None:
    page = olu.get(f"/surveys/{survey.id}/preview")
    frames = [frame.get("src") for frame in page.tree.iter("iframe")]
    assert frames == [f"/surveys/{survey.id}/preview/{view}" for view in VIEWS]
    assert "frame-src 'self'" in page.response.headers["Content-Security-Policy"]


def test_preview_is_there_in_each_language(olu: Visitor, survey: Survey, session: Session) -> None:
    survey.draft = survey.draft | {"languages": ["en", "ur"]}
    session.commit()
    page = olu.get(f"/surveys/{survey.id}/preview?language=ur")

    assert f"/surveys/{survey.id}/preview" in page.links()
    frames = [frame.get("src", "") for frame in page.tree.iter("iframe")]
    assert frames == [f"/surveys/{survey.id}/preview/{view}?lang=ur" for view in VIEWS]


@pytest.mark.parametrize("view", VIEWS)
def test_view_shows_the_drafts_questions(olu: Visitor, survey: Survey, view: str) -> None:
    page = olu.get(f"/surveys/{survey.id}/preview/{view}")
    first = survey.questionnaire.asking[0]
    assert first.words["en"].in_view(view) in page.text
    assert page.tree.get("class", "").split()[0] == view


def test_view_may_stand_in_our_own_frame_and_sends_nothing(olu: Visitor, survey: Survey, session: Session) -> None:
    policy = olu.get(f"/surveys/{survey.id}/preview/easy").response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "form-action 'none'" in policy
    assert session.scalar(select(func.count()).select_from(Response)) == 0


def test_view_that_is_not_there_is_not_found(olu: Visitor, survey: Survey) -> None:
    olu.get(f"/surveys/{survey.id}/preview/upside_down", 404)
