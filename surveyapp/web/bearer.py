"""A program reads figures and files by `Authorization: Bearer <token>`, without signing in.

It gives its maker's leave to read where a route asks for it, and nothing else: no session is opened, no form is
accepted, and a browser's cookie that comes along is not looked at.
"""

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import NoReturn
from uuid import UUID

from flask import Response, abort, current_app, g, request
from flask_babel import gettext, ngettext
from sqlalchemy import and_, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from surveyapp.db import sessions as db
from surveyapp.model.access_token import AccessToken
from surveyapp.model.survey import Survey
from surveyapp.model.team import Membership, Role, is_allowed
from surveyapp.web import limits

PLAIN = "text/plain; charset=utf-8"
REALM = 'Bearer realm="Event Answers"'


def is_bearer_request() -> bool:
    """Whether a program asks: it brings a token, or neither a cookie nor a wish for a page to sign in on."""
    if _is_brought():
        return True
    wants_page = "text/html" in request.headers.get("Accept", "")
    return not wants_page and current_app.config["SESSION_COOKIE_NAME"] not in request.cookies


def survey_of(survey_id: UUID, least: Role = "viewer") -> Survey:
    """The survey that the token opens: 401 for none that works, 404 for any other survey, there or not.

    403 where its maker's role is too small for what is asked.
    """
    token, role = _token(datetime.now(UTC).date())
    survey = db.session().get(Survey, survey_id)
    if survey is None or not token.opens(survey.team_id, survey.id):
        abort(404)
    if not is_allowed(role, least):
        abort(403)
    g.token_account, g.token_role = token.account_id, role
    _note_use(token, datetime.now(UTC).date())
    return survey


def _is_brought() -> bool:
    brought = request.authorization
    return brought is not None and brought.type == "bearer"


def _token(today: date) -> tuple[AccessToken, str]:
    """The token that was brought and its maker's role, while it lasts and its maker is in the team."""
    if not _is_brought():
        _refuse(gettext("This address is for people who are signed in, and for programs with a token."), REALM)
    secret = (request.authorization.token if request.authorization else None) or ""
    of_its_maker = and_(Membership.team_id == AccessToken.team_id, Membership.account_id == AccessToken.account_id)
    that_lasts = (AccessToken.token_hash == AccessToken.hash_of(secret), AccessToken.last_day >= today)
    columns = select(AccessToken, Membership.role).join(Membership, of_its_maker)
    found = db.session().execute(columns.where(*that_lasts)).first()
    if found is None:
        _refuse_wrong()
    return found[0], found[1]


def _refuse_wrong() -> NoReturn:
    """The same answer for a token that was never made, is over, or was revoked."""
    if wait := limits.count_wrong_token():
        minutes = -(-wait // 60)
        sentence = ngettext(
            "There were too many tokens that do not work. Wait 1 minute, then try again.",
            "There were too many tokens that do not work. Wait %(num)s minutes, then try again.",
            minutes,
        )
        abort(Response(sentence + "\n", 429, {"Retry-After": str(wait)}, content_type=PLAIN))
    _refuse(gettext("This token does not work, or no longer. Make a new one."), f'{REALM}, error="invalid_token"')


def _refuse(sentence: str, challenge: str) -> NoReturn:
    abort(Response(sentence + "\n", 401, {"WWW-Authenticate": challenge}, content_type=PLAIN))


def _note_use(token: AccessToken, today: date) -> None:
    """Write down the day, once a day and apart from the request, which only reads; reading goes on without it."""
    if token.last_used_on == today:
        return
    earlier = or_(AccessToken.last_used_on.is_(None), AccessToken.last_used_on < today)
    used = update(AccessToken).where(AccessToken.id == token.id, earlier).values(last_used_on=today)
    with suppress(SQLAlchemyError), db.writing(db.engine()).begin() as connection:
        connection.execute(used)
