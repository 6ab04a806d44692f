"""Room to read (A5, D0): where the header, the question, its answers and Continue are on the screens people have."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from surveyapp.model.languages import TRANSLATED
from tests.browser.conftest import MakePage
from tests.browser.journeys import go_on, start
from tests.browser.phones import ENGLISH, on_a_phone
from tests.factories import card_of

pytestmark = pytest.mark.browser
SMALL_PHONE = {"width": 360, "height": 740}
TWICE = "html { font-size: 200% !important }"
EDGES = """selector => [...document.querySelectorAll(selector)].map(one => {
  const { top, bottom } = one.getBoundingClientRect()
  return [top, bottom]
})"""
LARGE: dict[str, tuple[dict[str, int], str, str]] = {
    "twice the text at 320 px": ({"width": 320, "height": 640}, "", TWICE),
    "400 % zoom": ({"width": 320, "height": 256}, "", ""),
    "the largest size": (SMALL_PHONE, "&size=3", ""),
    "the largest size at twice the text": ({"width": 320, "height": 640}, "&size=3", TWICE),
    "400 % zoom and the largest size": ({"width": 320, "height": 256}, "&size=3", ""),
}


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: how a page looks does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def card(session: Session) -> str:
    """The address of this time's event of the demonstration: ratings of five answers, with and without a sixth."""
    survey = load_demo(session).this_time
    session.commit()
    return f"/s/{card_of(survey).code}"


def edges(page: Page, selector: str) -> list[tuple[float, float]]:
    """How far from the top of the screen all of these begin and end."""
    return [(top, bottom) for top, bottom in page.evaluate(EDGES, selector)]


@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
def test_five_answers_and_continue_are_on_the_screen_at_once(make_page: MakePage, card: str, view: str) -> None:
    """D0, A5: at 360 × 740; “Very good” and “Very bad” are both seen, and so is the header."""
    page = make_page(viewport=SMALL_PHONE)
    start(page, f"{card}?view={view}")
    for _ in range(3):
        answers = edges(page, ".step.now .tile:not(.apart)")
        assert len(answers) == 5
        ((header, below),) = edges(page, "header")
        assert header == 0
        assert below <= answers[0][0]
        assert max(bottom for _top, bottom in answers) <= SMALL_PHONE["height"]
        if view != "symbols":
            assert edges(page, "#next")[0][1] <= SMALL_PHONE["height"] or page.locator(".step.now .apart").count()
        go_on(page)


@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
@pytest.mark.parametrize("how", LARGE)
def test_question_is_at_the_top_of_the_screen_after_each_step(
    make_page: MakePage, card: str, view: str, how: str
) -> None:
    """D0: with large text the question comes first, and nothing scrolls sideways."""
    viewport, size, style = LARGE[how]
    page = make_page(viewport=viewport, bypass_csp=True)
    page.goto(f"{card}?view={view}{size}")
    page.add_style_tag(content=style or ":root {}")
    page.locator("#go").press("Enter")
    for _ in range(3):
        ((top, _bottom),) = edges(page, ".step.now .ask")
        assert -1 <= top <= 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.locator("#next").press("Enter")
    page.locator("#back").press("Enter")
    page.wait_for_timeout(100)
    assert -1 <= edges(page, ".step.now .ask")[0][0] <= 1


@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
def test_landscape_shows_the_question_and_an_answer(make_page: MakePage, card: str, view: str) -> None:
    page = make_page(viewport={"width": 740, "height": 360})
    start(page, f"{card}?view={view}")

    ((top, _bottom),) = edges(page, ".step.now .ask")
    assert 0 <= top <= 64
    assert edges(page, ".step.now .tile")[0][1] <= 360


@pytest.mark.parametrize("language", ["en", *TRANSLATED])
def test_header_is_one_row_in_every_language(make_page: MakePage, card: str, language: str) -> None:
    """A5: Listen, Look, Language in one row of at most 64 px at 360 px; each is its symbol and a word of its own."""
    page = on_a_phone(lambda **options: make_page(viewport=SMALL_PHONE, **options), **ENGLISH)
    page.goto(f"{card}?lang={language}")
    ((_top, bottom),) = edges(page, "header")
    controls = page.locator("header :is(button, a)")

    assert bottom <= 64
    assert len({top for top, _bottom in edges(page, "header :is(button, a)")}) == 1
    assert controls.count() == 3
    assert all(one.locator("svg").count() == 1 and one.inner_text().strip() for one in controls.all())


def test_header_is_two_rows_at_most_at_twice_the_text(make_page: MakePage, card: str) -> None:
    page = make_page(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page.goto(card)
    page.add_style_tag(content=TWICE)

    assert len({top for top, _bottom in edges(page, "header :is(button, a)")}) <= 2


def test_start_and_check_begin_at_the_top(make_page: MakePage, card: str) -> None:
    """Whoever goes back to the start, or on to the check, finds the header where it always is."""
    page = make_page(viewport=SMALL_PHONE)
    start(page, f"{card}?view=easy")
    page.locator("#back").press("Enter")
    page.wait_for_timeout(200)
    assert edges(page, "header")[0][0] == 0
    page.locator("#go").press("Enter")
    while page.locator("#next").is_visible():
        page.locator("#next").press("Enter")

    expect(page.locator("#heading")).to_be_focused()
    assert edges(page, "header")[0][0] == 0
