"""How often somebody may guess: at a password, a receipt, a program's token. Counted across machines with REDIS_URL.

A limit must not become a weapon (decision 0031). So wrong passwords are counted for an account *and* the network that
they come from, with windows that make the waiting grow; a device that signed in to the account before has counts of its
own, which nobody else's guesses touch. Only guesses from ever new networks meet a limit of the account as a whole.
A right receipt (28¹² of them) and a right token (256 bits) always work: only wrong ones are counted.

When the counts' store is gone, nobody signs in (StorageError): guessing must not become free. Receipts and tokens are
still taken. An address is kept only as a keyed hash, and only for as long as the window lasts.
"""

import hashlib
import hmac
import math
import time
from ipaddress import IPv6Address, ip_network
from typing import cast

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from surveyapp.web.known_device import known_device
from surveyapp.web.proxies import read_address

__all__ = [
    "StorageError",
    "count_failure",
    "count_wrong_receipt",
    "count_wrong_token",
    "forgive",
    "init_app",
    "seconds_to_wait",
]

GROWING = (parse("5 per minute"), parse("10 per 15 minutes"), parse("30 per day"))
PER_ACCOUNT = parse("100 per day")  # from all networks together, known devices apart
PER_NETWORK = parse("1000 per hour")  # of all accounts together: a proxy or a venue is one network
WRONG_RECEIPTS = parse("60 per 15 minutes")
WRONG_TOKENS = parse("100 per 15 minutes")
IPV6_NETWORK = 64  # what one household is given (RFC 6177); of IPv4, one address is already many households

Counted = list[tuple[RateLimitItem, str]]


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
    """Forget the slips of this device or network once the account's owner has signed in. Raises StorageError."""
    for limit, key in _growing(email):
        _limiter().clear(limit, key)


def count_wrong_receipt() -> int:
    """Count a receipt that nobody was given; how long until the next wrong one is worth an answer, 0 for now."""
    return _count_wrong(WRONG_RECEIPTS, "receipt")


def count_wrong_token() -> int:
    """Count a token that doesn't work; how long until the next wrong one is worth an answer, 0 for now."""
    return _count_wrong(WRONG_TOKENS, "token")


def network_of(address: str) -> str:
    """The network that is counted as one: an address of IPv4, a /64 of IPv6; what is no address stands for itself."""
    read = read_address(address)
    if isinstance(read, IPv6Address):
        return str(ip_network((read, IPV6_NETWORK), strict=False))
    return str(read or address)


def _count_wrong(limit: RateLimitItem, purpose: str) -> int:
    key = _hidden(purpose, _network())
    try:
        if wait := _wait(limit, key):
            return wait
        _limiter().hit(limit, key)
    except StorageError:
        pass
    return 0


def _counted(email: str) -> Counted:
    """The counts that a guess at an account meets: those of a known device alone, or of network and account."""
    growing = _growing(email)
    if known_device(email):
        return growing
    return [*growing, (PER_ACCOUNT, _hidden("account", email)), (PER_NETWORK, _hidden("network", _network()))]


def _growing(email: str) -> Counted:
    device = known_device(email)
    who = f"device {device}" if device else f"network {_network()}"
    return [(limit, _hidden(who, email)) for limit in GROWING]


def _limiter() -> MovingWindowRateLimiter:
    return cast(MovingWindowRateLimiter, current_app.extensions["sign_in_limiter"])


def _network() -> str:
    return network_of(request.remote_addr or "")


def _hidden(kind: str, name: str) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"{kind}:{name}".encode(), hashlib.sha256).hexdigest()


def _wait(limit: RateLimitItem, key: str) -> int:
    if _limiter().test(limit, key):
        return 0
    return max(1, math.ceil(_limiter().get_window_stats(limit, key).reset_time - time.time()))
