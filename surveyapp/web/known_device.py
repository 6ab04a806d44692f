"""A device that an organiser signed in on before: a signed cookie of the sign-in page alone, never of attendees' pages.

It opens nothing. It only keeps other people's guesses from standing in the way of the owner (`limits`).
"""

import hashlib
import secrets
from typing import Any

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

COOKIE = "known_device"
PATH = "/sign-in"
LASTS = 365 * 24 * 3600  # seconds
MOST_ACCOUNTS = 10
MOST_LETTERS = 2_000


def known_device(email: str) -> str:
    """The name of this device, if an account with this address signed in on it within a year; else nothing."""
    device, accounts = _brought()
    return device if _mark(email) in accounts else ""


def remember_device(answer: Response, email: str) -> None:
    """Let the answer to a sign-in tell the device that the account is known on it."""
    device, accounts = _brought()
    others = [mark for mark in accounts if mark != _mark(email)]
    said = [device or secrets.token_hex(16), [_mark(email), *others][:MOST_ACCOUNTS]]
    answer.set_cookie(
        COOKIE,
        _serializer().dumps(said),
        max_age=LASTS,
        path=PATH,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _brought() -> tuple[str, list[str]]:
    """The device's name and its accounts' marks, as our cookie says; nothing where none of ours came."""
    text = request.cookies.get(COOKIE, "")
    if not text or len(text) > MOST_LETTERS:
        return "", []
    try:
        said: Any = _serializer().loads(text, max_age=LASTS)
    except BadSignature:
        return "", []
    return said[0], said[1]


def _mark(email: str) -> str:
    """An account in the cookie: whoever finds it reads no address."""
    return hashlib.sha256(f"{current_app.config['SECRET_KEY']}:{email}".encode()).hexdigest()[:20]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="known device")
