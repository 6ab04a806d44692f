"""From three comments of a theme to what a phone reads, and down again: with script, without, and by keyboard alone."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import LiveServer, MakePage
from tests.browser.journeys import tap
from tests.browser.phones import ENGLISH, on_a_phone, wait_until_kept
from tests.browser.test_listen import heard, wait_to_hear
from tests.browser.test_organisers import LAPTOP, focused, sign_in
from tests.browser.test_organisers_journeys import Keyboard, Mouse, said
from tests.export.samples import put
from tests.factories import card_of, make_account, make_entry, make_question, make_questionnaire, make_survey

pytestmark = pytest.mark.browser


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what the buttons do is tested on both databases without a browser."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def survey(live: LiveServer, session: Session, team: Team) -> Survey:
    """Olu's survey, to which three people wrote."""
    make_account(session, team, "olu@example.org")
    made = make_survey(session, team, make_questionnaire(make_question("best", "comment", "What was good?")))
    for number in (1, 2, 3):
        put(session, made, number, {"best": f"I could not park. {number}"})
    return made


def write(olu: Mouse, field: str, words: str) -> None:
    """Write into the field of an id, or choose in it by its first letters; by keyboard where there is no mouse."""
    control = olu.page.locator(f"#{field}")
    if isinstance(olu, Keyboard):
        tab_to(olu.page, field)
        olu.page.keyboard.type(words)
    elif control.evaluate("one => one.tagName") == "SELECT":
        control.select_option(words)
    else:
        control.fill(words)


def tab_to(page: Page, field: str) -> None:
    """Press Tab until the keyboard is in the field of an id."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == field:
            return
    raise AssertionError(f"Tab never comes to {field}")


def give_themes(page: Page, survey: Survey) -> None:
    """Give the three comments a theme."""
    page.goto(f"/surveys/{survey.id}/comments")
    for place in range(3):
        comment = page.locator(".reviewed > li").nth(place)
        comment.get_by_label("What was done with it").select_option("Read")
        comment.get_by_label("Theme").fill("Parking")
        comment.get_by_role("button", name="Keep").press("Enter")
        expect(page.get_by_text("The note is kept.")).to_be_visible()
        expect(page.locator(".big-line")).to_contain_text("not read" if place < 2 else "")


def write_and_publish(olu: Mouse) -> None:
    """Answer the theme, and tell everybody."""
    olu.press("You said, we did")
    write(olu, "theme", "Parking")
    olu.press("Add the entry")
    said(olu.page, "The entry is added. Now say what you did.")
    write(olu, "you_said", "We could not park.")
    write(olu, "you_said_easy", "It was hard to utilise the car park.")
    write(olu, "we_did", "We booked the car park across the road.")
    olu.press("Save")
    said(olu.page, "The entry is saved.")
    expect(olu.page.locator(".remarks")).to_be_visible()
    olu.press("Back to “You said, we did”")
    olu.press("Publish")
    said(olu.page, "1 entry is published.")


@pytest.mark.parametrize("hand", ["mouse", "no script", "keyboard"])
def test_theme_is_answered_published_read_on_a_phone_and_taken_down(
    make_page: MakePage, survey: Survey, hand: str
) -> None:
    """C3, K1, K2: every action is a link or a form's button, and the wording check blocks nothing."""
    page, phone = make_page(**LAPTOP, java_script_enabled=hand != "no script"), make_page()
    news = f"/s/{card_of(survey).code}/news?view=easy"
    sign_in(page)
    give_themes(page, survey)
    olu = Keyboard(page) if hand == "keyboard" else Mouse(page)
    write_and_publish(olu)

    phone.goto(news)
    expect(phone.get_by_text("We booked the car park across the road.")).to_be_visible()
    expect(phone.get_by_text("It was hard to utilise the car park.")).to_be_visible()
    expect(phone.get_by_text("said this")).to_have_count(0)  # three are too few to be told

    olu.press("Take down: Parking" if hand == "keyboard" else "Take down : Parking")  # the name has a space there
    said(page, "is taken down. People can't read it any more.")
    phone.reload()
    expect(phone.get_by_text("There is nothing here yet. Come back later.")).to_be_visible()


def test_moving_an_entry_keeps_the_keyboard_on_its_button_and_says_its_place(
    make_page: MakePage, survey: Survey, session: Session
) -> None:
    """K1: the control in use is never replaced."""
    session.add_all(make_entry(survey, number=number, you_said=words) for number, words in ((1, "One"), (2, "Two")))
    session.commit()
    page = make_page(**LAPTOP)
    sign_in(page)
    page.goto(f"/surveys/{survey.id}/actions")
    page.evaluate("window.sameDocument = true")
    page.locator("#entries [value^='down:']").first.press("Enter")

    said(page, "“One” moved. It is now number 2.")
    assert focused(page) == "Move down: One"
    assert page.locator("#entries h2").all_inner_texts() == ["1. Two", "2. One"]
    assert page.evaluate("window.sameDocument")


def test_news_are_heard_and_without_signal_lead_to_the_survey(
    make_page: MakePage, survey: Survey, live: LiveServer, session: Session
) -> None:
    """L1: Listen reads them in their order; and news that are not there let go of no survey that was kept."""
    page = on_a_phone(make_page, **ENGLISH)
    page.goto(f"/s/{card_of(survey).code}")
    wait_until_kept(page)
    page.goto(f"/s/{card_of(survey).code}/news")
    expect(page.get_by_text("There is nothing here yet.")).to_be_visible()
    session.add(make_entry(survey, people=12))
    session.commit()
    page.reload()
    tap(page, "#listen")
    wait_to_hear(page, 6)
    told = [line for line in heard(page) if line in ("You said", "Parking was hard to find.", "12 people said this.")]
    assert told == ["You said", "Parking was hard to find.", "12 people said this."]

    live.stop()
    page.reload()

    expect(page.get_by_text("What was good?").first).to_be_attached()
    assert page.url.endswith(f"/s/{card_of(survey).code}")
