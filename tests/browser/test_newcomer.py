"""Who tries it out for the first time: the path of the README, on a phone, with and without script."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.demo import DEMO_PASSWORD, demo_card, load_demo
from surveyapp.model.team import DEMO_EMAIL
from tests.browser.conftest import MakePage
from tests.browser.journeys import choose, send_and_be_thanked, skip_to_check, start
from tests.browser.test_gate import OVERFLOW

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture
def address(session: Session) -> str:
    """What the terminal prints for attendees."""
    load_demo(session)
    session.commit()
    return f"/s/{demo_card(session)}"


def answer_with_script(page: Page, address: str) -> None:
    """Answer the first question, and send."""
    start(page, address)
    choose(page, "Very good")
    skip_to_check(page)
    send_and_be_thanked(page)


def answer_without_script(page: Page, address: str) -> None:
    """The same on one long page."""
    page.goto(address)
    page.locator("#q-overall").get_by_text("Very good", exact=True).click()
    page.locator("[name=finish]").click()
    expect(page.get_by_text("We have your answers.")).to_be_visible()


def sign_in(page: Page) -> None:
    """Sign in as the terminal says."""
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(DEMO_EMAIL)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def choose_survey(page: Page, heading: str) -> None:
    """Choose the survey that stands under a heading of the list."""
    page.get_by_role("link", name="Surveys", exact=True).click()
    part = page.locator("section").filter(has=page.get_by_role("heading", name=heading, exact=True))
    part.get_by_role("heading", level=3).get_by_role("link").click()


def press(page: Page, link: str) -> None:
    """Press one of the links above a survey's pages."""
    page.get_by_role("link", name=link, exact=True).click()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_newcomer_answers_sees_how_many_closes_and_sees_everything(
    make_page: MakePage, address: str, *, has_script: bool
) -> None:
    (answer_with_script if has_script else answer_without_script)(make_page(java_script_enabled=has_script), address)
    page = make_page(java_script_enabled=has_script)
    sign_in(page)

    choose_survey(page, "Open")
    press(page, "Results")
    expect(page.get_by_role("heading", name="13 people have answered")).to_be_visible()
    expect(page.get_by_text("From 7 answers, chosen at random.")).to_be_visible()
    assert page.evaluate(OVERFLOW) == 0

    press(page, "Overview")
    page.get_by_role("button", name="Close now").click()
    press(page, "Results")
    page.get_by_role("button", name="Show now").click()
    expect(page.get_by_text("13 answers are shown now.")).to_be_visible()
    expect(page.get_by_text("13 answers", exact=True).first).to_be_visible()

    page.get_by_role("link", name="Surveys", exact=True).click()
    page.get_by_role("link", name=re.compile("See the results.*, 7 October")).click()
    expect(page.get_by_text("37 of 81 people answered (46%)").first).to_be_visible()
