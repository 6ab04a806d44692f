"""Cards in every language of the product, as the printer gets them; and the slide, as the room sees it."""

import io
from itertools import combinations

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.model.languages import TRANSLATED
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.web.i18n import direction
from tests.browser.conftest import LiveServer
from tests.browser.test_cards_print import (
    BOXES,
    MILLIMETRE,
    Paper,
    _overlap,
    _room,
    at_60_dpi,
    database_url,
    paper,
    pictures,
)
from tests.cards.stacks import STAINS, codes_in, in_languages, stained
from tests.factories import make_survey

__all__ = ["database_url", "paper"]  # fixtures: pages of cards on SQLite alone

pytestmark = pytest.mark.browser

INCHES = 13.33  # the width of a slide, as the usual programs make it


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey in fourteen languages with a card in each, which is called so, and a slide in Urdu."""
    made = make_survey(session, team, in_languages("en", *TRANSLATED), labels=["Link", *TRANSLATED])
    for card in made.cards[1:]:
        card.language = card.label
    made.add_card("Screen", sheet="slide").language = "ur"
    session.commit()
    return made


@pytest.mark.parametrize(("sheet", "least"), [("a6", 6.9), ("a5", 6.9), ("stickers", 0)])
def test_cards_of_every_language_keep_their_place_and_their_code(
    sheet: str, least: float, survey: Survey, paper: Paper
) -> None:
    page = paper(survey.id, f"print?sheet={sheet}")
    page.evaluate("document.fonts.ready")
    cards = page.locator(".sticker" if sheet == "stickers" else ".card")
    assert cards.count() == len(TRANSLATED)
    for card, tag in zip(cards.all(), TRANSLATED, strict=True):
        around, *boxes = card.evaluate(BOXES)
        assert (card.get_attribute("lang"), card.get_attribute("dir")) == (tag, direction(tag))
        assert (tag, min(_room(around, box) for box in boxes) >= least * MILLIMETRE) == (tag, True)
        assert (tag, [pair for pair in combinations(boxes, 2) if _overlap(*pair)]) == (tag, [])
    found = [text for picture in pictures(page) for text in codes_in(at_60_dpi(picture))]
    assert len(set(found)) == len(TRANSLATED)


def test_code_of_the_slide_is_read_across_the_room(survey: Survey, paper: Paper, live: LiveServer) -> None:
    page = slide_of(survey, paper)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("L")
    coarse = shot.resize((round(INCHES * 60), round(INCHES * 60 * 720 / 1280)), Image.Resampling.BOX)
    assert codes_in(coarse) == [f"{live.url.upper()}/S/{survey.cards[-1].code.upper()}"]
    for place in STAINS:
        assert codes_in(stained(shot, place)) == codes_in(coarse)


def test_slide_speaks_its_language_and_fits_any_screen(survey: Survey, paper: Paper) -> None:
    page = slide_of(survey, paper)
    main = page.locator("main")
    assert (main.get_attribute("lang"), main.get_attribute("dir")) == ("ur", "rtl")
    expect(page.locator("#count")).to_have_text("اب تک کے جواب: 0")
    for width, height in ((1280, 720), (1024, 768), (360, 640)):
        page.set_viewport_size({"width": width, "height": height})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{width} × {height} scrolls sideways"
        words = ".event, h1, .faces span, .scan, dd, .help, .count"
        texts = page.locator(words).evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
        code = page.locator(".qr").evaluate("one => one.getBoundingClientRect().toJSON()")
        quiet = 4 / 29 * code["width"]
        white = [code["left"] - quiet, code["top"] - quiet, code["right"] + quiet, code["bottom"] + quiet]
        boxes = [[box["left"], box["top"], box["right"], box["bottom"]] for box in texts]
        assert [box for box in boxes if _overlap(white, box)] == []


def slide_of(survey: Survey, paper: Paper) -> Page:
    """The slide on a large screen."""
    page = paper(survey.id, "slide")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 720})
    return page
