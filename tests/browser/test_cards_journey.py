"""From sign-in to printed cards, the team's own cards, and opening: by mouse with every action counted, and without."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.factories import PASSWORD, card_of, make_account, make_survey

pytestmark = pytest.mark.browser

LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}
SLIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 720}, "has_touch": False, "is_mobile": False}


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: the pages' own tests run on both."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@dataclass
class Hands:
    """A person at a page, and how often they did something: pressed a thing, or filled a field in."""

    page: Page
    actions: int = 0

    def press(self, what: Locator) -> None:
        """Press a link, a button or a radio."""
        self.actions += 1
        what.click()

    def fill(self, what: Locator, words: str) -> None:
        """Fill a field in."""
        self.actions += 1
        what.fill(words)


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey that is open, and Olu, who made it."""
    make_account(session, team, "olu@example.org")
    return make_survey(session, team, attendance=30)


def sign_in(hands: Hands) -> None:
    """Sign in as Olu."""
    page = hands.page
    page.goto("/sign-in")
    hands.fill(page.get_by_label("Email address"), "olu@example.org")
    hands.fill(page.get_by_label("Password"), PASSWORD)
    hands.press(page.get_by_role("button", name="Sign in"))
    page.wait_for_url("**/surveys")


def test_printed_cards_are_twelve_actions_from_signing_in(make_page: MakePage, survey: Survey) -> None:
    hands = Hands(make_page(**LAPTOP))
    page = hands.page
    sign_in(hands)
    hands.press(page.get_by_role("link", name="New survey"))
    hands.press(page.get_by_role("radio", name=ready_surveys()["carers_event"].title["en"].standard))
    hands.press(page.get_by_role("button", name="Continue"))
    hands.fill(page.get_by_label("Name of the event"), "Carers' week")
    hands.press(page.get_by_role("button", name="Make the survey"))
    hands.press(page.get_by_role("link", name="Make the cards"))
    hands.fill(page.get_by_label("How many tables?"), "9")
    hands.press(page.get_by_role("button", name="Add cards"))
    with page.expect_download() as started:
        hands.press(page.get_by_role("link", name="PDF").first)
    with pypdfium2.PdfDocument(started.value.path()) as made:
        assert len(made) == 3
    assert hands.actions <= 12


@pytest.mark.parametrize("script", [True, False])
def test_places_are_added_changed_and_removed(script: bool, make_page: MakePage, survey: Survey) -> None:
    page = make_page(**LAPTOP, java_script_enabled=script)
    sign_in(Hands(page))
    page.goto(f"/surveys/{survey.id}/cards")
    page.get_by_text("Other places, a link, or a shared phone").click()
    page.get_by_label("Names of the places").fill("Room 1 to 2\nDoor")
    page.get_by_label("Compare results by these names").check()
    page.get_by_role("button", name="Add these").click()
    expect(page.get_by_role("status")).to_contain_text("3 cards are added.")
    expect(page.get_by_text("30 people in 3 groups are about 10 in each.")).to_be_visible()
    page.get_by_role("link", name="Change or print Door").click()
    page.get_by_label("Compare results by this").fill("")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Change or print Room 2").click()
    page.get_by_role("button", name="Remove this card").click()
    expect(page.get_by_role("row", name="Room 2")).to_have_count(0)


def test_keyboard_alone_adds_and_changes_a_card(make_page: MakePage, survey: Survey) -> None:
    page = make_page(**LAPTOP)
    sign_in(Hands(page))
    page.goto(f"/surveys/{survey.id}/cards")
    tab_to(page, "How many tables?")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 cards are added.")
    tab_to(page, "Other places, a link, or a shared phone")
    page.keyboard.press("Enter")
    tab_to(page, "Names of the places, one a line")
    page.keyboard.type("Helpers' tablet")
    tab_to(page, "On paper, with a QR code")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Add these")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="Helpers' tablet a shared phone")).to_be_visible()


def test_slide_counts_by_itself_and_fits_the_screen(make_page: MakePage, survey: Survey, session: Session) -> None:
    page = make_page(**SLIDE)
    sign_in(Hands(page))
    page.goto(f"/surveys/{survey.id}/cards")
    page.get_by_role("button", name="Make the slide").click()
    expect(page.locator("#count")).to_have_text("Answers so far: 0")
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollHeight") <= 720
    card_of(survey).finished_count = 7
    session.commit()
    page.evaluate("htmx.trigger(document.querySelector('[hx-get]'), 'click')")
    expect(page.locator("#count")).to_have_text("Answers so far: 7")
    assert page.get_by_role("link", name="Count again").get_attribute("hx-trigger") == "click, every 10s"


def test_team_cards_are_made_and_pointed_without_script(make_page: MakePage, survey: Survey) -> None:
    page = make_page(**LAPTOP, java_script_enabled=False)
    sign_in(Hands(page))
    page.goto("/team/cards")
    page.get_by_label("Names of the places").fill("Table 1 to 3")
    page.get_by_role("button", name="Add these").click()
    page.get_by_label("Table 3").uncheck()
    page.get_by_role("button", name="Point the cards at this survey").click()
    expect(page.get_by_role("status")).to_contain_text("2 cards lead to “Carers' day” while it is open.")
    expect(page.get_by_role("row", name="Table 3")).to_contain_text("No survey yet")


def test_survey_is_opened_at_once_closed_and_put_away(make_page: MakePage, session: Session, team: Team) -> None:
    make_account(session, team, "olu@example.org")
    later = make_survey(session, team, state="draft", opens_at=datetime.now(UTC) + timedelta(days=2))
    page = make_page(**LAPTOP)
    sign_in(Hands(page))
    page.goto(f"/surveys/{later.id}")
    for button, said in (
        ("Open at the set time", "The survey is ready. Opens "),
        ("Open now", "The survey is open."),
        ("Close now", "The survey is closed."),
        ("Put it away", "is put away. Nothing is deleted."),
    ):
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("status")).to_contain_text(said)
    page.get_by_role("link", name="1 survey is put away").click()
    expect(page.get_by_role("link", name="Carers' day", exact=True)).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent"):
            return
    raise AssertionError(f"Tab never comes to {name}")
