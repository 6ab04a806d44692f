"""What comes out of the printer: every QR code is read from the page's picture, measured, damaged and followed."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp.domain.survey import Survey
from surveyapp.domain.team import Team
from tests.browser.conftest import LiveServer, MakePage, axe_faults
from tests.factories import make_survey
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

LABELS = ("Link", "Table 1", "Table 2", "Table 3", "Table 4", "Door")
MILLIMETRE = 96 / 25.4
SCALE = 2  # device pixels a CSS pixel: 192 dots an inch, less than any printer has
LONG_TITLE = "The Northern Community Health Partnership's Annual Gathering for Unpaid Carers, Young Carers, " * 2
LONG_LABEL = "Main entrance of the Jubilee Community Hall, by the lift (B)"
LONG_ADDRESS = "https://feedback.community-engagement.northern-health.example.org/surveys"
SHEETS = ("print?per=4", "print?per=2", "poster")
BOXES = """card => [card, ...card.querySelectorAll("p, h1, h2, dd, dt, li, .qr")].map(one => {
  const box = one.getBoundingClientRect()
  return [box.left, box.top, box.right, box.bottom]
})"""

Paper = Callable[[UUID, str], Page]
Worded = Callable[[str, str], Page]
Box = Sequence[float]


@dataclass(frozen=True)
class Wording:
    """What an organiser and an operator chose to call things."""

    public_url: str = "https://feedback.example.org"
    title: str = "Carers' day"
    label: str = "Door"
    languages: tuple[str, ...] = ("en",)


WORDINGS = {
    "usual": Wording(),
    "longer": Wording(
        "https://surveys.northern-trust.example.org",
        "Listening Day for Young Carers in Harrogate",
        "Reception and café",
    ),
    "longest": Wording(LONG_ADDRESS, LONG_TITLE[:200], LONG_LABEL, ("en", "cy", "ur", "ar")),
    "widest": Wording("https://feedback.leeds.example.org", "W" * 200, "W" * 60, ("en", "pl")),
}


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with a link, four tables and a door."""
    return make_survey(session, team, labels=LABELS)


@pytest.fixture
def paper(make_page: MakePage, live: LiveServer, olu: Visitor) -> Paper:
    """A function that opens a page of a survey's cards as the printer gets it."""
    cookie = olu.client.get_cookie("organiser")
    assert cookie is not None
    page = make_page(
        viewport={"width": 900, "height": 1200}, device_scale_factor=SCALE, is_mobile=False, has_touch=False
    )
    page.context.add_cookies([{"name": "organiser", "value": cookie.value, "url": live.url}])

    def opened(survey: UUID, address: str) -> Page:
        page.goto(f"/surveys/{survey}/cards/{address}")
        page.emulate_media(media="print")
        return page

    return opened


@pytest.fixture
def worded(paper: Paper, live: LiveServer, session: Session, team: Team) -> Worded:
    """A function that opens a page of the cards of a survey with one of the wordings."""

    def opened(name: str, address: str) -> Page:
        chosen = WORDINGS[name]
        live.app.config["PUBLIC_URL"] = chosen.public_url
        survey = make_survey(session, team, title=chosen.title, labels=["Table 1", chosen.label])
        survey.draft = {**survey.draft, "languages": list(chosen.languages)}
        session.commit()
        return paper(survey.id, address)

    return opened


def pictures(page: Page, selector: str = ".sheet") -> list[Image.Image]:
    """What the printer would draw of each such part."""
    return [Image.open(io.BytesIO(one.screenshot())).convert("L") for one in page.locator(selector).all()]


