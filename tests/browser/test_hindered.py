"""Phones that hinder the page's script: storage that says nothing, a blocked `fetch`, fields that helpers put in.

Whatever it is, the answers are sent: by the script, or by the browser itself as a plain form.
"""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.survey import Card
from surveyapp.model.team import Team
from tests.browser.conftest import LiveServer, MakePage
from tests.browser.journeys import choose, go_on, no_signal, send, skip_to_check, start, stored, tap, write
from tests.browser.phones import ON_THE_PHONE
from tests.browser.test_signal import NO_SIGNAL
from tests.factories import card_of, make_survey

pytestmark = pytest.mark.browser
SILENT_STORES = {
    "the opening": "IDBFactory.prototype.open = function () { return { addEventListener() {} } }",
    "every transaction": "IDBDatabase.prototype.transaction = () => ({ objectStore: () => new Proxy({}, "
    "{ get: () => () => ({}) }), abort() {} })",
    "the opening and the caches": "IDBFactory.prototype.open = () => ({}); "
    "CacheStorage.prototype.open = CacheStorage.prototype.match = () => new Promise(() => {})",
}
BLOCKED = {
    "refused": "window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))",
    "missing": "delete window.fetch",
    "silent": "window.fetch = () => new Promise(() => {})",
}
ADDED_FIELD = """addEventListener('DOMContentLoaded', () => {
  for (const place of ['form#survey', '#q-best']) {
    const extra = document.createElement('input')
    Object.assign(extra, { name: 'added_by_a_browser', value: 'secret' })
    document.querySelector(place)?.append(extra)
  }
})"""
EVERYTHING = {"overall": "4", "best": "The tea"}


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: the phone's side does not depend on the database, and saving is tested on both."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def address(live: LiveServer, session: Session, team: Team) -> str:
    """The address on a card."""
    return f"/s/{card_of(make_survey(session, team)).code}"


def answer_everything(page: Page, address: str) -> None:
    """From the card to the check."""
    start(page, address)
    choose(page, "Good")
    go_on(page)
    write(page, "The tea")
    skip_to_check(page)


def finished(session: Session) -> list[dict[str, object]]:
    """The answers of every finished response."""
    return [row.answers for row in stored(session) if row.finished]


@pytest.mark.parametrize("silent", SILENT_STORES)
def test_storage_that_never_answers_holds_nobody_up(
    make_page: MakePage, address: str, session: Session, silent: str
) -> None:
    page = make_page()
    page.add_init_script(SILENT_STORES[silent])
    answer_everything(page, address)
    send(page)
    expect(page.get_by_text("We have your answers.")).to_be_visible()

    assert finished(session) == [EVERYTHING]


def test_storage_that_never_answers_is_told_without_signal(make_page: MakePage, address: str, session: Session) -> None:
    page = make_page()
    page.add_init_script(SILENT_STORES["the opening"])
    answer_everything(page, address)
    with no_signal(page):
        send(page)
        expect(page.get_by_text("No signal. Keep this page open, or your answers are lost.")).to_be_visible()
    expect(page.get_by_text("We have your answers.")).to_be_visible()

    assert finished(session) == [EVERYTHING]


def test_look_is_changed_though_storage_never_answers(make_page: MakePage, address: str) -> None:
    """The form takes the answers along, where the phone keeps none."""
    page = make_page()
    page.add_init_script(SILENT_STORES["the opening"])
    start(page, address)
    choose(page, "Good")
    tap(page, "header [value=look]")
    page.get_by_label("Mostly pictures").check()
    tap(page, "main button")

    expect(page.locator("[name=view][type=hidden]")).to_have_value("symbols")
    expect(page.locator("#q-overall [value='4']")).to_be_checked()


@pytest.mark.parametrize("source", ["qr", "shared"])
@pytest.mark.parametrize("blocked", BLOCKED)
def test_fetch_that_is_blocked_leaves_the_sending_to_the_browser(
    make_page: MakePage, address: str, session: Session, blocked: str, source: str
) -> None:
    card = session.scalars(select(Card).where(Card.code == address.rpartition("/")[2])).one()
    card.source = source
    session.commit()
    page = make_page()
    page.add_init_script(BLOCKED[blocked])
    answer_everything(page, address)
    assert page.get_by_text(NO_SIGNAL).count() == 0
    send(page)
    expect(page.get_by_text("We have your answers.")).to_be_visible()
    page.wait_for_timeout(500)

    assert finished(session) == [EVERYTHING]
    assert len(stored(session)) == 1
    assert page.evaluate(ON_THE_PHONE) == []
    page.goto(address)
    assert page.locator("#found").is_hidden()
    assert page.locator("textarea").input_value() == ""


