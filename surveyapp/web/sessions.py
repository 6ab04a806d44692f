"""The organiser's signed cookie; a request that brings none costs nothing, and no attendee's does."""

from flask import Flask
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.wrappers import Request


class OnlyWhereBrought(SecureCookieSessionInterface):
    """Flask's own session, whose reader is built only when there is a cookie to read."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the request; an empty one where no cookie came."""
        if app.config["SESSION_COOKIE_NAME"] not in request.headers.get("Cookie", ""):
            return SecureCookieSession()
        return super().open_session(app, request)


def init_app(app: Flask) -> None:
    """Open sessions only where they are brought."""
    app.session_interface = OnlyWhereBrought()
