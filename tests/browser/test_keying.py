"""Twenty paper forms are keyed in by keyboard alone, with script and without, and some of them a second time."""

import re
from time import monotonic

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.model.survey import TOGETHER, Survey
from surveyapp.model.team import Team
from tests import factories
from tests.browser.conftest import MakePage
from tests.factories import make_account, make_survey
from tests.gate.engines import gate_faults
from tests.keying.piles import EIGHT, eight_questions, stored

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
LAPTOP = {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False}
SHEETS = 20
FAST = 10.0  # seconds for a form of eight questions, the machine's own time included


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey of eight ratings, of a team with a member, Olu."""
    make_account(session, team)
    return make_survey(session, team, eight_questions(), sharing=TOGETHER)


def at_the_pile(page: Page, survey: Survey) -> None:
    """Sign in and begin a sitting, by keyboard."""
    page.goto(f"/sign-in?next=/surveys/{survey.id}/paper")
    page.locator("[name=email]").press_sequentially("olu@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(factories.PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#pile").focus()
    page.keyboard.type(str(SHEETS))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sheet 1")


def marks(number: int) -> str:
    """What is ticked on a sheet."""
    return "".join(str(1 + (number + place) % 5) for place in range(len(EIGHT)))


def test_twenty_forms_are_keyed_in_by_keyboard_and_second_keyed(
    make_page: MakePage, survey: Survey, session: Session
) -> None:
    page = make_page(**LAPTOP)
    at_the_pile(page, survey)
    slowest = 0.0
    for number in range(1, SHEETS + 1):
        started = monotonic()
        page.keyboard.type(marks(number))  # the keyboard goes on by itself: nine keys a form
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Sheet {number + 1}")
        slowest = max(slowest, monotonic() - started)
    assert slowest < FAST
    expect(page.get_by_text("20 of 20")).to_be_visible()
    expect(page.get_by_text("All are in.")).to_be_visible()
    assert gate_faults(page, is_attendees=False) == []

    page.get_by_role("button", name="Check a sample").press("Enter")
    for turn in range(3):
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text("a second time")
        number = int(re.sub(r"\D", "", heading.inner_text()))
        typed = marks(number)
        page.keyboard.type(typed if turn else ("1" if typed[0] != "1" else "2") + typed[1:])
        if not turn:
            assert gate_faults(page, is_attendees=False) == []
        page.keyboard.press("Enter")
        if not turn:
            expect(heading).to_contain_text("which is right?")
            assert gate_faults(page, is_attendees=False) == []
            page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 24 answers differed.")).to_be_visible()
    assert gate_faults(page, is_attendees=False) == []
    page.get_by_role("link", name="Back to keying in").press("Enter")
    page.get_by_role("button", name="End the sitting").press("Enter")
    expect(page.get_by_text("20 sheets are among the answers now.")).to_be_visible()
    found = sorted("".join(str(one.answers[key]) for key in EIGHT) for one in stored(session))
    assert found == sorted(marks(number) for number in range(1, SHEETS + 1))


def test_without_script_each_sheet_is_a_plain_form_that_enter_sends(
    make_page: MakePage, survey: Survey, session: Session
) -> None:
    page = make_page(java_script_enabled=False)
    at_the_pile(page, survey)
    for number in range(1, 4):
        for place, mark in enumerate(marks(number)):
            if place:
                page.keyboard.press("Tab")
            page.keyboard.type(mark)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Sheet {number + 1}")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Question 1: type one of 5, 4, 3, 2, 1, F.")
    page.keyboard.press("Control+A")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sheet 5")
    page.get_by_role("button", name="End the sitting").press("Enter")
    expect(page.get_by_text("4 sheets are among the answers now.")).to_be_visible()
    assert len(stored(session)) == 4


def test_backspace_goes_back_to_the_mark_before(make_page: MakePage, survey: Survey) -> None:
    page = make_page(**LAPTOP)
    at_the_pile(page, survey)

    page.keyboard.type("54")
    page.keyboard.press("Backspace")
    page.keyboard.type("1")

    assert page.locator("#q-place").input_value() == "1"
    assert page.locator("#q-food").evaluate("field => field === document.activeElement")
