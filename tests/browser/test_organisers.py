"""An organiser's pages in a real browser: from sign-in to an open survey, by mouse and by keyboard."""

from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.factories import PASSWORD, make_account, make_survey

LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}

pytestmark = pytest.mark.browser


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A draft with pictures that lacks what it needs to open, and Olu, who made it."""
    make_account(session, team, "olu@example.org")
    make_survey(session, team, title="An older event", state="closed")
    return make_survey(session, team, ready_surveys()["quick_card"], state="draft", what_happens_next="")


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email address").fill("olu@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/surveys")


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent")
    return " ".join(text.split())


@pytest.mark.parametrize("script", [True, False])
def test_organiser_makes_and_opens_a_survey(make_page: MakePage, survey: Survey, script: bool) -> None:
    page = make_page(**LAPTOP, java_script_enabled=script)
    sign_in(page)
    page.get_by_role("link", name="New survey").click()
    page.get_by_role("radio", name=ready_surveys()["carers_event"].title["en"].standard).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name of the event").fill("Carers' week")
    page.get_by_role("button", name="Make the survey").click()
    page.get_by_role("button", name="Open").click()
    assert page.get_by_role("status").inner_text() == "The survey is open. People can answer now."


def test_keyboard_alone_signs_in(make_page: MakePage, survey: Survey) -> None:
    page = make_page(**LAPTOP)
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the main content"
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("olu@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/surveys")


def test_refused_form_puts_the_keyboard_on_the_problem(make_page: MakePage, survey: Survey) -> None:
    page = make_page(**LAPTOP)
    sign_in(page)
    page.goto(f"/surveys/{survey.id}/details")
    page.get_by_label("People who came").fill("-3")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector(".problem")
    assert focused(page).startswith("There is a problem")
    page.get_by_role("link", name="Write a whole number").click()
    assert page.evaluate("document.activeElement.id") == "attendance"


def test_counting_again_swaps_the_figures_and_says_so(make_page: MakePage, survey: Survey, session: Session) -> None:
    page = make_page(**LAPTOP)
    sign_in(page)
    page.goto(f"/surveys/{survey.id}")
    survey.cards[0].finished_count = 12
    session.commit()
    page.get_by_role("link", name="Count again").click()
    page.get_by_role("status").get_by_text("12 answers so far.").wait_for()
    assert page.locator("#figures .big").inner_text() == "12"
    assert focused(page) == "Count again"


def test_all_of_it_works_without_script(make_page: MakePage, survey: Survey) -> None:
    page = make_page(**LAPTOP, java_script_enabled=False)
    sign_in(page)
    page.goto(f"/surveys/{survey.id}")
    page.get_by_role("link", name="Count again").click()
    page.get_by_role("button", name="Open").click()
    assert "The survey can't open yet" in page.locator(".problem").inner_text()
