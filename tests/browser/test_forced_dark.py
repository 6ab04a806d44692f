"""The browser's own dark mode, as phones force it on pages that are light: no picture is black on black (A6)."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from tests.browser.conftest import PHONE, LiveServer
from tests.chromium import CHROMIUM_FLAGS, chromium_path
from tests.factories import card_of

pytestmark = pytest.mark.browser
FORCED = ("--enable-features=WebContentsForceDark", "--blink-settings=forceDarkModeEnabled=true")
LOOKS = {
    "light phone": ("", "light"),
    "dark phone": ("", "dark"),
    "light phone, cream": ("&colour=cream", "light"),
    "dark phone, cream": ("&colour=cream", "dark"),
}


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: how a page looks does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture(scope="module")
def dark(browser: Browser) -> Iterator[Browser]:
    """A Chromium that makes every page dark by itself."""
    launched = browser.browser_type.launch(executable_path=str(chromium_path()), args=[*CHROMIUM_FLAGS, *FORCED])
    yield launched
    launched.close()


def contrast_in(page: Page, selector: str) -> list[float]:
    """The contrast between the lightest and the darkest grey of each picture, as it is seen."""
    found = []
    for one in page.locator(selector).all():
        greys = Image.open(io.BytesIO(one.screenshot())).convert("L").tobytes()
        darkest, lightest = min(greys), max(greys)
        found.append((_light(lightest) + 0.05) / (_light(darkest) + 0.05))
    return found


def _light(grey: int) -> float:
    """Relative luminance of a grey from 0 to 255 (WCAG 2.2)."""
    part = grey / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


@pytest.mark.parametrize("look", LOOKS)
def test_every_picture_is_seen_in_the_browsers_own_dark(
    dark: Browser, live: LiveServer, session: Session, look: str
) -> None:
    code = card_of(load_demo(session).this_time).code
    session.commit()
    query, scheme = LOOKS[look]
    for view, height in (("easy", 740), ("symbols", 740), ("symbols", 844)):
        options = {**PHONE, "viewport": {"width": 390, "height": height}, "color_scheme": scheme}
        context = dark.new_context(base_url=live.url, **options)
        page = context.new_page()
        page.goto(f"/s/{code}?view={view}{query}")
        assert min(contrast_in(page, "#start svg:visible")) >= 7
        page.locator("#go").press("Enter")

        seen = contrast_in(page, ".step.now svg")
        assert len(seen) == 6
        assert min(seen) >= 7, (view, height)
        context.close()
