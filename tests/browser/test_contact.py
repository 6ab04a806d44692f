"""The contact form in Chromium: with script and without, in each wording, at the size of a small phone."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.contact import Contact
from surveyapp.model.survey import TOGETHER
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.test_every_screen import TOO_SMALL
from tests.browser.test_gate import OVERFLOW, SPACING
from tests.factories import card_of, make_survey
from tests.gate.engines import axe_faults

pytestmark = pytest.mark.browser


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: how a page looks does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def code(session: Session, team: Team) -> str:
    """The code of a card whose survey asks for everything that the form can ask for."""
    form = {"contact_purposes": "news prize expenses", "contact_fields": "name email telephone"}
    return card_of(make_survey(session, team, ready_surveys()["quick_card"], sharing=TOGETHER, **form)).code


@pytest.mark.parametrize("script", [True, False])
def test_somebody_leaves_how_to_be_reached(make_page: MakePage, session: Session, code: str, *, script: bool) -> None:
    page = make_page(java_script_enabled=script)
    page.goto(f"/s/{code}/thanks?receipt=BCDF-GHJK-MNPQ")
    page.get_by_role("link", name="Say how we can reach you").click()
    page.get_by_role("button", name="Send this").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("For the prize draw").check()
    page.get_by_label("Your email address").fill("rose@example.org")
    page.get_by_role("button", name="Send this").click()

    expect(page.get_by_text("We have it. Thank you.")).to_be_visible()
    assert [(one.purposes, one.email) for one in session.scalars(select(Contact))] == [("prize", "rose@example.org")]
    assert page.context.cookies() == []


@pytest.mark.parametrize("query", ["view=standard", "view=easy&colour=dark", "view=symbols&lang=ar"])
def test_it_is_found_well_by_axe_and_fits_a_small_phone(make_page: MakePage, code: str, query: str) -> None:
    page = make_page(viewport={"width": 320, "height": 640}, bypass_csp=True)
    for address in (f"/c/{code}?{query}", f"/c/{code}?done=1&{query}", f"/s/{code}/thanks?{query}"):
        page.goto(address)
        assert (address, axe_faults(page, is_attendees=True)) == (address, [])
        assert (address, page.evaluate(TOO_SMALL)) == (address, [])
        page.add_style_tag(content=f":root {{ --size: 1.6 }} html {{ font-size: 200% !important }} {SPACING}")
        assert (address, page.evaluate(OVERFLOW)) == (address, 0)


@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
def test_the_question_reads_as_one_sentence_around_the_teams_name(make_page: MakePage, code: str, view: str) -> None:
    page = make_page(viewport={"width": 375, "height": 720}, java_script_enabled=False)
    page.goto(f"/c/{code}?view={view}&lang=ur")

    asked = page.locator("h2.ask")
    parts = asked.evaluate("it => [...it.childNodes].filter(one => one.textContent.trim()).map(one => one.nodeName)")
    assert (parts, asked.locator("bdi").count()) == (["SPAN"], 1)
