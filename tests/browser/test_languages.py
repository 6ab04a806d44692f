"""A survey from right to left in a real browser: the gate, the journey, long texts and long names."""

import csv
import shutil
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.languages import LANGUAGES, TRANSLATED
from surveyapp.model.survey import TITLE_LENGTH
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.journeys import skip_to_check, start, stored, tap, write
from tests.browser.test_gate import OVERFLOW, SPACING
from tests.factories import card_of, make_survey
from tests.gate.engines import axe_faults
from tests.visitor import Visitor

pytestmark = pytest.mark.browser

SORANI = "خواردنەکە زۆر باش بوو، سوپاس بۆ ئێوە. ڕۆژێکی خۆش بوو! "
NAME = ("اليوم الوطني للمرضى ومقدمي الرعاية " * 9)[:TITLE_LENGTH]


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: how a page looks does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def card(session: Session, team: Team) -> str:
    """The address of a card of a survey in all languages, whose name is as long as a name can be."""
    return f"/s/{card_of(make_survey(session, team, ready_surveys()['quick_card'], title=NAME)).code}"


def fits(page: Page) -> bool:
    """Whether nothing scrolls sideways."""
    return bool(page.evaluate(OVERFLOW) == 0)


@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
def test_axe_finds_nothing_on_a_survey_in_arabic(make_page: MakePage, card: str, view: str) -> None:
    page = make_page(viewport={"width": 320, "height": 640})
    start(page, f"{card}?view={view}&lang=ar&size=3")
    page.locator(".step.now label").first.click()

    assert page.locator("#count").inner_text() == "السؤال 1 من 4:"
    assert (axe_faults(page, is_attendees=True), fits(page)) == ([], True)
    places = {name: page.locator(f".step.now {name}").first.bounding_box() for name in ("input", "label span")}
    assert places["input"]["x"] > places["label span"]["x"]  # type: ignore[index]  # both are on the page
    for part in ("/look", "/thanks?receipt=BCDF-GHJK-MNPQ"):
        page.goto(f"{card}{part}{'&' if '?' in part else '?'}lang=ar&view={view}&size=3")
        assert (part, axe_faults(page, is_attendees=True), fits(page)) == (part, [], True)


def test_comment_in_sorani_goes_to_a_file_and_back(
    phone: Page, olu: Visitor, session: Session, team: Team, card: str
) -> None:
    text = (SORANI * 200)[:5_000]
    start(phone, f"{card}?lang=ckb")
    while not phone.locator("#a-best").is_visible():
        tap(phone, "#next")
    write(phone, text)
    direction = phone.locator("#a-best").evaluate("box => getComputedStyle(box).direction")
    skip_to_check(phone)
    tap(phone, "[name=finish]")
    expect(phone.get_by_text("وەڵامەکانت لامانن.")).to_be_visible()

    (response,) = stored(session)
    file = olu.get(f"/surveys/{response.survey_id}/export/responses.csv").response.get_data(as_text=True)
    (row,) = csv.DictReader(StringIO(file.removeprefix("\ufeff")))
    assert (direction, response.language) == ("rtl", "ckb")
    assert row["best"].strip() == text.strip()
    assert response.answers["best"] == text


def test_text_in_another_script_keeps_its_own_direction(phone: Page, card: str) -> None:
    start(phone, f"{card}?lang=ar")
    while not phone.locator("#a-best").is_visible():
        tap(phone, "#next")
    write(phone, "The tea at 12:30 was good!")
    assert phone.locator("#a-best").evaluate("box => getComputedStyle(box).direction") == "ltr"
    skip_to_check(phone)

    answer = phone.locator("#answers li", has_text="The tea").locator(".said span").first
    assert answer.evaluate("span => getComputedStyle(span).direction") == "ltr"


def test_nothing_scrolls_sideways_at_320_px_with_twice_the_text_in_any_language(make_page: MakePage, card: str) -> None:
    page = make_page(viewport={"width": 320, "height": 640}, bypass_csp=True)
    page.route("**/*.js", lambda route: route.abort())
    for tag in TRANSLATED:
        for address in (f"{card}?", f"{card}?view=symbols&", f"{card}/look?", "/withdraw?", "/accessibility?"):
            page.goto(f"{address}lang={tag}&size=3")
            page.add_style_tag(content=f"html {{ font-size: 200% !important }} {SPACING}")
            assert (tag, address, fits(page)) == (tag, address, True)


@pytest.mark.parametrize("path", ["/", "/withdraw"])
def test_code_in_a_sentence_is_broken_nowhere(phone: Page, path: str) -> None:
    lines = "code => { const all = new Range(); all.selectNodeContents(code); return all.getClientRects().length }"
    for tag in LANGUAGES:
        phone.goto(f"{path}?lang={tag}")
        assert (tag, phone.locator(".whole").evaluate(lines)) == (tag, 1)
