"""What an organiser wrote is still there after a lost session, and is tried on a phone before anybody can answer."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import SignIn
from tests.browser.conftest import MakePage
from tests.browser.journeys import choose, send_and_be_thanked, skip_to_check, tap
from tests.browser.test_editor import at, database_url, now, said, survey
from tests.factories import PASSWORD
from tests.gate.engines import gate_faults

__all__ = ["database_url", "survey"]  # fixtures: the same draft, on SQLite alone

pytestmark = pytest.mark.browser


def test_edit_survives_a_lost_session(make_page: MakePage, survey: Survey, session: Session) -> None:
    page = at(make_page, survey, "/drink")
    page.locator("#words-easy").fill("What did you drink?")
    session.rollback()
    session.execute(delete(SignIn))
    session.commit()
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("what you typed is kept")).to_be_visible()
    assert gate_faults(page, is_attendees=False) == []
    page.get_by_label("Email address").fill("olu@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("listitem").filter(has_text="What did you drink?")).to_be_visible()
    assert gate_faults(page, is_attendees=False) == []
    page.get_by_role("button", name="Save it now").click()

    said(page, "Question 2 is saved.")
    assert now(session, survey).question("drink").words["en"].easy == "What did you drink?"


def test_rehearsal_is_tried_on_a_phone(make_page: MakePage, survey: Survey) -> None:
    desk = at(make_page, survey)
    desk.get_by_role("link", name="Preview", exact=True).click()
    desk.get_by_role("button", name="Begin a rehearsal").click()
    said(desk, "The rehearsal is ready.")
    phone = make_page()
    phone.goto(desk.get_by_role("link", name="Open the rehearsal").get_attribute("href") or "")
    expect(phone.get_by_text("This is a rehearsal")).to_be_visible()
    tap(phone, "#go")
    choose(phone, "Good")
    skip_to_check(phone)
    send_and_be_thanked(phone)