def test_requests_of_scripts_that_a_filter_blocks_leave_the_sending_to_the_browser(
    make_page: MakePage, address: str, session: Session
) -> None:
    page = make_page()
    page.route("**/*", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    answer_everything(page, address)
    send(page)
    expect(page.get_by_text("We have your answers.")).to_be_visible()

    assert finished(session) == [EVERYTHING]


def test_fetch_that_fails_only_while_the_page_loads_costs_nothing(
    make_page: MakePage, address: str, session: Session
) -> None:
    page = make_page()
    page.add_init_script(
        "const { fetch } = window; window.fetch = () => Promise.reject(new TypeError('not yet'));"
        "addEventListener('load', () => setTimeout(() => { window.fetch = fetch }, 1_000))"
    )
    answer_everything(page, address)
    send(page)
    expect(page.get_by_text("We have your answers.")).to_be_visible()

    assert finished(session) == [EVERYTHING]


def test_answer_that_a_plain_form_cannot_bring_through_is_told_and_mended(
    make_page: MakePage, address: str, session: Session
) -> None:
    """No circle of refusals: after one, the person sends again, not the page."""
    page = make_page()
    page.add_init_script(BLOCKED["refused"])
    start(page, address)
    go_on(page)
    write(page, "x" * 5_001)
    skip_to_check(page)
    send(page)
    expect(page.locator("#problem")).to_be_visible()
    page.wait_for_timeout(1_500)
    expect(page.locator("#problem")).to_be_visible()
    tap(page, "#problem a")
    write(page, "Shorter")
    skip_to_check(page)
    send(page)
    expect(page.get_by_text("We have your answers.")).to_be_visible()

    assert finished(session) == [{"best": "Shorter"}]


def test_field_that_a_helper_adds_is_neither_sent_nor_kept(make_page: MakePage, address: str, session: Session) -> None:
    page = make_page()
    page.add_init_script(ADDED_FIELD)
    bodies: list[str] = []
    page.on("request", lambda request: bodies.append(request.post_data or ""))
    answer_everything(page, address)
    assert "secret" not in page.locator("#answers").inner_text()
    assert "secret" not in str(page.evaluate(ON_THE_PHONE))
    send(page)
    expect(page.get_by_text("We have your answers.")).to_be_visible()

    assert finished(session) == [EVERYTHING]
    assert "secret" not in "".join(bodies)


def test_field_that_a_helper_adds_passes_as_a_plain_form_too(
    make_page: MakePage, address: str, session: Session
) -> None:
    page = make_page()
    page.add_init_script(ADDED_FIELD)
    page.add_init_script(BLOCKED["refused"])
    answer_everything(page, address)
    send(page)
    expect(page.get_by_text("We have your answers.")).to_be_visible()

    assert finished(session) == [EVERYTHING]


def test_browser_that_does_not_tell_what_was_pressed_still_changes_the_look(make_page: MakePage, address: str) -> None:
    """Safari before 15.4, Chromium before 81: going to another look is no finish."""
    page = make_page()
    page.add_init_script("Object.defineProperty(SubmitEvent.prototype, 'submitter', { get: () => undefined })")
    start(page, address)
    choose(page, "Good")
    tap(page, "header [value=look]")

    expect(page.get_by_label("Mostly pictures")).to_be_visible()


def test_signal_that_is_lost_as_the_browser_sends_keeps_the_answers(
    make_page: MakePage, address: str, session: Session
) -> None:
    page = make_page()
    page.add_init_script(BLOCKED["refused"])
    answer_everything(page, address)

    def cut(route: Route) -> None:
        route.abort() if route.request.method == "POST" else route.continue_()

    page.route("**/s/*", cut)
    send(page)
    page.wait_for_event("requestfailed")
    page.wait_for_timeout(500)
    page.unroute("**/s/*", cut)
    page.goto(address)
    expect(page.locator("#found")).to_be_visible()
    tap(page, "#go")
    skip_to_check(page)
    send(page)
    expect(page.get_by_text("We have your answers.")).to_be_visible()

    assert finished(session) == [EVERYTHING]
