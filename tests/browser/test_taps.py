"""Hands that shake: however often they tap, one question is passed, and the check leads back where several were."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from tests.browser.conftest import LiveServer, MakePage
from tests.browser.journeys import TWO_TAPS_APART, asked, choose, go_on, skip_to_check, start, tap
from tests.factories import card_of, every_kind, make_survey

pytestmark = pytest.mark.browser
REST = 500  # milliseconds, as in `taps.js`
TAPPING = """async apart => {
  const began = performance.now()
  for (let tap = 0; tap < 20; tap++) {
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 })
    Object.defineProperty(click, 'timeStamp', { value: began + tap * apart })  // however late a busy machine is
    document.getElementById('next').dispatchEvent(click)
    await new Promise(done => setTimeout(done, 20))
  }
}"""
NOTE_TAPS = """window.taps = []
addEventListener('click', tap => { window.taps.push(tap.timeStamp) }, true)  // before the page's own, which ends some
"""
FORGET_TAPS = "() => { window.taps = [] }"


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: the phone's side does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def address(live: LiveServer, session: Session, team: Team) -> str:
    """The address on a card of a survey with every kind of question."""
    return f"/s/{card_of(make_survey(session, team, every_kind())).code}"


@pytest.mark.parametrize("apart", [10, 80, 200, 250, 400])
def test_twenty_taps_on_continue_pass_one_question_at_most(phone: Page, address: str, apart: int) -> None:
    """A4: the button rests until the hand has rested for half a second; an ignored tap renews the rest."""
    start(phone, address)
    phone.wait_for_timeout(TWO_TAPS_APART)
    phone.evaluate(TAPPING, apart)

    expect(phone).to_have_title("Question 2 of 9 · Carers' day")


def test_twenty_touches_at_one_place_pass_one_question_at_most(make_page: MakePage, address: str) -> None:
    page = make_page(viewport={"width": 390, "height": 1_400})
    page.add_init_script(NOTE_TAPS)
    start(page, address)
    page.wait_for_timeout(TWO_TAPS_APART)
    box = page.locator("#next").bounding_box()
    assert box
    page.evaluate(FORGET_TAPS)
    for _ in range(20):
        page.touchscreen.tap(box["x"] + 20, box["y"] + 10)
        page.wait_for_timeout(80)
    page.wait_for_function("window.taps.length >= 20")

    expect(page).to_have_title(f"Question {1 + taps_after_a_rest(page)} of 9 · Carers' day")


def taps_after_a_rest(page: Page) -> int:
    """How many of the taps noted by `NOTE_TAPS` came after half a second of rest: one, unless the machine paused."""
    times: list[float] = page.evaluate("window.taps")
    return 1 + sum(later - earlier >= REST for earlier, later in pairwise(times))


def test_hand_that_has_rested_taps_again(phone: Page, address: str) -> None:
    phone.add_init_script(NOTE_TAPS)
    start(phone, address)
    phone.evaluate(FORGET_TAPS)
    go_on(phone)
    phone.locator("#next").click()
    phone.wait_for_timeout(TWO_TAPS_APART)
    phone.locator("#next").click()

    assert taps_after_a_rest(phone) >= 2
    expect(phone).to_have_title(f"Question {1 + taps_after_a_rest(phone)} of 9 · Carers' day")


def test_keyboard_and_voice_are_never_made_to_wait(phone: Page, address: str) -> None:
    start(phone, address)
    for _ in range(3):
        phone.locator("#next").press("Enter")

    expect(phone).to_have_title("Question 4 of 9 · Carers' day")


def test_check_says_which_questions_were_passed_in_a_row_and_leads_back(phone: Page, address: str) -> None:
    """A4: the check page says when several questions were passed in a row and leads back."""
    start(phone, address)
    choose(phone, "Good")
    go_on(phone)
    choose(phone, "Yes")
    skip_to_check(phone)
    expect(phone.locator("#passed")).to_contain_text("You skipped questions 3 to 9.")
    tap(phone, "text=Go back to question 3")
    expect(phone).to_have_title("Question 3 of 9 · Carers' day")
    first = asked(phone)
    go_on(phone)

    assert asked(phone) != first
    expect(phone).to_have_title("Question 4 of 9 · Carers' day")


def test_check_says_nothing_where_no_two_in_a_row_were_passed(phone: Page, session: Session, team: Team) -> None:
    start(phone, f"/s/{card_of(make_survey(session, team)).code}")
    choose(phone, "Good")
    skip_to_check(phone)

    expect(phone.locator("#answers li")).to_have_count(2)
    assert phone.locator("#passed").is_hidden()
