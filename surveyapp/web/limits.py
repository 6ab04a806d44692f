"""How often sign-in may fail, by account and by address, and a receipt or a token, by address.

Counted across machines with REDIS_URL.

When the counts' store is gone, nobody signs in (StorageError): guessing must not become free. Receipts are still taken:
28¹² of them can't be guessed, and who wants their answers back gets them back. So are programs' tokens of 256 bits: a
right one always works, however many wrong ones came from its address (behind a proxy all addresses are one).
An address is kept only as a keyed hash, and only for as long as the window lasts.
"""

import hashlib
import hmac
import math
import time
from contextlib import suppress
from typing import cast

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

__all__ = [
    "StorageError",
    "count_failure",
    "count_wrong_receipt",
    "count_wrong_token",
    "forgive",
    "init_app",
    "receipt_seconds_to_wait",
    "seconds_to_wait",
]

PER_ACCOUNT = parse("10 per 15 minutes")
PER_ADDRESS = parse("100 per 15 minutes")
WRONG_RECEIPTS = parse("60 per 15 minutes")  # a whole venue may share one address
WRONG_TOKENS = PER_ADDRESS


def init_app(app: Flask) -> None:
    """Count in memory, or in Redis where REDIS_URL is set."""
    storage = storage_from_string(app.config.get("REDIS_URL") or "memory://", wrap_exceptions=True)
    app.extensions["sign_in_limiter"] = MovingWindowRateLimiter(storage)


def seconds_to_wait(email: str) -> int:
    """How long until sign-in may be tried again, 0 for now. Raises StorageError."""
    return max(_wait(limit, key) for limit, key in _counted(email))


def count_failure(email: str) -> None:
    """Count a sign-in that failed. Raises StorageError."""
    for limit, key in _counted(email):
        _limiter().hit(limit, key)


def forgive(email: str) -> None:
    """Forget an account's failures once its owner has signed in. Raises StorageError."""
    (limit, key), _address = _counted(email)
    _limiter().clear(limit, key)


def receipt_seconds_to_wait() -> int:
    """How long until a receipt may be typed from this address again, 0 for now."""
    try:
        return _wait(WRONG_RECEIPTS, _address("receipt"))
    except StorageError:
        return 0


def count_wrong_receipt() -> None:
    """Count a receipt that nobody was given, if it can be counted."""
    with suppress(StorageError):
        _limiter().hit(WRONG_RECEIPTS, _address("receipt"))


def count_wrong_token() -> int:
    """Count a token that doesn't work; how long until the next wrong one is worth an answer, 0 for now."""
    try:
        if wait := _wait(WRONG_TOKENS, _address("token")):
            return wait
        _limiter().hit(WRONG_TOKENS, _address("token"))
    except StorageError:
        pass
    return 0


def _limiter() -> MovingWindowRateLimiter:
    return cast(MovingWindowRateLimiter, current_app.extensions["sign_in_limiter"])


def _counted(email: str) -> tuple[tuple[RateLimitItem, str], tuple[RateLimitItem, str]]:
    return (PER_ACCOUNT, _hidden("account", email)), (PER_ADDRESS, _address("address"))


def _address(purpose: str) -> str:
    return _hidden(purpose, request.remote_addr or "")


def _hidden(kind: str, name: str) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"{kind}:{name}".encode(), hashlib.sha256).hexdigest()


def _wait(limit: RateLimitItem, key: str) -> int:
    if _limiter().test(limit, key):
        return 0
    return max(1, math.ceil(_limiter().get_window_stats(limit, key).reset_time - time.time()))
