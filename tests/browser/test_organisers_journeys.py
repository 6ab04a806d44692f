"""From last time's survey to one that is put away and found again: with script, without, and by keyboard alone.

Writing is in `test_editor`, starting in other ways in `test_start`, cards are in `test_cards_journey`.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.test_organisers import LAPTOP, sign_in
from tests.factories import make_account, make_survey

pytestmark = pytest.mark.browser

IN_HAND = """() => {
  const held = document.activeElement
  return (held.labels?.[0] ?? held).textContent.replace(/\\s+/g, " ").trim()
}"""


@dataclass
class Mouse:
    """Somebody who points."""

    page: Page

    def press(self, name: str) -> None:
        """Press the link or the button of a name, and wait for the page that comes."""
        link, button = (self.page.get_by_role(role, name=name, exact=True) for role in ("link", "button"))
        with self.page.expect_navigation():
            link.or_(button).first.click()

    def fill(self, label: str, words: str) -> None:
        """Write into a field."""
        self.page.get_by_label(label, exact=True).fill(words)


class Keyboard(Mouse):
    """Somebody who has no mouse: Tab and Enter."""

    def press(self, name: str) -> None:
        """Press the link or the button of a name, and wait for the page that comes."""
        self._go_to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def fill(self, label: str, words: str) -> None:
        """Write into a field."""
        self._go_to(label)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(words)

    def _go_to(self, name: str) -> None:
        for _ in range(120):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(IN_HAND) == name:
                return
        raise AssertionError(f"Tab never comes to {name}")


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what the buttons do is tested on both databases without a browser."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture(autouse=True)
def last_time(session: Session, team: Team) -> Survey:
    """Olu, and the survey that she asked last time, in English and Urdu."""
    make_account(session, team, "olu@example.org")
    asked = ready_surveys()["quick_card"]
    return make_survey(session, team, asked, title="Carers' day 2026", state="closed")


def said(page: Page, sentence: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(sentence)


@pytest.mark.parametrize("hand", ["mouse", "no script", "keyboard"])
def test_survey_is_begun_tried_opened_closed_and_found_again(make_page: MakePage, hand: str) -> None:
    """K1, K4: every action is a link or a form's button, and the preview is as wide as a phone in each view."""
    page = make_page(**LAPTOP, java_script_enabled=hand != "no script")
    sign_in(page)
    olu = Keyboard(page) if hand == "keyboard" else Mouse(page)
    begin_from_last_time(olu)
    try_it(olu)
    open_and_close(olu)
    put_away_and_find(olu)


def begin_from_last_time(olu: Mouse) -> None:
    olu.press("New survey")
    olu.press("Last time's survey")
    olu.press("Carers' day 2026")
    olu.fill("Name of the event", "Carers' day 2027")
    olu.press("Make the survey")
    said(olu.page, "The survey is made.")


def try_it(olu: Mouse) -> None:
    olu.press("Preview")
    phones = olu.page.locator(".phones iframe")
    assert phones.count() == 3
    assert all(300 <= phone.evaluate("one => one.clientWidth") <= 390 for phone in phones.all())
    olu.press("Begin a rehearsal")
    said(olu.page, "The rehearsal is ready.")
    olu.press("Open the rehearsal")
    expect(olu.page.get_by_text("This is a rehearsal")).to_be_visible()
    olu.page.go_back()


def open_and_close(olu: Mouse) -> None:
    olu.press("Overview")
    for button, sentence in (
        ("Open", "The survey is open. People can answer now."),
        ("Close now", "The survey is closed."),
        ("Open again", "The survey is open."),
        ("Close now", "The survey is closed."),
    ):
        olu.press(button)
        said(olu.page, sentence)


def put_away_and_find(olu: Mouse) -> None:
    olu.press("Put it away")
    said(olu.page, "“Carers' day 2027” is put away. Nothing is deleted.")
    olu.fill("Find a survey", "2027")
    olu.press("Find")
    expect(olu.page.get_by_text("No survey has “2027” in its name or place.")).to_be_visible()
    olu.press("1 survey is put away")
    olu.press("Carers' day 2027")
    olu.press("Bring it back into the list")
    said(olu.page, "“Carers' day 2027” is in the list again.")
    expect(olu.page.get_by_role("link", name="Carers' day 2027", exact=True)).to_be_visible()
