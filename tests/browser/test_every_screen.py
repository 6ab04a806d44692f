"""What holds on every screen of people who answer: sizes, print and grey, no style sheet, no script."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.action import WHATS
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.journeys import choose, go_on, skip_to_check, start, stored, tap, write
from tests.browser.test_gate import OVERFLOW, SPACING
from tests.factories import card_of, every_kind, make_entry, make_survey
from tests.gate.engines import axe_faults

pytestmark = pytest.mark.browser
TOO_SMALL = (Path(__file__).parent / "sizes.js").read_text(encoding="utf-8")
RING = """() => {
  const one = document.activeElement, tile = one.closest(".tile")?.querySelector("label") ?? one
  const {outlineWidth, outlineColor, outlineOffset, boxShadow} = getComputedStyle(tile)
  return [outlineWidth, outlineColor, outlineOffset, boxShadow]
}"""
CHOSEN = """tile => {
  const label = getComputedStyle(tile.querySelector("label"))
  const dot = getComputedStyle(tile.querySelector("input"), "::before")
  return [label.borderTopWidth, label.fontWeight, dot.content === "none" ? "" : dot.backgroundColor]
}"""


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: how a page looks does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def card(session: Session, team: Team) -> str:
    """The address of a survey with a question of every kind."""
    return f"/s/{card_of(make_survey(session, team, every_kind())).code}"


@pytest.fixture
def short(session: Session, team: Team) -> str:
    """The address of a survey of a rating and a comment."""
    return f"/s/{card_of(make_survey(session, team)).code}"


@pytest.fixture
def screens(session: Session, team: Team, card: str) -> list[str]:
    """The address of every screen of people who answer."""
    many = card_of(make_survey(session, team, ready_surveys()["quick_card"])).code
    over = make_survey(session, team, state="closed")
    session.add_all(make_entry(over, number=number, what=what, people=12) for number, what in enumerate(WHATS))
    session.commit()
    closed = card_of(over).code
    draft = card_of(make_survey(session, team, state="draft")).code
    views = [f"{card}?view={view}" for view in ("standard", "easy", "symbols")]
    beside = [f"{card}/thanks?receipt=BCDF-GHJK-MNPQ&late=1", f"/s/{many}/look?response=x", f"{card}/paper?view=easy"]
    plain = ["/", "/?code=hello", "/look", "/privacy", "/accessibility", "/withdraw", "/withdraw?done=1", "/nowhere"]
    news = [f"{card}/news", *(f"/s/{closed}/news?view={view}" for view in ("standard", "symbols"))]
    return [*views, *beside, *news, f"/s/{closed}?view=easy", f"/s/{draft}", "/s/zzzzzz", *plain]


def test_nothing_is_small_and_nothing_scrolls_sideways(make_page: MakePage, screens: list[str]) -> None:
    """A3: text of 20 px, targets of 44, tiles of 76 with 12 between; 320 px with twice the text and its spacing."""
    page = make_page(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page.route("**/*.js", lambda route: route.abort())  # so that the whole survey is seen
    for address in screens:
        page.goto(address)
        assert (address, page.evaluate(TOO_SMALL)) == (address, [])
        assert "user-scalable" not in str(page.locator("[name=viewport]").get_attribute("content"))
        page.add_style_tag(content=f":root {{ --size: 1.6 }} html {{ font-size: 200% !important }} {SPACING}")
        assert (address, page.evaluate(OVERFLOW)) == (address, 0)


def test_focus_is_a_dark_ring_with_a_yellow_one_inside(make_page: MakePage, card: str) -> None:
    """A3, A2: whatever the keyboard stands on has both rings; the first thing it meets leads past the header."""
    page = make_page(is_mobile=False, has_touch=False)
    page.goto(f"{card}/look")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main part")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "size"

    assert page.evaluate(RING) == ["4px", "rgb(11, 12, 12)", "3px", "rgb(255, 221, 0) 0px 0px 0px 3px"]


@pytest.mark.parametrize("query", ["view=easy", "view=symbols&colour=dark", "view=standard&colour=contrast"])
def test_print_and_grey_mean_the_same(make_page: MakePage, card: str, query: str) -> None:
    """A6, D3: what is chosen shows by a dot, a thick edge and bold words, and is printed dark on white."""
    page = make_page(color_scheme="dark")
    start(page, f"{card}?{query}")
    choose(page, "Good")
    chosen, other = (page.locator(".step.now .tile").nth(place) for place in (1, 2))
    assert [one.evaluate(CHOSEN)[:2] for one in (chosen, other)] == [["6px", "700"], ["2px", "400"]]
    assert [bool(one.evaluate(CHOSEN)[2]) for one in (chosen, other)] == [True, False]
    expect(page.locator("#q-overall")).to_be_visible()  # choosing goes nowhere by itself

    page.emulate_media(media="print")
    assert axe_faults(page, is_attendees=True) == []
    assert [one.evaluate(CHOSEN)[:2] for one in (chosen, other)] == [["6px", "700"], ["1px", "400"]]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator("header")).not_to_be_visible()
    expect(page.locator("#q-best")).to_be_visible()


def test_survey_without_style_script_and_cookies(make_page: MakePage, card: str, session: Session) -> None:
    """A1: all of it is there, in its order, with pictures of a usual size, and can be sent."""
    page = make_page(java_script_enabled=False)
    page.route("**/*.css", lambda route: route.abort())
    page.goto(f"{card}?view=easy")
    assert max(_widths(page)) <= 64
    page.get_by_label("Very good").first.check()
    page.locator("#q-best textarea").fill("Everything")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("We have your answers.")).to_be_visible()

    assert [row.answers for row in stored(session)] == [{"overall": "5", "best": "Everything"}]
    assert page.context.cookies() == []


def _widths(page: Page) -> list[float]:
    """How wide the pictures are that are seen."""
    return [box["width"] for one in page.locator("svg:visible").all() if (box := one.bounding_box())]


def test_letters_are_counted_only_near_the_end(make_page: MakePage, short: str) -> None:
    """D7: a comment of 5,000 letters; how many are left is said in the last 500."""
    page = make_page()
    start(page, short)
    go_on(page)
    left = page.locator("#q-best .left")
    write(page, "x" * 4_400)
    page.wait_for_timeout(300)
    expect(left).not_to_be_visible()
    write(page, "x" * 4_900)
    expect(left).to_have_text("100 letters left")
    write(page, "x" * 5_003)
    expect(left).to_have_text("3 letters too many. Please make it shorter.")


def test_choice_is_cleared_with_one_button(make_page: MakePage, short: str) -> None:
    """D2, D4: an answer is taken back with the script by a button, without it by one for all; a skip is no error."""
    page = make_page()
    start(page, short)
    expect(page.locator("#clear")).not_to_be_visible()
    choose(page, "Bad")
    tap(page, "#clear")
    assert page.locator(":checked").count() == 0
    expect(page.locator("#q-overall .ask")).to_be_focused()
    skip_to_check(page)
    assert page.locator("#answers li", has_text="You skipped this.").count() == page.locator("#answers li").count()

    plain = make_page(java_script_enabled=False)
    plain.goto(short)
    plain.get_by_label("Bad", exact=True).first.check()
    plain.get_by_role("button", name="Clear my answers").click()
    assert plain.locator(":checked").count() == 0
