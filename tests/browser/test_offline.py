"""No signal: the page that was opened opens again with its answers, and what waits on the phone is sent, once."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp.model.response import InboxResponse
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
from tests.browser.phones import ON_THE_PHONE, wait_until_kept, wait_until_only_these_are_kept
from tests.browser.test_signal import NO_SIGNAL
from tests.factories import card_of, make_survey

pytestmark = pytest.mark.browser


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: the phone's side does not depend on the database, and saving is tested on both."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def survey(live: LiveServer, session: Session, team: Team) -> Survey:
    """An open survey."""
    return make_survey(session, team)


@pytest.fixture
def address(survey: Survey) -> str:
    """The address on a card, as its QR code carries it."""
    return f"/S/{card_of(survey).code.upper()}"


def signal_again(page: Page, live: LiveServer) -> None:
    """The server is there again, and the phone notices: it tries by itself, too, but only every minute in the end."""
    live.start()
    page.evaluate("dispatchEvent(new Event('online'))")


def test_survey_opens_again_without_signal_and_has_the_answers(
    make_page: MakePage, address: str, live: LiveServer, session: Session
) -> None:
    page = make_page()
    start(page, address)
    wait_until_kept(page)
    choose(page, "Good")
    page.wait_for_timeout(300)
    live.stop()
    page.reload()
    expect(page.locator(".step.now .ask")).to_have_text("Question 1 of 2: How was overall?")
    expect(page.locator("#q-overall :checked")).to_have_value("4")
    again = page.context.new_page()
    page.close()
    again.goto(address)
    expect(again.locator("#found")).to_be_visible()
    expect(again.locator("#status")).to_have_text(NO_SIGNAL)
    tap(again, "#go")
    go_on(again)
    write(again, "Written in a cellar")
    go_on(again)
    send(again)
    expect(again.get_by_text(NO_SIGNAL)).to_be_visible()
    signal_again(again, live)
    expect(again.get_by_text("We have your answers.")).to_be_visible()

    assert [row.answers for row in stored(session)] == [{"overall": "4", "best": "Written in a cellar"}]
    assert again.evaluate(ON_THE_PHONE) == []


def test_worker_keeps_the_empty_page_alone_and_three_of_them_at_most(
    phone: Page, session: Session, team: Team, address: str
) -> None:
    start(phone, address)
    wait_until_kept(phone)
    choose(phone, "Good")
    skip_to_check(phone)
    sent = phone.locator("[name=response]").input_value()
    send_and_be_thanked(phone)
    receipt = phone.locator(".receipt").inner_text()
    codes = [card_of(make_survey(session, team, title=f"Event {number}")).code for number in range(4)]
    for number, code in enumerate(codes):
        phone.goto(f"/s/{code}")
        wait_until_kept(phone, min(number + 2, 3))

    pages = wait_until_only_these_are_kept(phone, codes[1:])
    assert all('name="response" value=""' in text for _url, text in pages)
    assert not any(one in str(pages) for one in ("response=", sent, receipt))


def test_network_comes_first_and_a_closed_survey_is_let_go_of(phone: Page, address: str, survey: Survey) -> None:
    phone.goto(address)
    wait_until_kept(phone)
    _change(survey, title="A better name")
    phone.goto(address)
    expect(phone.locator("h1")).to_have_text("A better name")
    _change(survey, state="closed", closed_at=datetime.now(UTC))
    phone.goto(address)
    expect(phone.get_by_text("This survey is closed.")).to_be_visible()

    assert wait_until_only_these_are_kept(phone, []) == []


def test_survey_that_closes_meanwhile_takes_them_late_and_says_so(
    phone: Page, address: str, survey: Survey, live: LiveServer, session: Session
) -> None:
    start(phone, address)
    choose(phone, "Good")
    live.stop()
    skip_to_check(phone)
    send(phone)
    expect(phone.get_by_text(NO_SIGNAL)).to_be_visible()
    phone.wait_for_timeout(1_000)
    _change(survey, state="closed", closed_at=datetime.now(UTC))
    signal_again(phone, live)
    expect(phone.get_by_text("They came after the survey closed.")).to_be_visible()

    assert [(row.answers, row.late) for row in stored(session)] == [({"overall": "4"}, True)]


def test_survey_that_is_deleted_meanwhile_leaves_the_words_to_copy(
    phone: Page, address: str, survey: Survey, live: LiveServer, session: Session
) -> None:
    start(phone, address)
    choose(phone, "Good")
    go_on(phone)
    wait_until(phone, lambda: stored(session) != [])  # saved on the way, and deleted with the survey
    write(phone, "lovely")
    live.stop()
    go_on(phone)
    send(phone)
    expect(phone.get_by_text(NO_SIGNAL)).to_be_visible()
    session.rollback()  # what was read before the last save can't be written on
    session.execute(delete(InboxResponse).where(InboxResponse.survey_id == survey.id))
    for row in (*survey.cards, *survey.editions, survey):
        session.delete(row)
    session.commit()
    signal_again(phone, live)
    expect(phone.locator("#problem")).to_contain_text("This survey is not here any more.")
    expect(phone.locator("#answers")).to_contain_text("lovely")
    phone.goto(address)
    expect(phone.get_by_text("Your answers are still on this phone.")).to_be_visible()

    expect(phone.locator("#unsent .said")).to_have_text("lovely")


def test_signal_lost_between_sending_and_thanks_is_thanked_all_the_same(
    phone: Page, address: str, live: LiveServer, session: Session
) -> None:
    start(phone, address)
    wait_until_kept(phone)
    choose(phone, "Good")
    skip_to_check(phone)
    phone.wait_for_timeout(1_500)

    def be_the_last_that_is_heard(route: Route) -> None:
        reply = route.fetch()
        live.stop()
        route.fulfill(response=reply)

    phone.route(
        "**/s/*",
        lambda route: be_the_last_that_is_heard(route) if route.request.method == "POST" else route.continue_(),
    )
    send_and_be_thanked(phone)
    assert phone.locator("#go").count() == 0
    tap(phone, "header >> text=Look")  # not without signal: back to the thanks, not to empty questions
    expect(phone.get_by_text("We have your answers.")).to_be_visible()
    assert "/thanks" in phone.url
    phone.go_back()
    live.start()
    phone.reload()
    expect(phone.get_by_text("Your receipt")).to_be_visible()

    assert [row.answers for row in stored(session)] == [{"overall": "4"}]


def test_what_waits_for_one_survey_is_sent_when_another_is_opened(
    make_page: MakePage, address: str, session: Session, team: Team, live: LiveServer
) -> None:
    page = make_page()
    start(page, address)
    choose(page, "OK")
    live.stop()
    skip_to_check(page)
    send(page)
    expect(page.get_by_text(NO_SIGNAL)).to_be_visible()
    other = page.context.new_page()
    page.close()
    live.start()
    other.goto(f"/s/{card_of(make_survey(session, team, title='Another day')).code}")
    wait_until(other, lambda: other.evaluate(ON_THE_PHONE) == [])

    assert [(row.answers, row.finished) for row in stored(session)] == [({"overall": "3"}, True)]


def test_answers_that_were_taken_back_are_not_called_received(
    phone: Page, address: str, live: LiveServer, session: Session
) -> None:
    start(phone, address)
    choose(phone, "Good")
    skip_to_check(phone)
    phone.wait_for_timeout(700)
    receipts: list[str] = []

    def lose_the_reply(route: Route) -> None:
        if route.request.method != "POST" or receipts:
            return route.continue_()
        receipts.append(route.fetch().json()["receipt"])
        form: dict[str, str | float | bool] = {"receipt": receipts[0], "sure": "1"}
        assert phone.request.post(f"{live.url}/withdraw", form=form).ok
        return route.abort()

    phone.route("**/s/*", lose_the_reply)
    send(phone)
    expect(phone.get_by_text("Your answers are deleted.")).to_be_visible()

    assert [(row.withdrawn, row.answers) for row in stored(session)] == [(True, {})]
    assert phone.evaluate(ON_THE_PHONE) == []


def _change(survey: Survey, **fields: Any) -> None:
    """The organiser changes something."""
    for name, value in fields.items():
        setattr(survey, name, value)
    session = Session.object_session(survey)
    assert session is not None
    session.commit()
