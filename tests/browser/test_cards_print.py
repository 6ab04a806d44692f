"""What comes out of the printer: every QR code is read from the page's picture, measured, damaged and followed."""

import io
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import LiveServer, MakePage
from tests.cards.stacks import STAINS, codes_in, in_languages, stained
from tests.factories import make_survey
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

LABELS = ("Link", "Table 1", "Table 2", "Table 3", "Table 4", "Door")
MILLIMETRE = 96 / 25.4
SCALE = 2  # device pixels a CSS pixel
DPI = SCALE * 96  # less than any printer has
LONG_TITLE = "The Northern Community Health Partnership's Annual Gathering for Unpaid Carers, Young Carers, " * 2
LONG_LABEL = "Main entrance of the Jubilee Community Hall, by the lift (B)"
LONG_ADDRESS = "https://feedback.community-engagement.northern-health.example.org/surveys"
SHEETS = ("print?sheet=a6", "print?sheet=a5", "print?sheet=tent", "print?sheet=poster")
STICKERS = "print?sheet=stickers"
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
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what is printed does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with a link, four tables, a door and a poster."""
    made = make_survey(session, team, labels=LABELS)
    made.add_card("Poster", sheet="poster")
    session.commit()
    return made


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
        asked = in_languages(*chosen.languages)
        survey = make_survey(session, team, asked, title=chosen.title, labels=["Table 1", chosen.label])
        survey.add_card(chosen.label, sheet="poster")
        session.commit()
        return paper(survey.id, address)

    return opened


def pictures(page: Page, selector: str = ".sheet") -> list[Image.Image]:
    """What the printer would draw of each such part."""
    return [Image.open(io.BytesIO(one.screenshot())).convert("L") for one in page.locator(selector).all()]


def at_60_dpi(picture: Image.Image) -> Image.Image:
    """The picture as coarse as a poor printer's: 60 dots an inch."""
    wide, high = picture.size
    return picture.resize((round(wide * 60 / DPI), round(high * 60 / DPI)), Image.Resampling.BOX)


@pytest.mark.parametrize("address", [*SHEETS, STICKERS])
def test_every_code_is_read_from_the_sheet_and_leads_to_the_survey(
    address: str, survey: Survey, paper: Paper, live: LiveServer, ana: Visitor
) -> None:
    found = [text for picture in pictures(paper(survey.id, address)) for text in codes_in(at_60_dpi(picture))]
    cards = survey.cards[-1:] if "poster" in address else survey.cards[1:-1] * (2 if "tent" in address else 1)
    assert sorted(found) == sorted(f"{live.url.upper()}/S/{card.code.upper()}" for card in cards)
    for text in set(found):
        assert ana.get(text.removeprefix(live.url.upper())).h1 == survey.title


@pytest.mark.parametrize(("address", "least"), list(zip((*SHEETS, STICKERS), (40, 75, 75, 85, 25), strict=True)))
@pytest.mark.parametrize("name", WORDINGS)
def test_any_wording_keeps_its_place_its_size_and_the_white_around_its_code(
    address: str, least: int, name: str, worded: Worded
) -> None:
    page = worded(name, address)
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")
    for code in page.locator(".qr").all():
        assert_has_white_around(shot, code, least)
    for card in page.locator(".card").all():
        around, *boxes = card.evaluate(BOXES)
        assert min(_room(around, box) for box in boxes) >= 6.9 * MILLIMETRE
        assert [pair for pair in combinations(boxes, 2) if _overlap(*pair)] == []
        for words in (".typed", ".code"):
            points = card.locator(words).evaluate("one => parseFloat(getComputedStyle(one).fontSize) * 72 / 96")
            assert points >= 24


def test_letter_that_reaches_back_stays_out_of_the_white_of_a_sticker(
    paper: Paper, session: Session, team: Team
) -> None:
    survey = make_survey(session, team, labels=["Link"])
    survey.add_card("Jetty").code = "j23jjj"
    session.commit()
    page = paper(survey.id, STICKERS)
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("L")

    assert_has_white_around(shot, page.locator(".qr").first, 25)


def assert_has_white_around(shot: Image.Image, code: Locator, least: int) -> None:
    """The dark part is at least so many millimetres wide, and its quiet zone is white."""
    box = code.bounding_box()
    assert box is not None
    left, top, side = (round(box[name] * SCALE) for name in ("x", "y", "width"))
    assert side / SCALE / MILLIMETRE >= least
    modules = float((code.get_attribute("viewBox") or "").split()[2])
    quiet = int(side / modules * 4)
    around = shot.crop((left - quiet, top - quiet, left + side + quiet, top + side + quiet))
    ImageDraw.Draw(around).rectangle((quiet - 2, quiet - 2, quiet + side + 1, quiet + side + 1), fill=255)
    assert around.getextrema() == (255, 255)


@pytest.mark.parametrize("address", [*SHEETS, STICKERS])
def test_codes_with_a_stain_on_a_twelfth_of_each(address: str, paper: Paper, survey: Survey) -> None:
    clean = pictures(paper(survey.id, address))[0]
    for place in STAINS:
        assert sorted(codes_in(stained(clean, place))) == sorted(codes_in(clean)) != []


@pytest.mark.parametrize(("address", "count"), list(zip((*SHEETS, STICKERS), (2, 3, 5, 1, 1), strict=True)))
def test_sheets_fill_as_many_pages(address: str, count: int, paper: Paper, survey: Survey) -> None:
    made = paper(survey.id, address).pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == count


def test_tools_are_for_the_screen_only(paper: Paper, survey: Survey) -> None:
    page = paper(survey.id, "print?sheet=a6")
    assert not page.locator(".tools").is_visible()
    page.emulate_media(media="screen")
    page.evaluate("window.print = () => { document.title = 'printing' }")
    page.get_by_role("button", name="Print").click()
    assert page.title() == "printing"


def _room(around: Box, box: Box) -> float:
    return min(box[0] - around[0], box[1] - around[1], around[2] - box[2], around[3] - box[3])


def _overlap(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and down > 0.5
