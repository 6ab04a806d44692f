"""Somebody opens the page in time and sends it after the answers were shown, with script and without."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.response import InboxResponse
from surveyapp.model.survey import TOGETHER, Survey
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.journeys import choose, go_on, send, skip_to_check, start
from tests.browser.test_every_screen import TOO_SMALL
from tests.factories import card_of, make_survey
from tests.gate.engines import axe_faults

pytestmark = pytest.mark.browser


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: how a page looks does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey of the kind together."""
    return make_survey(session, team, sharing=TOGETHER)


def show(session: Session, survey: Survey) -> None:
    """The survey closes, and its answers are shown."""
    now = datetime.now(UTC)
    survey.close(now)
    survey.is_released, survey.released_on = True, now.date()
    session.commit()


def chosen(session: Session) -> list[tuple[str | None, object]]:
    """What is stored."""
    session.rollback()
    sent = select(InboxResponse).where(InboxResponse.finished)
    return [(row.late_choice, row.answers) for row in session.scalars(sent)]


def looks_well(page: Page) -> None:
    """Axe finds nothing, and no target is small."""
    assert axe_faults(page, is_attendees=True) == []
    assert page.evaluate(TOO_SMALL) == []


def test_without_script_it_is_asked_before_anything_is_sent(
    make_page: MakePage, session: Session, survey: Survey
) -> None:
    page = make_page(bypass_csp=True)
    page.route("**/*.js", lambda route: route.abort())  # so that the page can still be looked at by axe
    page.goto(f"/s/{card_of(survey).code}")
    page.get_by_label("Very good").first.check()
    page.wait_for_timeout(1100)  # the page notes whole seconds
    show(session, survey)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Your answers are not sent yet.")).to_be_visible()
    assert chosen(session) == []
    looks_well(page)
    page.get_by_role("button", name="Send them anyway").click()

    expect(page.get_by_text("The team can read your answers 30 days after the survey closed.")).to_be_visible()
    assert chosen(session) == [("show", {"overall": "5"})]


def test_with_script_it_is_asked_on_the_page_after(make_page: MakePage, session: Session, survey: Survey) -> None:
    page = make_page(bypass_csp=True)
    start(page, f"/s/{card_of(survey).code}")
    choose(page, "Very good")
    go_on(page)
    page.wait_for_timeout(1100)  # the page notes whole seconds
    show(session, survey)
    skip_to_check(page)
    send(page)
    expect(page.get_by_role("heading", name="We have your answers.")).to_be_visible()
    assert chosen(session) == [(None, {"overall": "5"})]
    looks_well(page)
    page.get_by_role("button", name="Count me, but do not show my answers").click()

    expect(page.get_by_text("We count you. We do not keep your answers.")).to_be_visible()
    assert chosen(session) == [("count", {})]