def read(picture: Image.Image) -> list[str]:
    """What every QR code in a picture says."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def dark_box(page: Page, place: int = 0) -> tuple[Image.Image, tuple[int, int, int, int]]:
    """The whole page's picture, and the box of one code's dark part in it, in device pixels."""
    box = page.locator(".qr").nth(place).bounding_box()
    assert box is not None
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")
    left, top, width = (round(box[name] * SCALE) for name in ("x", "y", "width"))
    return shot, (left, top, left + width, top + width)


@pytest.mark.parametrize("address", SHEETS)
def test_every_code_is_read_from_the_sheet_and_leads_to_the_survey(
    address: str, survey: Survey, paper: Paper, live: LiveServer, ana: Visitor
) -> None:
    found = [text for picture in pictures(paper(survey.id, address)) for text in read(picture)]
    cards = survey.cards[-1:] if address == "poster" else survey.cards[1:]
    assert sorted(found) == sorted(f"{live.url.upper()}/S/{card.code.upper()}" for card in cards)
    for text in found:
        assert ana.get(text.removeprefix(live.url.upper())).h1 == survey.title


@pytest.mark.parametrize(("address", "least"), list(zip(SHEETS, (40, 75, 85), strict=True)))
@pytest.mark.parametrize("name", WORDINGS)
def test_code_is_large_enough_with_white_around_it(address: str, least: int, name: str, worded: Worded) -> None:
    page = worded(name, address)
    shot, (left, top, right, bottom) = dark_box(page)
    assert (right - left) / SCALE / MILLIMETRE >= least
    modules = float((page.locator(".qr").first.get_attribute("viewBox") or "").split()[2])
    quiet = int((right - left) / modules * 4)
    around = shot.crop((left - quiet, top - quiet, right + quiet, bottom + quiet))
    ImageDraw.Draw(around).rectangle((quiet - 1, quiet - 1, quiet + right - left, quiet + bottom - top), fill=255)
    assert around.getextrema() == (255, 255)


@pytest.mark.parametrize("place", [(0.36, 0.36), (0.7, 0.3), (0.3, 0.7), (0.6, 0.6)])
def test_code_with_a_stain_on_a_twelfth_of_it(place: tuple[float, float], paper: Paper, survey: Survey) -> None:
    shot, (left, top, right, bottom) = dark_box(paper(survey.id, "print?per=4"))
    side = right - left
    stain = side * 0.08**0.5
    x, y = left + place[0] * side, top + place[1] * side
    ImageDraw.Draw(shot).rectangle((x, y, x + stain, y + stain), fill=255)
    assert read(shot.crop((left - 40, top - 40, right + 40, bottom + 40))) == read(
        pictures(paper(survey.id, "print?per=4"), ".card")[0]
    )


@pytest.mark.parametrize("address", SHEETS)
@pytest.mark.parametrize("name", WORDINGS)
def test_whatever_is_printed_keeps_its_place(name: str, address: str, worded: Worded) -> None:
    for card in worded(name, address).locator(".card").all():
        around, *boxes = card.evaluate(BOXES)
        assert min(_room(around, box) for box in boxes) >= 6.9 * MILLIMETRE
        assert [pair for pair in combinations(boxes, 2) if _overlap(*pair)] == []


@pytest.mark.parametrize("address", SHEETS)
def test_typed_address_and_code_are_large(address: str, paper: Paper, survey: Survey) -> None:
    page = paper(survey.id, address)
    for words in (".typed", ".code"):
        points = page.locator(words).first.evaluate("one => parseFloat(getComputedStyle(one).fontSize) * 72 / 96")
        assert points >= 24


@pytest.mark.parametrize(("address", "count"), list(zip(SHEETS, (2, 3, 1), strict=True)))
def test_sheets_fill_as_many_pages(address: str, count: int, paper: Paper, survey: Survey) -> None:
    made = paper(survey.id, address).pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == count


def test_tools_are_for_the_screen_only(paper: Paper, survey: Survey) -> None:
    page = paper(survey.id, "print?per=4")
    assert not page.locator(".tools").is_visible()
    page.emulate_media(media="screen")
    page.evaluate("window.print = () => { document.title = 'printing' }")
    page.get_by_role("button", name="Print").click()
    assert page.title() == "printing"


@pytest.mark.parametrize("address", ["", "/print", "/poster"])
def test_pages_on_a_small_screen(address: str, paper: Paper, survey: Survey) -> None:
    page = paper(survey.id, "print")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"/surveys/{survey.id}/cards{address}")
    assert axe_faults(page, is_attendees=False) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def _room(around: Box, box: Box) -> float:
    return min(box[0] - around[0], box[1] - around[1], around[2] - box[2], around[3] - box[3])


def _overlap(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and down > 0.5
