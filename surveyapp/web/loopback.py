"""Whether somebody comes from this very machine, to a server that nobody else reaches."""

from urllib.parse import urlsplit

from flask import current_app, request

from surveyapp.settings import is_loopback

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


def is_from_this_machine() -> bool:
    """Ask the settings first; then the request, since a server of somebody else's listens where it likes."""
    came_from, asked_for = request.remote_addr or "", urlsplit(f"//{request.host}").hostname or ""
    is_direct = not any(name in request.headers for name in FORWARDED)
    return current_app.config["IS_LOOPBACK"] and is_direct and is_loopback(came_from) and is_loopback(asked_for)
