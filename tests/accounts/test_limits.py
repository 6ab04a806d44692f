"""Guessing a password is slow, never becomes free, and is no way to shut other people out."""

from collections.abc import Callable

import pytest
from flask import Flask
from limits.errors import StorageError
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from surveyapp.web import limits
from surveyapp.web.known_device import COOKIE
from surveyapp.web.limits import GROWING, PER_ACCOUNT, PER_NETWORK, network_of
from tests.factories import PASSWORD, make_account
from tests.visitor import Page, Visitor

OLU, EVE = "olu@example.org", "eve@example.org"
Browser = Callable[[str], Visitor]


class BrokenStorage(MemoryStorage):
    """A store of counts that is gone."""

    def get_moving_window(self, *_asked: object) -> tuple[float, int]:
        """Fail as a lost Redis does."""
        raise StorageError(ConnectionError("gone"))


@pytest.fixture
def browser(app: Flask, session: Session, team: Team) -> Browser:
    """A new browser at an address, to an app with Olu and Eve."""
    make_account(session, team, OLU)
    make_account(session, team, EVE)

    def opened(address: str) -> Visitor:
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        return Visitor(client)

    return opened


@pytest.fixture
def visitor(browser: Browser) -> Visitor:
    """Somebody's browser before signing in."""
    return browser("198.51.100.7")


def try_password(visitor: Visitor, email: str, password: str, status: int) -> Page:
    return visitor.submit(visitor.get("/sign-in"), {"email": email, "password": password}, "/sign-in", status)


def fail(visitor: Visitor, times: int, email: str = OLU) -> None:
    for _ in range(times):
        try_password(visitor, email, "a guess", 422)


def guessed(app: Flask, times: int, address: Callable[[int], str], email: Callable[[int], str]) -> None:
    """Count wrong guesses without the slow hash that each costs over HTTP; those that had to wait count nothing."""
    for number in range(times):
        with app.test_request_context(environ_base={"REMOTE_ADDR": address(number)}):
            if not limits.seconds_to_wait(email(number)):
                limits.count_failure(email(number))


def test_who_guesses_waits_a_minute_after_five(visitor: Visitor) -> None:
    fail(visitor, GROWING[0].amount)
    page = try_password(visitor, OLU, PASSWORD, 429)
    assert "Wait 1 minute, then try again." in page.text
    assert 0 < int(page.response.headers["Retry-After"]) <= 60


