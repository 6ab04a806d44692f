"""The pictures of the documents, taken of the demonstration's own pages.

Every run walks through the pages and sees that each still shows what its picture shows. `PICTURES=1` (`make pictures`)
takes the pictures anew; they stay small, since everybody who copies the project copies them.
"""

import os
import re
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.demo import DEMO_PASSWORD, Events, load_demo
from surveyapp.model.team import DEMO_EMAIL
from tests.browser.conftest import LiveServer, MakePage
from tests.browser.journeys import choose, go_on, send_and_be_thanked, skip_to_check, tap
from tests.factories import make_entry
from tests.house.project_files import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

FOLDER = ROOT / "docs" / "pictures"
LARGEST = 80_000
COLOURS = 48
SHARP = {"device_scale_factor": 2}
DESK = {"viewport": {"width": 1000, "height": 900}, "has_touch": False, "is_mobile": False, "device_scale_factor": 1.25}
TABLE_7 = 7
LUNCH = {
    "you_said": "Lunch was late, and the queue was long.",
    "you_said_easy": "People waited too long for lunch.",
    "we_did": "There will be two tables with food, and half an hour more.",
    "we_did_easy": "Next year there is more time to eat.",
}


def keep(page: Page, name: str, part: str = "") -> None:
    """Take the page's picture (or a part's) where that was asked for; in any case there is one, and it is small."""
    page.wait_for_load_state("networkidle")
    picture = FOLDER / f"{name}.png"
    if os.environ.get("PICTURES"):
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        shot = Image.open(BytesIO(page.locator(part).first.screenshot() if part else page.screenshot()))
        picture.parent.mkdir(parents=True, exist_ok=True)
        shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(picture, optimize=True)
    assert picture.exists(), f"{picture.name} is not there yet: make pictures"
    assert picture.stat().st_size <= LARGEST


@pytest.fixture
def demo(session: Session, live: LiveServer) -> Events:
    """The demonstration, served."""
    events = load_demo(session)
    session.commit()
    return events


@pytest.fixture
def address(demo: Events) -> str:
    """The address on the card of table 7, this time."""
    return f"/s/{demo.this_time.cards[TABLE_7].code}"


@pytest.fixture
def sharp_phone(make_page: MakePage) -> Page:
    """A phone with a fine screen."""
    return make_page(**SHARP)


@pytest.fixture
def desk(make_page: MakePage, demo: Events, app: Flask) -> Page:
    """The demonstration's organiser, signed in at a desk; then the address is one as it is printed."""
    page = make_page(**DESK)
    page.goto("/sign-in")
    page.fill("[name=email]", DEMO_EMAIL)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("main button")
    expect(page).to_have_url(re.compile("/surveys$"))
    app.config["PUBLIC_URL"] = "https://feedback.example.org"
    return page


def test_attendee_in_easy_words(sharp_phone: Page, address: str) -> None:
    sharp_phone.goto(f"{address}?view=easy")
    expect(sharp_phone.get_by_text("Nobody can see your answers until the survey is over.")).to_be_visible()
    keep(sharp_phone, "start")

    tap(sharp_phone, "#go")
    choose(sharp_phone, "Good")
    expect(sharp_phone.get_by_text("How was the conference?")).to_be_visible()
    keep(sharp_phone, "question-easy")

    for answer in ("Very good", "OK"):
        go_on(sharp_phone)
        choose(sharp_phone, answer)
    skip_to_check(sharp_phone)
    expect(sharp_phone.get_by_text("You skipped this.").first).to_be_visible()
    keep(sharp_phone, "check")

    send_and_be_thanked(sharp_phone)
    expect(sharp_phone.get_by_text("Your receipt")).to_be_visible()
    keep(sharp_phone, "thanks")


def test_attendee_with_pictures(sharp_phone: Page, address: str) -> None:
    sharp_phone.goto(f"{address}?view=symbols")
    tap(sharp_phone, "#go")

    expect(sharp_phone.locator(".step.now .ask")).to_contain_text("The conference")
    keep(sharp_phone, "question-symbols")


def test_organiser_during_the_event(desk: Page, demo: Events) -> None:
    desk.goto(f"/surveys/{demo.this_time.id}")
    expect(desk.get_by_text("of 40 people you expect")).to_be_visible()
    keep(desk, "overview")

    desk.goto(f"/surveys/{demo.this_time.id}/results")
    expect(desk.get_by_text("From 7 answers, chosen at random.")).to_be_visible()
    keep(desk, "waiting")


def test_organiser_after_the_event(desk: Page, demo: Events) -> None:
    desk.goto(f"/surveys/{demo.last_time.id}/results")
    expect(desk.get_by_text("37 of 81 people").first).to_be_visible()
    keep(desk, "results")


def test_what_was_done_is_told(desk: Page, sharp_phone: Page, demo: Events, session: Session) -> None:
    session.add(make_entry(demo.last_time, number=1, theme="Parking", people=12))
    session.add(make_entry(demo.last_time, number=2, what="will_do", **LUNCH))
    session.commit()
    desk.goto(f"/surveys/{demo.last_time.id}/actions")
    expect(desk.get_by_text("People can read 2 entries")).to_be_visible()
    keep(desk, "actions")

    sharp_phone.goto(f"/s/{demo.last_time.cards[TABLE_7].code}/news?view=easy")
    expect(sharp_phone.get_by_text("12 people said this.")).to_be_visible()
    keep(sharp_phone, "news")


def test_organiser_before_the_event(desk: Page) -> None:
    desk.get_by_role("link", name="New survey").click()
    desk.get_by_role("radio", name="Carers' event feedback").check()
    keep(desk, "new")
    desk.get_by_role("button", name="Continue").click()
    desk.get_by_label("Name of the event").fill("Carers' day")
    desk.get_by_role("button", name="Make the survey").click()

    desk.get_by_role("link", name="Questions", exact=True).click()
    expect(desk.get_by_role("heading", name="1. Overall, how was the event?")).to_be_visible()
    keep(desk, "questions")
    desk.set_viewport_size({"width": 1200, "height": 900})
    desk.locator("#q-overall a").click()
    expect(desk.frame_locator("#phone").get_by_text("Very good")).to_be_visible()
    keep(desk, "question")
    desk.get_by_role("link", name="Preview", exact=True).click()
    expect(desk.frame_locator(".phones iframe >> nth=2").get_by_text("Carers' day").first).to_be_visible()
    keep(desk, "preview")

    desk.get_by_role("link", name="Cards", exact=True).click()
    desk.get_by_label("How many tables?").fill("9")
    desk.get_by_role("button", name="Add cards").click()
    expect(desk.get_by_role("row", name="Table 9")).to_have_count(1)
    keep(desk, "make-cards")


def test_organiser_prints_cards(desk: Page, demo: Events) -> None:
    desk.goto(f"/surveys/{demo.this_time.id}/cards/print?sheet=a6")

    expect(desk.get_by_text("Table 1", exact=True)).to_be_visible()
    keep(desk, "cards", part=".sheet")


def test_organiser_shows_the_slide(desk: Page, demo: Events) -> None:
    desk.set_viewport_size({"width": 1024, "height": 576})
    desk.goto(f"/surveys/{demo.this_time.id}/cards")
    desk.get_by_role("button", name="Make the slide").click()

    expect(desk.locator("#count")).to_contain_text("12")
    keep(desk, "slide")
