"""A phone or tablet that is handed on: ready for the next person, with nothing left of the last one."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import LiveServer, MakePage
from tests.browser.journeys import (
    choose,
    go_on,
    send,
    send_and_be_thanked,
    skip_to_check,
    start,
    stored,
    tap,
    wait_until,
    write,
)
from tests.browser.phones import ON_THE_PHONE
from tests.browser.test_gate import OVERFLOW, SPACING
from tests.browser.test_offline import signal_again
from tests.factories import card_of, make_survey
from tests.gate.engines import gate_faults

pytestmark = pytest.mark.browser
EVERYTHING_STORED = """async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie,
  history.state, location.href, await Promise.all((await caches.keys()).map(async name => {
    const cache = await caches.open(name)
    return Promise.all((await cache.keys()).map(async one => one.url + await (await cache.match(one)).text()))
  }))])"""


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: the phone's side does not depend on the database, and saving is tested on both."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def survey(live: LiveServer, session: Session, team: Team) -> Survey:
    """An open survey with a card for a tablet that goes round."""
    made = make_survey(session, team)
    card_of(made).source = "shared"
    session.commit()
    return made


@pytest.fixture
def address(survey: Survey) -> str:
    """The tablet's address."""
    return f"/s/{card_of(survey).code}"


def answer_in_words(page: Page, words: str) -> None:
    """Skip the first question and write an answer to the second."""
    go_on(page)
    write(page, words)
    go_on(page)


def test_nothing_of_the_last_person_is_left(phone: Page, address: str, session: Session) -> None:
    start(phone, address)
    answer_in_words(phone, "Only mine")
    send_and_be_thanked(phone)
    expect(phone.locator(".receipt")).to_be_visible()
    receipt = phone.locator(".receipt").inner_text()
    assert len(receipt) == 14
    assert "receipt" not in phone.url
    tap(phone, "#next")
    expect(phone.locator("#go")).to_be_visible()
    for _ in range(3):
        seen = phone.content() + phone.evaluate(EVERYTHING_STORED) + str(phone.evaluate(ON_THE_PHONE))
        assert "Only mine" not in seen
        assert receipt not in seen
        assert phone.locator("textarea").input_value() == ""
        phone.go_back()
        phone.wait_for_timeout(500)
    phone.goto(address)
    phone.reload()
    assert phone.locator("#found").is_hidden()

    assert [(row.answers, row.source) for row in stored(session)] == [({"best": "Only mine"}, "shared")]


def test_receipt_goes_when_thanks_is_loaded_again(phone: Page, address: str) -> None:
    start(phone, address)
    answer_in_words(phone, "Only mine")
    send_and_be_thanked(phone)
    phone.reload()
    expect(phone.get_by_text("We have your answers.")).to_be_visible()

    assert phone.locator(".receipt").is_hidden()


def test_people_without_signal_all_day_are_all_heard(
    phone: Page, address: str, live: LiveServer, session: Session
) -> None:
    phone.goto(address)
    phone.click("#go")
    phone.wait_for_timeout(800)
    live.stop()
    for number in range(3):
        answer_in_words(phone, f"Person {number}")
        send(phone)
        expect(phone.get_by_text("Thank you. Your answers are safe on this phone.")).to_be_focused()
        assert f"Person {number}" not in phone.content()
        tap(phone, "#safe a")
        expect(phone.locator("#go")).to_be_visible()
        assert phone.locator("textarea").input_value() == ""
        if number < 2:
            tap(phone, "#go")
    live.start()
    phone.reload()
    wait_until(phone, lambda: phone.evaluate(ON_THE_PHONE) == [])

    rows = stored(session)
    assert sorted(row.answers["best"] for row in rows) == ["Person 0", "Person 1", "Person 2"]
    assert all(row.finished for row in rows)


def test_phone_says_when_they_are_sent(phone: Page, address: str, live: LiveServer, session: Session) -> None:
    phone.goto(address)
    phone.click("#go")
    phone.wait_for_timeout(800)
    live.stop()
    answer_in_words(phone, "In the cellar")
    send(phone)
    expect(phone.locator("#safe")).to_be_visible()
    signal_again(phone, live)
    expect(phone.get_by_text("Sent. We have the answers.")).to_be_visible()

    assert len(stored(session)) == 1


def test_person_who_left_halfway_is_kept_as_unfinished(phone: Page, address: str, session: Session) -> None:
    start(phone, address)
    choose(phone, "Bad")
    go_on(phone)
    write(phone, "They went away")
    tap(phone, "#again summary")
    tap(phone, "#again button")
    expect(phone.locator("#go")).to_be_visible()
    expect(phone.locator("#again")).to_be_hidden()
    tap(phone, "#go")
    assert phone.locator(":checked").count() == 0
    choose(phone, "Very good")
    skip_to_check(phone)
    send_and_be_thanked(phone)

    rows = {row.finished: row.answers for row in stored(session)}
    assert rows == {False: {"overall": "2", "best": "They went away"}, True: {"overall": "5"}}


def test_person_who_left_halfway_is_found_after_the_tab_was_closed(phone: Page, address: str, session: Session) -> None:
    start(phone, address)
    choose(phone, "Bad")
    phone.wait_for_timeout(400)
    phone.goto("/privacy")
    phone.goto(address)
    expect(phone.get_by_text("Somebody began and did not finish.")).to_be_visible()
    tap(phone, "#found button")
    phone.wait_for_timeout(1_000)

    assert phone.locator(":checked").count() == 0
    assert [(row.finished, row.answers) for row in stored(session)] == [(False, {"overall": "2"})]


def test_start_again_works_without_script(make_page: MakePage, address: str, session: Session) -> None:
    page = make_page(java_script_enabled=False)
    page.goto(address)
    page.locator("#q-overall input").first.check()
    page.locator("#q-best textarea").fill("They went away")
    page.locator("#again summary").click()
    page.locator("#again button").click()
    page.wait_for_load_state()
    assert "response=" not in page.url
    assert page.locator(":checked").count() == 0
    page.go_back()
    assert page.locator("textarea").input_value() == ""

    rows = [(row.finished, row.answers) for row in stored(session)]
    assert rows == [(False, {"overall": "5", "best": "They went away"})]


@pytest.mark.parametrize("query", ["?size=3", "?view=easy&colour=dark&size=3"])
def test_every_step_of_it_passes_the_gate(make_page: MakePage, address: str, live: LiveServer, query: str) -> None:
    page = make_page(viewport={"width": 320, "height": 640}, bypass_csp=True)
    start(page, address + query)
    choose(page, "Good")
    tap(page, "#again summary")
    _passes(page)
    page.reload()
    expect(page.locator("#found")).to_be_hidden()
    page.goto(address + query)
    expect(page.locator("#found")).to_be_visible()
    _passes(page)
    tap(page, "#go")
    skip_to_check(page)
    send_and_be_thanked(page)
    _passes(page)
    tap(page, "#next")
    tap(page, "#go")
    choose(page, "Good")
    live.stop()
    skip_to_check(page)
    send(page)
    expect(page.locator("#safe")).to_be_visible()
    _passes(page)
    live.start()


def _passes(page: Page) -> None:
    """The gate finds nothing, and nothing scrolls sideways with twice the text."""
    assert gate_faults(page, is_attendees=True) == []
    sheet = page.add_style_tag(content=f"html {{ font-size: 200% !important }} {SPACING}")
    assert page.evaluate(OVERFLOW) == 0
    sheet.evaluate("sheet => sheet.remove()")