def test_the_waiting_grows(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    now = began = 1_000_000.0
    monkeypatch.setattr("time.time", lambda: now)
    after: list[float] = []
    with app.test_request_context(environ_base={"REMOTE_ADDR": "198.51.100.7"}):
        for _ in range(31):
            while wait := limits.seconds_to_wait(OLU):
                now += wait
            limits.count_failure(OLU)
            after.append(now - began)
    assert after[4] == 0
    assert 60 <= after[5] < 120
    assert 15 * 60 <= after[10] < 30 * 60
    assert after[29] < 2 * 3600
    assert after[30] >= 24 * 3600


def test_other_accounts_stay_open_to_the_same_browser(visitor: Visitor) -> None:
    fail(visitor, GROWING[0].amount)
    try_password(visitor, EVE, PASSWORD, 303)


def test_signing_in_forgives_earlier_slips(visitor: Visitor) -> None:
    fail(visitor, GROWING[0].amount - 1)
    try_password(visitor, OLU, PASSWORD, 303)
    fail(visitor, 2)
    try_password(visitor, OLU, PASSWORD, 303)


def test_guesses_from_elsewhere_do_not_lock_the_owner_out(app: Flask, browser: Browser) -> None:
    guessed(app, 200, lambda _number: "203.0.113.66", lambda _number: OLU)
    try_password(browser("203.0.113.66"), OLU, PASSWORD, 429)
    try_password(browser("198.51.100.7"), OLU, PASSWORD, 303)


def test_guesses_from_the_owners_own_network_do_not_lock_a_known_device(browser: Browser) -> None:
    owner = browser("198.51.100.7")
    try_password(owner, OLU, PASSWORD, 303)

    fail(browser("198.51.100.7"), GROWING[0].amount)
    try_password(browser("198.51.100.7"), OLU, PASSWORD, 429)

    try_password(owner, OLU, PASSWORD, 303)


def test_a_hundred_wrong_guesses_behind_a_proxy_do_not_lock_others(app: Flask, browser: Browser) -> None:
    guessed(app, 100, lambda _number: "127.0.0.1", lambda number: f"guess{number}@example.org")
    try_password(browser("127.0.0.1"), EVE, PASSWORD, 303)


def test_one_password_tried_on_ever_new_accounts_ends(app: Flask, browser: Browser) -> None:
    guessed(app, PER_NETWORK.amount, lambda _number: "203.0.113.66", lambda number: f"guess{number}@example.org")
    try_password(browser("203.0.113.66"), EVE, PASSWORD, 429)


def test_slow_guesses_from_ever_new_networks_end(app: Flask, browser: Browser) -> None:
    owner = browser("198.51.100.7")
    try_password(owner, OLU, PASSWORD, 303)

    guessed(app, 1_000, lambda number: f"10.0.{number // 250}.{number % 250}", lambda _number: OLU)

    try_password(browser("192.0.2.1"), OLU, PASSWORD, 429)
    try_password(owner, OLU, PASSWORD, 303)
    with app.test_request_context(environ_base={"REMOTE_ADDR": "192.0.2.1"}):
        assert 3600 < limits.seconds_to_wait(OLU) <= 24 * 3600
    assert PER_ACCOUNT.amount <= 100


def test_a_stolen_device_does_not_guess_for_ever(browser: Browser) -> None:
    owner = browser("198.51.100.7")
    try_password(owner, OLU, PASSWORD, 303)
    fail(owner, GROWING[0].amount)
    try_password(owner, OLU, "a guess", 429)


def test_a_device_is_known_for_its_own_account_only(browser: Browser) -> None:
    device = browser("198.51.100.7")
    try_password(device, OLU, PASSWORD, 303)
    fail(browser("198.51.100.7"), GROWING[0].amount, EVE)
    try_password(device, EVE, PASSWORD, 429)


def test_a_made_up_device_is_not_known(browser: Browser) -> None:
    forger = browser("198.51.100.7")
    forger.client.set_cookie(COOKIE, "WyJhIixbXV0.forged.forged", path="/sign-in")
    fail(forger, GROWING[0].amount)
    try_password(forger, OLU, PASSWORD, 429)


def test_the_device_is_known_to_the_sign_in_page_alone(visitor: Visitor) -> None:
    answer = try_password(visitor, OLU, PASSWORD, 303).response
    (cookie,) = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith(COOKIE)]
    assert "Path=/sign-in" in cookie
    assert "HttpOnly" in cookie
    assert OLU not in cookie


def test_a_household_of_ipv6_counts_as_one(browser: Browser) -> None:
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:198.51.100.7") == "198.51.100.7" != network_of("198.51.100.8")
    for number in range(GROWING[0].amount):
        fail(browser(f"2001:db8:1:2::{number}"), 1)
    try_password(browser("2001:db8:1:2::99"), OLU, PASSWORD, 429)


def test_no_address_is_kept_readable(app: Flask, visitor: Visitor) -> None:
    fail(visitor, 1)
    kept = str(vars(app.extensions["sign_in_limiter"].storage))
    assert "198.51.100" not in kept
    assert OLU not in kept


def test_nobody_signs_in_while_guesses_cannot_be_counted(app: Flask, visitor: Visitor) -> None:
    app.extensions["sign_in_limiter"] = MovingWindowRateLimiter(BrokenStorage())
    page = try_password(visitor, OLU, PASSWORD, 503)
    assert "Sign-in is not working right now." in page.text
