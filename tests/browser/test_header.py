"""The header beyond the survey's own page: heard on a phone with voices, and back from another look with everything."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from surveyapp.model import withdrawal
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.journeys import TREMBLING, choose, send_and_be_thanked, skip_to_check, start, stored, tap
from tests.browser.phones import ENGLISH, on_a_phone
from tests.browser.test_listen import heard, wait_to_hear
from tests.factories import card_of, make_survey

pytestmark = pytest.mark.browser
SHIFTS = """() => new Promise(done => {
  const watching = new PerformanceObserver(list => done(list.getEntries().map(one => one.value)))
  watching.observe({ type: "layout-shift", buffered: true })
  setTimeout(done, 300, [])
})"""
THANKED = ["Carers' day", "We have your answers.", "Thank you for telling Events team."]


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what is heard does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


def test_a_page_without_questions_reads_its_main_part(make_page: MakePage, session: Session, team: Team) -> None:
    """A5, L1: Listen reads what the page says, in the voice of its language; never by itself, and stops at a tap."""
    thanks = f"/s/{card_of(make_survey(session, team)).code}/thanks?receipt=BCDF-GHJK-MNPQ"
    page = on_a_phone(make_page, voices=["en-GB", "ar-SA"])
    page.goto(thanks)
    page.wait_for_timeout(600)
    assert (heard(page), page.evaluate(SHIFTS)) == ([], [])

    page.click("#listen")
    wait_to_hear(page, 9)
    expect(page.locator("#listen")).to_have_text("Listen")
    assert heard(page)[:3] == THANKED
    assert "BCDF-GHJK-MNPQ" in heard(page)
    assert not {"Listen", "Privacy"} & set(heard(page))

    page.goto("/privacy?lang=ar")
    page.evaluate("window.phone.pace = 3000")
    page.click("#listen")
    wait_to_hear(page, 1)
    tap(page, "#listen")
    assert [language for language, _text in page.evaluate("window.heard")] == ["ar-SA", ""]


@pytest.mark.parametrize("can", [{"missing": True}, {"voices": []}, {"voices": ["pl-PL"]}], ids=str)
def test_where_nothing_speaks_there_is_no_button_and_nothing_moves(make_page: MakePage, can: dict[str, object]) -> None:
    """L1, A4: else the button isn't there, and what stands beside it stays where it is."""
    page = on_a_phone(make_page, **can)
    page.goto("/")
    before = page.locator("header a").first.bounding_box()
    page.wait_for_timeout(300 if can.get("voices") else 2_200)

    expect(page.locator("#listen")).not_to_be_visible()
    assert (page.locator("header a").first.bounding_box(), page.evaluate(SHIFTS)) == (before, [])


def test_voices_that_say_nothing_are_told_of_in_words(make_page: MakePage) -> None:
    page = on_a_phone(make_page, voices=["en-GB"], mute=["en-GB"])
    page.goto("/privacy")
    page.click("#listen")

    expect(page.locator("#heard")).to_have_text("This phone can't read this aloud.")


def test_second_tap_on_a_button_is_ignored_on_every_page(
    make_page: MakePage, session: Session, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A4: a trembling hand that taps twice, on a slow network, asks once and deletes once."""
    page = make_page()
    page.add_init_script(TREMBLING)
    start(page, f"/s/{card_of(make_survey(session, team)).code}")
    choose(page, "Good")
    skip_to_check(page)
    send_and_be_thanked(page)
    tap(page, "text=Take my answers back")
    for name in ("has_receipt", "withdraw"):
        monkeypatch.setattr(withdrawal, name, slowly(getattr(withdrawal, name)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.get_by_role("button", name="Continue").dblclick(delay=100)
    page.get_by_role("button", name="Yes, delete my answers").dblclick(delay=100)

    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are deleted.")
    assert asked.count("POST") == 2
    assert [row.withdrawn for row in stored(session)] == [True]


def slowly(act: Callable[..., bool]) -> Callable[..., bool]:
    """The same, half a second later."""

    def late(*given: object) -> bool:
        time.sleep(0.5)
        return act(*given)

    return late


def test_receipt_on_a_shared_phone_survives_a_change_of_look(make_page: MakePage, session: Session, team: Team) -> None:
    """A5, J1: on the phone that is handed on the receipt is in no address, and still there in another look."""
    survey = make_survey(session, team)
    card_of(survey).source = "shared"
    session.commit()
    page = on_a_phone(make_page, **ENGLISH)
    start(page, f"/s/{card_of(survey).code}")
    choose(page, "Good")
    skip_to_check(page)
    send_and_be_thanked(page)
    expect(page.locator(".receipt")).to_be_visible()
    receipt = page.locator(".receipt").inner_text()
    tap(page, "header >> text=Look")
    page.locator("label[for=colour-contrast]").click()
    tap(page, "text=Use this")

    expect(page.locator(".receipt")).to_have_text(receipt)
    assert "contrast" in str(page.locator("html").get_attribute("class"))
    assert receipt not in page.url
    assert page.evaluate("sessionStorage.length") == 0
