"""What goes wrong on the way: taps twice, two tabs, no signal, a server that goes away, a phone handed on."""

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from tests.browser.conftest import LiveServer, MakePage
from tests.browser.journeys import (
    TREMBLING,
    TWO_TAPS_APART,
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
from tests.factories import card_of, make_survey

pytestmark = pytest.mark.browser
NO_SIGNAL = "No signal. Your answers are safe on this phone. Keep this page open."


@pytest.fixture
def address(live: LiveServer, session: Session, team: Team) -> str:
    """The address on a card."""
    return f"/s/{card_of(make_survey(session, team)).code}"


def test_second_tap_moves_no_further_and_sends_no_second_response(phone: Page, address: str, session: Session) -> None:
    """A4: a second tap on a button is ignored."""
    phone.add_init_script(TREMBLING)
    phone.goto(address)
    phone.dblclick("#go")
    expect(phone).to_have_title("Question 1 of 2 · Carers' day")
    choose(phone, "Good")
    phone.wait_for_timeout(TWO_TAPS_APART)
    phone.dblclick("#next")
    phone.wait_for_timeout(TWO_TAPS_APART)
    expect(phone).to_have_title("Question 2 of 2 · Carers' day")
    go_on(phone)
    phone.wait_for_timeout(TWO_TAPS_APART)
    phone.dblclick("[name=finish]")
    expect(phone.get_by_text("We have your answers.")).to_be_visible()

    assert len(stored(session)) == 1


def test_answers_are_saved_on_the_way(phone: Page, address: str, session: Session) -> None:
    start(phone, address)
    choose(phone, "Good")
    with phone.expect_response(lambda answer: answer.request.method == "POST"):
        go_on(phone)

    (row,) = stored(session)
    assert (row.answers, row.finished) == ({"overall": "4"}, False)


def test_signal_lost_in_the_middle_loses_nothing(phone: Page, address: str, session: Session) -> None:
    """G3: no signal is said in words, the answers are kept, and sent by themselves; nothing stays."""
    start(phone, address)
    choose(phone, "Good")
    with no_signal(phone):
        go_on(phone)
        write(phone, "No bars here")
        go_on(phone)
        send(phone)
        expect(phone.get_by_text(NO_SIGNAL)).to_be_visible()
        assert [row for row in stored(session) if row.finished] == []
    expect(phone.get_by_text("We have your answers.")).to_be_visible()

    assert [row.answers for row in stored(session)] == [{"overall": "4", "best": "No bars here"}]
    assert phone.evaluate(ON_THE_PHONE) == []


def test_answer_that_was_stored_but_not_heard_of_is_stored_once(phone: Page, address: str, session: Session) -> None:
    start(phone, address)
    choose(phone, "Very good")
    skip_to_check(phone)
    phone.wait_for_timeout(700)
    lost: list[str] = []

    def lose_the_reply(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            route.fetch()
            lost.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    phone.route("**/s/*", lose_the_reply)
    send_and_be_thanked(phone)

    assert len(lost) == 1
    assert [(row.answers, row.finished) for row in stored(session)] == [({"overall": "5"}, True)]


@pytest.mark.parametrize(
    "portal",
    [
        {"status": 200, "body": "<h1>Welcome to our Wi-Fi</h1>", "content_type": "text/html"},
        {"status": 502, "body": "Bad gateway"},
        {"status": 429, "body": "{}", "headers": {"Retry-After": "1"}},
    ],
    ids=["a hotel's page", "a proxy's error", "too many requests"],
)
def test_foreign_answer_is_no_proof(phone: Page, address: str, session: Session, portal: dict[str, object]) -> None:
    start(phone, address)
    choose(phone, "Very good")
    skip_to_check(phone)
    phone.wait_for_timeout(700)
    seen: list[str] = []

    def answer_instead(route: Route) -> None:
        if route.request.method == "POST" and not seen:
            seen.append(route.request.url)
            route.fulfill(**portal)  # type: ignore[arg-type]  # Playwright's own keywords, parametrised
        else:
            route.continue_()

    phone.route("**/s/*", answer_instead)
    send_and_be_thanked(phone)

    assert len(stored(session)) == 1


def test_server_that_goes_away_and_comes_back_gets_the_answers(
    phone: Page, address: str, live: LiveServer, session: Session
) -> None:
    start(phone, address)
    choose(phone, "Good")
    live.stop()
    skip_to_check(phone)
    send(phone)
    expect(phone.get_by_text(NO_SIGNAL)).to_be_visible()
    live.start()
    expect(phone.get_by_text("We have your answers.")).to_be_visible()

    assert [row.answers for row in stored(session)] == [{"overall": "4"}]


def test_closed_tab_is_taken_up_again(make_page: MakePage, address: str, session: Session) -> None:
    page = make_page()
    start(page, address)
    choose(page, "Bad")
    page.wait_for_timeout(300)
    again = page.context.new_page()
    page.close()
    again.goto(address)
    expect(again.locator("#found")).to_be_visible()
    tap(again, "#go")
    skip_to_check(again)
    send_and_be_thanked(again)

    assert [row.answers for row in stored(session)] == [{"overall": "2"}]


def test_two_tabs_make_one_response(make_page: MakePage, address: str, session: Session) -> None:
    first = make_page()
    start(first, address)
    choose(first, "Bad")
    first.wait_for_timeout(300)
    second = first.context.new_page()
    start(second, address)
    go_on(second)
    write(second, "From the second tab")
    second.wait_for_timeout(500)
    skip_to_check(second)
    send_and_be_thanked(second)

    assert [row.answers for row in stored(session)] == [{"overall": "2", "best": "From the second tab"}]


def test_next_person_on_the_phone_finds_nothing_of_the_last(phone: Page, address: str, session: Session) -> None:
    """G2: neither Back nor the survey's address shows what the last person said."""
    start(phone, address)
    go_on(phone)
    write(phone, "Only mine")
    go_on(phone)
    send_and_be_thanked(phone)
    phone.go_back()
    phone.wait_for_timeout(500)
    assert "Only mine" not in phone.content()
    phone.goto(address)
    assert phone.locator("#q-best textarea").input_value() == ""
    assert phone.evaluate("indexedDB.databases().then(all => all.length)") in (0, 1)
    tap(phone, "#go")
    choose(phone, "OK")
    skip_to_check(phone)
    send_and_be_thanked(phone)

    rows = {row.key: row.answers for row in stored(session)}
    assert sorted(map(str, rows.values())) == ["{'best': 'Only mine'}", "{'overall': '3'}"]


def test_someone_else_wants_to_answer_starts_afresh(phone: Page, address: str) -> None:
    """G2: one tap clears the phone for the next person."""
    start(phone, address)
    choose(phone, "OK")
    skip_to_check(phone)
    send_and_be_thanked(phone)
    tap(phone, "main a[href^='/s/']")

    expect(phone.locator("#go")).to_be_visible()
    assert phone.locator(":checked").count() == 0


def test_storage_that_is_forbidden_costs_nothing_online(make_page: MakePage, address: str, session: Session) -> None:
    page = make_page()
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw new Error('forbidden') } })")
    start(page, address)
    choose(page, "Good")
    skip_to_check(page)
    send_and_be_thanked(page)

    assert len(stored(session)) == 1


def test_no_cookie_is_set_and_the_first_load_is_three_requests_at_most(phone: Page, address: str) -> None:
    """A1: no cookie, and little to fetch before the first tap."""
    requests: list[str] = []
    phone.on("request", lambda request: requests.append(request.url))
    phone.goto(address, wait_until="networkidle")

    assert len([url for url in requests if not url.endswith("/worker.js")]) <= 3  # the worker comes after the page
    assert phone.context.cookies() == []
