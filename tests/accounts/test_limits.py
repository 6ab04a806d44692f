"""Guessing a password is slow, and never becomes free."""

import pytest
from flask import Flask
from limits.errors import StorageError
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from surveyapp.web.limits import PER_ACCOUNT, PER_ADDRESS
from tests.factories import PASSWORD, make_account
from tests.visitor import Page, Visitor


class BrokenStorage(MemoryStorage):
    """A store of counts that is gone."""

    def get_moving_window(self, *_asked: object) -> tuple[float, int]:
        """Fail as a lost Redis does."""
        raise StorageError(ConnectionError("gone"))


@pytest.fixture
def visitor(app: Flask, session: Session, team: Team) -> Visitor:
    """A browser before signing in, to an app with Olu and Eve."""
    make_account(session, team, "olu@example.org")
    make_account(session, team, "eve@example.org")
    return Visitor(app.test_client())


def try_password(visitor: Visitor, email: str, password: str, status: int) -> Page:
    return visitor.submit(visitor.get("/sign-in"), {"email": email, "password": password}, "/sign-in", status)


def fail(visitor: Visitor, times: int, email: str = "olu@example.org") -> None:
    for _ in range(times):
        try_password(visitor, email, "a guess", 422)


def test_account_is_closed_to_guesses_after_ten(visitor: Visitor) -> None:
    fail(visitor, PER_ACCOUNT.amount)
    page = try_password(visitor, "olu@example.org", PASSWORD, 429)
    assert "Wait 15 minutes, then try again." in page.text
    assert 0 < int(page.response.headers["Retry-After"]) <= 15 * 60


def test_other_accounts_stay_open(visitor: Visitor) -> None:
    fail(visitor, PER_ACCOUNT.amount)
    try_password(visitor, "eve@example.org", PASSWORD, 303)


def test_signing_in_forgives_earlier_slips(visitor: Visitor) -> None:
    fail(visitor, PER_ACCOUNT.amount - 1)
    try_password(visitor, "olu@example.org", PASSWORD, 303)
    fail(visitor, 2)
    try_password(visitor, "olu@example.org", PASSWORD, 303)


def test_address_that_tries_many_accounts_is_stopped(app: Flask, visitor: Visitor) -> None:
    limiter: MovingWindowRateLimiter = app.extensions["sign_in_limiter"]
    for number in range(2):
        fail(visitor, 1, f"guess{number}@example.org")
    address_key = next(key for key in vars(limiter.storage)["events"] if f"/{PER_ADDRESS.amount}/" in key)
    for _ in range(PER_ADDRESS.amount):
        limiter.storage.acquire_entry(address_key, PER_ADDRESS.amount, PER_ADDRESS.get_expiry())  # type: ignore[attr-defined]  # moving-window storages have it
    try_password(visitor, "eve@example.org", PASSWORD, 429)


def test_no_address_is_kept_readable(app: Flask, visitor: Visitor) -> None:
    fail(visitor, 1)
    kept = str(vars(app.extensions["sign_in_limiter"].storage))
    assert "127.0.0.1" not in kept
    assert "olu@example.org" not in kept


def test_nobody_signs_in_while_guesses_cannot_be_counted(app: Flask, visitor: Visitor) -> None:
    app.extensions["sign_in_limiter"] = MovingWindowRateLimiter(BrokenStorage())
    page = try_password(visitor, "olu@example.org", PASSWORD, 503)
    assert "Sign-in is not working right now." in page.text
