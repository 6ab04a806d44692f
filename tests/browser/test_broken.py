"""Phones on which something is wrong: a script that dies, storage that is full or barred, a clock a year off."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from tests.browser.conftest import PHONE, LiveServer, MakePage
from tests.browser.journeys import (
    choose,
    go_on,
    no_signal,
    send,
    send_and_be_thanked,
    skip_to_check,
    start,
    stored,
    tap,
    write,
)
from tests.browser.phones import ON_THE_PHONE
from tests.browser.test_signal import NO_SIGNAL
from tests.chromium import CHROMIUM_FLAGS, chromium_path
from tests.factories import card_of, every_kind, make_survey

pytestmark = pytest.mark.browser
ONE_AT_A_TIME = re.compile(r"(^|\s)steps(\s|$)")
YEAR = 365 * 24 * 3600 * 1000
DEATHS = {
    "the way in": "Object.defineProperty(document, 'title', { set() { throw new Error('broken') } })",
    "saving": "FormData.prototype[Symbol.iterator] = () => { throw new Error('broken') }",
    "saving, while somebody writes": "const all = FormData.prototype[Symbol.iterator]; "
    "FormData.prototype[Symbol.iterator] = function () { "
    "if (this.get('best')) throw new Error('broken'); return all.call(this) }",
    "the check": "addEventListener('load', () => document.getElementById('row').remove())",
}
BARRED = {
    "a database that never opens, and a worker that is refused": "indexedDB.open = () => { const asking = {}; "
    "setTimeout(() => asking.onerror()); return asking }; "
    "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('no'))",
    "no worker and no caches, as inside another app": "delete Navigator.prototype.serviceWorker; delete window.caches; "
    "delete window.open",
}


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: the phone's side does not depend on the database, and saving is tested on both."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def address(live: LiveServer, session: Session, team: Team) -> str:
    """The address on a card."""
    return f"/s/{card_of(make_survey(session, team)).code}"


@pytest.mark.parametrize("death", DEATHS)
def test_script_that_dies_leaves_a_form_that_can_be_sent(
    browser: Browser, live: LiveServer, address: str, session: Session, death: str
) -> None:
    context = browser.new_context(base_url=live.url, **PHONE)
    page = context.new_page()
    page.add_init_script(DEATHS[death])
    page.goto(address)
    if page.locator("#go").is_visible():
        tap(page, "#go")
    page.locator("#q-overall .tile").first.click()
    go_on_unless_given_the_form(page)
    page.locator("#q-best textarea").fill("Still here")
    go_on_unless_given_the_form(page)
    expect(page.locator("html")).not_to_have_class(ONE_AT_A_TIME)
    tap(page, "[name=finish]")
    expect(page.get_by_text("We have your answers.")).to_be_visible()
    context.close()

    assert [(row.finished, row.answers) for row in stored(session)] == [(True, {"overall": "5", "best": "Still here"})]


def go_on_unless_given_the_form(page: Page) -> None:
    """Continue where there still is Continue: seen and pressed in one go, as the script may die at any moment."""
    page.locator("#next").evaluate("next => next.getClientRects().length && next.click()")


def test_long_form_of_a_script_that_died_stays_one(
    browser: Browser, live: LiveServer, session: Session, team: Team
) -> None:
    context = browser.new_context(base_url=live.url, **PHONE)
    page = context.new_page()
    page.add_init_script(DEATHS["saving"])
    start(page, f"/s/{card_of(make_survey(session, team, every_kind())).code}")
    expect(page.locator("html")).not_to_have_class(ONE_AT_A_TIME)
    page.locator(".tile").first.click()
    expect(page.locator("#nav")).to_be_hidden()
    number = page.locator("#q-visits input")
    number.fill("3")
    number.press("Enter")

    expect(page.locator("#nav")).to_be_hidden()
    expect(number).to_be_focused()
    expect(number).to_be_in_viewport()
    context.close()


def test_script_that_arrives_half_leaves_a_form_that_can_be_sent(
    browser: Browser, live: LiveServer, address: str, session: Session
) -> None:
    context = browser.new_context(base_url=live.url, **PHONE)
    page = context.new_page()

    def half(route: Route) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, body=reply.text()[: len(reply.text()) // 2])

    page.route("**/bundles/survey.*.js", half)
    page.goto(address)
    page.locator("#q-overall .tile").first.click()
    tap(page, "[name=finish]")
    expect(page.get_by_text("We have your answers.")).to_be_visible()
    context.close()

    assert [row.answers for row in stored(session)] == [{"overall": "5"}]


@pytest.mark.parametrize("barred", BARRED)
def test_storage_that_is_barred_costs_nothing_online(
    make_page: MakePage, address: str, session: Session, barred: str
) -> None:
    page = make_page()
    page.add_init_script(BARRED[barred])
    start(page, address)
    choose(page, "Good")
    skip_to_check(page)
    send_and_be_thanked(page)

    assert [(row.finished, row.answers) for row in stored(session)] == [(True, {"overall": "4"})]


def test_storage_that_forgets_leaves_what_was_saved_on_the_way(
    make_page: MakePage, address: str, session: Session
) -> None:
    """As a window inside another app, which is gone when it is closed."""
    page, again = make_page(), make_page()
    page.add_init_script(BARRED["no worker and no caches, as inside another app"])
    start(page, address)
    choose(page, "Bad")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        go_on(page)
    page.close()
    start(again, address)
    assert again.locator(":checked").count() == 0
    choose(again, "Good")
    skip_to_check(again)
    send_and_be_thanked(again)

    assert {row.finished: row.answers for row in stored(session)} == {False: {"overall": "2"}, True: {"overall": "4"}}


def test_storage_that_is_full_is_told_without_signal_and_costs_nothing_with_it(
    phone: Page, address: str, live: LiveServer, session: Session
) -> None:
    start(phone, address)
    phone.context.new_cdp_session(phone).send("Storage.overrideQuotaForOrigin", {"origin": live.url, "quotaSize": 1})
    go_on(phone)
    write(phone, "x" * 4_000)
    with no_signal(phone):
        go_on(phone)
        send(phone)
        expect(phone.get_by_text("No signal. Keep this page open, or your answers are lost.")).to_be_visible()
    expect(phone.get_by_text("We have your answers.")).to_be_visible()

    assert [len(row.answers["best"]) for row in stored(session)] == [4_000]


def test_clock_that_is_a_year_ahead_and_then_a_year_behind(phone: Page, address: str, session: Session) -> None:
    phone.add_init_script(f"const now = Date.now; window.off = {YEAR}; Date.now = () => now() + window.off")
    start(phone, address)
    choose(phone, "Good")
    skip_to_check(phone)
    phone.wait_for_timeout(700)
    told: list[str] = []

    def too_many(route: Route) -> None:
        if route.request.method != "POST" or told:
            return route.continue_()
        told.append(route.request.url)
        return route.fulfill(status=429, body="{}", headers={"Retry-After": "1"})

    phone.route("**/s/*", too_many)
    send(phone)
    expect(phone.get_by_text(NO_SIGNAL)).to_be_visible()
    phone.evaluate(f"window.off = -{YEAR}")
    expect(phone.get_by_text("We have your answers.")).to_be_visible()

    assert [(row.answers, row.late) for row in stored(session)] == [({"overall": "4"}, False)]


def test_two_tabs_that_are_open_show_the_newer_answers(make_page: MakePage, address: str, session: Session) -> None:
    first = make_page()
    start(first, address)
    choose(first, "Bad")
    first.wait_for_timeout(300)
    second = first.context.new_page()
    second.goto(address)
    tap(second, "#go")
    choose(second, "Very good")
    second.wait_for_timeout(300)
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(first.locator("#q-overall [value='5']")).to_be_checked()
    skip_to_check(first)
    send_and_be_thanked(first)

    assert [row.answers for row in stored(session)] == [{"overall": "5"}]


def test_page_that_comes_back_whole_after_finishing_is_empty(
    browser: Browser, live: LiveServer, address: str, session: Session
) -> None:
    remembering = browser.browser_type.launch(
        executable_path=str(chromium_path()),
        args=[*CHROMIUM_FLAGS, "--enable-features=CacheControlNoStoreEnterBackForwardCache"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = remembering.new_context(base_url=live.url, **PHONE).new_page()
    start(page, address)
    go_on(page)
    write(page, "Only mine")
    go_on(page)
    send_and_be_thanked(page)
    page.go_back()
    page.wait_for_timeout(700)
    seen = page.content() + str([box.input_value() for box in page.locator("textarea").all()])
    kept = page.evaluate(ON_THE_PHONE)
    remembering.close()

    assert "Only mine" not in seen
    assert kept == []
