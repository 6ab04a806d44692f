"""The accessibility gate: axe on every page in every view and colour, reflow, text spacing, targets, focus.

WCAG 2.2 AA on every page; on attendees' pages the AAA rules for contrast (1.4.6) and targets (2.5.5) as well.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp.demo import DEMO_PASSWORD, load_demo
from surveyapp.domain.survey import Survey
from surveyapp.domain.team import DEMO_EMAIL, Team
from tests.browser.conftest import MakePage, axe_faults
from tests.browser.journeys import choose, go_on, skip_to_check, start
from tests.factories import card_of, every_kind, make_survey

pytestmark = pytest.mark.browser

LOOKS: dict[str, tuple[str, dict[str, Any]]] = {
    "light": ("", {}),
    "dark by the phone": ("", {"color_scheme": "dark"}),
    "cream": ("&colour=cream", {}),
    "dark": ("&colour=dark", {}),
    "yellow on black": ("&colour=contrast", {}),
    "forced colours": ("", {"forced_colors": "active"}),
    "largest": ("&size=3", {}),
}
ANSWER = ("", "/thanks?receipt=BCDF-GHJK-MNPQ", "/look")
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
SMALL = """least => [...document.querySelectorAll('a, button, input, textarea, select, summary')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest('.skip') && one.type !== 'hidden')
  .filter(one => {
    const [own, label] = [one, one.labels?.[0] ?? one].map(part => part.getBoundingClientRect())
    return Math.max(own.height, label.height) < least - .5 || Math.max(own.width, label.width) < least - .5
  })
  .map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: how a page looks does not depend on the database, and journeys run on both."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


def _card(session: Session, team: Team) -> str:
    return f"/s/{card_of(make_survey(session, team, every_kind())).code}"


def _plain(page: Page, address: str) -> None:
    """Open the long page, as it is when its script never arrives."""
    page.route("**/*.js", lambda route: route.abort())
    page.goto(address)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
def test_axe_finds_nothing_on_the_survey(
    make_page: MakePage, session: Session, team: Team, view: str, look: str
) -> None:
    query, options = LOOKS[look]
    address = f"{_card(session, team)}?view={view}{query}"
    page = make_page(**options)
    start(page, address)
    choose(page, "Good")
    assert axe_faults(page, is_attendees=True) == []
    skip_to_check(page)
    assert axe_faults(page, is_attendees=True) == []
    plain = make_page(**options)
    _plain(plain, address)
    assert axe_faults(plain, is_attendees=True) == []


@pytest.mark.parametrize("look", ["light", "dark by the phone", "forced colours"])
def test_axe_finds_nothing_on_the_other_pages_of_attendees(
    make_page: MakePage, session: Session, team: Team, look: str
) -> None:
    query, options = LOOKS[look]
    page = make_page(**options)
    card = _card(session, team)
    closed = card_of(make_survey(session, team, title="Closed", state="closed")).code
    draft = card_of(make_survey(session, team, title="Draft", state="draft")).code
    places = [f"{card}/thanks?receipt=BCDF-GHJK-MNPQ", f"{card}/look?response=x", f"/s/{closed}", f"/s/{draft}"]
    for place in [*places, "/s/k7q4mx", "/", "/?code=nonsense", "/privacy", "/accessibility", "/nowhere", "/sign-in"]:
        page.goto(place + (query if "?" in place else query.replace("&", "?", 1)))
        assert (place, axe_faults(page, is_attendees=place != "/sign-in")) == (place, [])


def test_axe_finds_nothing_on_a_page_with_errors(make_page: MakePage, session: Session, team: Team) -> None:
    page = make_page(java_script_enabled=True)
    _plain(page, _card(session, team))
    page.locator("#q-visits input").fill("many")
    page.locator("[name=finish]").click()

    assert page.title().startswith("Error: ")
    assert axe_faults(page, is_attendees=True) == []


@pytest.fixture
def demo(session: Session) -> Survey:
    """The demonstration's survey."""
    survey = load_demo(session)
    session.commit()
    return survey


ORGANISERS = [
    "",
    "/edit",
    "/details",
    "/preview",
    "/cards",
    "/cards/print?per=2",
    "/cards/print?per=4",
    "/cards/poster",
    "/results",
]


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_organisers_pages(make_page: MakePage, demo: Survey, width: int) -> None:
    page = make_page(viewport={"width": width, "height": 900}, is_mobile=False, has_touch=False)
    _sign_in(page)
    for place in ["/surveys", "/surveys/new", *(f"/surveys/{demo.id}{part}" for part in ORGANISERS)]:
        page.goto(place)
        assert (place, axe_faults(page, is_attendees=False)) == (place, [])


@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
def test_nothing_scrolls_sideways_at_320_px_with_twice_the_text(make_page: MakePage, demo: Survey, view: str) -> None:
    page = make_page(viewport={"width": 320, "height": 640}, bypass_csp=True)
    for place in (f"/s/{card_of(demo).code}{part}" for part in ANSWER):
        _plain(page, f"{place}{'&' if '?' in place else '?'}view={view}&size=3")
        page.add_style_tag(content=f"html {{ font-size: 200% !important }} {SPACING}")
        assert (place, page.evaluate(OVERFLOW)) == (place, 0)


def test_event_name_of_200_letters_breaks_no_page(make_page: MakePage, session: Session, team: Team) -> None:
    page = make_page(viewport={"width": 320, "height": 640})
    survey = make_survey(session, team, every_kind(), title="Donaudampfschifffahrt" * 9 + " and more")
    page.goto(f"/s/{card_of(survey).code}?size=3")

    assert page.evaluate(OVERFLOW) == 0


@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
def test_every_target_is_44_px_or_more(make_page: MakePage, demo: Survey, view: str) -> None:
    page = make_page()
    start(page, f"/s/{card_of(demo).code}?view={view}")
    assert page.evaluate(SMALL, 44) == []
    skip_to_check(page)
    assert page.evaluate(SMALL, 44) == []
    page.goto(f"/s/{card_of(demo).code}/look")
    assert page.evaluate(SMALL, 44) == []


def test_focus_is_seen_on_everything_that_takes_it(make_page: MakePage, demo: Survey) -> None:
    page = make_page(is_mobile=False, has_touch=False)
    start(page, f"/s/{card_of(demo).code}")
    go_on(page)
    unseen = []
    for _ in range(15):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            "() => { const it = document.activeElement, tile = it.closest('.tile') ?? it, of = one => "
            "parseFloat(getComputedStyle(one).outlineWidth) * (getComputedStyle(one).outlineStyle !== 'none');"
            " return it === document.body ? 4 : Math.max(of(it), of(tile), of(tile.querySelector('label') ?? it)) }"
        )
        if ring < 2:
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 100)"))
    assert unseen == []


def _sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.fill("[name=email]", DEMO_EMAIL)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("main button")
