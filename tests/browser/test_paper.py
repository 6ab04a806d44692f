"""The sheet as it leaves the printer: A4, large print, no blank page, no question split, no colour needed."""

import shutil
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.test_gate import OVERFLOW
from tests.factories import card_of, every_kind, make_survey
from tests.gate.engines import gate_faults

pytestmark = pytest.mark.browser

VIEWS = ("standard", "easy", "symbols")
OTHERS = ["view=easy&size=3&colour=contrast", "view=easy&lang=ar", "view=easy&lang=pa"]
MM = 96 / 25.4  # CSS pixels
PAPER = {"viewport": {"width": int(180 * MM), "height": int(264 * MM)}, "is_mobile": False, "has_touch": False}
A4 = (595, 842)  # points


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: how a sheet is printed does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def demo(session: Session) -> Survey:
    """This time's event of the demonstration."""
    survey = load_demo(session).this_time
    session.commit()
    return survey


def opened(make_page: MakePage, survey: Survey, query: str) -> Page:
    """A sheet as wide as the printed part of A4, in the printer's style."""
    page = make_page(**PAPER)
    page.goto(f"/s/{card_of(survey).code}/paper?{query}")
    page.emulate_media(media="print")
    return page


def printed(page: Page) -> list[str]:
    """What each page of the PDF says; each is A4."""
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as made:
        assert {tuple(round(side) for side in one.get_size()) for one in made} == {A4}
        return [one.get_textpage().get_text_bounded() for one in made]


@pytest.mark.parametrize("query", [f"view={view}" for view in VIEWS] + OTHERS)
def test_no_page_is_blank_and_no_question_is_longer_than_a_page(make_page: MakePage, demo: Survey, query: str) -> None:
    page = opened(make_page, demo, query)

    tall = page.evaluate("() => Math.max(...[...document.querySelectorAll('.item')].map(one => one.offsetHeight))")
    split = page.evaluate("() => [...document.querySelectorAll('.item')].every(one => "
                          "getComputedStyle(one).breakInside === 'avoid')")  # fmt: skip
    assert tall < 264 * MM
    assert split
    assert page.evaluate(OVERFLOW) == 0
    pages = printed(page)
    assert 2 <= len(pages) <= page.locator(".item").count()
    for number, words in enumerate(pages, 1):
        told = (f"{number} / {len(pages)}", f"{len(pages)} / {number}")  # as it is read from left, or from right
        assert len(words) > 30
        assert any(one in words for one in told)


@pytest.mark.parametrize("view", VIEWS)
def test_words_are_18_points_or_more_and_nothing_for_the_screen_is_printed(
    make_page: MakePage, demo: Survey, view: str
) -> None:
    page = opened(make_page, demo, f"view={view}&colour=contrast")

    sizes = page.evaluate(
        "() => [...document.querySelectorAll('main p, main li, main h1, main h2, main .words')]"
        ".filter(one => one.checkVisibility()).map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 24
    colours = page.evaluate("() => [getComputedStyle(document.body)].flatMap(one => [one.color, one.backgroundColor])")
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    for part in (".screen", "header", "footer", ".skip"):
        assert not page.locator(part).is_visible()


def test_boxes_are_seen_in_black_and_white(make_page: MakePage, demo: Survey) -> None:
    page = opened(make_page, demo, "view=easy")

    for place in range(3):
        picture = Image.open(BytesIO(page.locator(".box").nth(place).screenshot())).convert("1")
        edge = [picture.getpixel((x, picture.height // 2)) for x in range(4)]
        assert 0 in edge
        assert picture.getpixel((picture.width // 2, picture.height // 2)) == 255


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_on_the_sheet_as_a_screen_shows_it(
    make_page: MakePage, session: Session, team: Team, view: str
) -> None:
    survey = make_survey(session, team, every_kind())
    for options, query in (({}, ""), ({"color_scheme": "dark"}, ""), ({}, "&colour=contrast&size=3")):
        page = make_page(viewport={"width": 320, "height": 640}, **options)
        page.goto(f"/s/{card_of(survey).code}/paper?view={view}{query}")
        assert gate_faults(page, is_attendees=True) == []
        assert page.evaluate(OVERFLOW) == 0
