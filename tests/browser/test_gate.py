"""The gate on every page of attendees in every view and colour, and reflow with doubled text and text spacing.

`tests.gate.engines` says what the gate is, `test_canary.py` that it finds what it should.
"""

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from surveyapp.model.action import WHATS
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.journeys import choose, skip_to_check, start
from tests.factories import card_of, every_kind, make_entry, make_survey
from tests.gate.engines import gate_faults

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


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: how a page looks does not depend on the database, and journeys run on both."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


def _card(session: Session, team: Team) -> str:
    return f"/s/{card_of(make_survey(session, team, every_kind())).code}"


def _told(session: Session, team: Team) -> str:
    """The code of a closed survey whose team has told what it did."""
    over = make_survey(session, team, title="Closed", state="closed")
    session.add_all(make_entry(over, number=number, what=what, people=12) for number, what in enumerate(WHATS))
    session.commit()
    return card_of(over).code


def _plain(page: Page, address: str) -> None:
    """Open the long page, as it is when its script never arrives."""
    page.route("**/*.js", lambda route: route.abort())
    page.goto(address)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
def test_the_gate_finds_nothing_on_the_survey(
    make_page: MakePage, session: Session, team: Team, view: str, look: str
) -> None:
    """A3, A6: contrast, targets and edges in every view and colour, by the phone's settings too."""
    query, options = LOOKS[look]
    address = f"{_card(session, team)}?view={view}{query}"
    page = make_page(**options)
    start(page, address)
    choose(page, "Good")
    assert gate_faults(page, is_attendees=True) == []
    skip_to_check(page)
    assert gate_faults(page, is_attendees=True) == []
    plain = make_page(**options)
    _plain(plain, address)
    assert gate_faults(plain, is_attendees=True) == []


@pytest.mark.parametrize("look", ["light", "dark by the phone", "forced colours"])
def test_the_gate_finds_nothing_on_the_other_pages_of_attendees(
    make_page: MakePage, session: Session, team: Team, look: str
) -> None:
    """A3, A6: the same of every page, as the phone or the address asks for."""
    query, options = LOOKS[look]
    page = make_page(**options)
    card = _card(session, team)
    closed = _told(session, team)
    draft = card_of(make_survey(session, team, title="Draft", state="draft")).code
    places = [f"{card}/thanks?receipt=BCDF-GHJK-MNPQ", f"{card}/look?response=x", f"/s/{closed}", f"/s/{draft}"]
    places += [f"{card}/news", f"/s/{closed}/news?view=easy"]
    plain = ["/", "/?code=nonsense", "/look", "/privacy", "/accessibility", "/nowhere", "/sign-in"]
    for place in [*places, "/s/k7q4mx", *plain]:
        page.goto(place + (query if "?" in place else query.replace("&", "?", 1)))
        assert (place, gate_faults(page, is_attendees=place != "/sign-in")) == (place, [])


@pytest.mark.parametrize("look", ["cream", "dark", "yellow on black", "largest"])
def test_the_gate_finds_nothing_on_what_a_team_tells(
    make_page: MakePage, session: Session, team: Team, look: str
) -> None:
    """C3, A3: what was done with what people said, beside symbols, in the colours and sizes that are chosen."""
    query, options = LOOKS[look]
    page, closed = make_page(**options), _told(session, team)
    for place in (f"/s/{closed}/news?view=easy", f"/s/{closed}?view=easy"):
        page.goto(place + query)
        assert (place, gate_faults(page, is_attendees=True)) == (place, [])


def test_the_gate_finds_nothing_on_a_page_with_errors(make_page: MakePage, session: Session, team: Team) -> None:
    page = make_page(java_script_enabled=True)
    _plain(page, _card(session, team))
    page.locator("#q-visits input").fill("many")
    page.locator("[name=finish]").click()

    assert page.title().startswith("Error: ")
    assert gate_faults(page, is_attendees=True) == []


@pytest.fixture
def demo(session: Session) -> Survey:
    """This time's event of the demonstration."""
    survey = load_demo(session).this_time
    session.commit()
    return survey


@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
def test_nothing_scrolls_sideways_at_320_px_with_twice_the_text(make_page: MakePage, demo: Survey, view: str) -> None:
    page = make_page(viewport={"width": 320, "height": 640}, bypass_csp=True)
    for place in (f"/s/{card_of(demo).code}{part}" for part in ANSWER):
        _plain(page, f"{place}{'&' if '?' in place else '?'}view={view}&size=3")
        page.add_style_tag(content=f"html {{ font-size: 200% !important }} {SPACING}")
        assert (place, page.evaluate(OVERFLOW)) == (place, 0)


def test_event_name_of_200_letters_breaks_no_page(make_page: MakePage, session: Session, team: Team) -> None:
    """A3: a long word scrolls nothing sideways."""
    page = make_page(viewport={"width": 320, "height": 640})
    survey = make_survey(session, team, every_kind(), title="Donaudampfschifffahrt" * 9 + " and more")
    page.goto(f"/s/{card_of(survey).code}?size=3")

    assert page.evaluate(OVERFLOW) == 0
