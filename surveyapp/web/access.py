"""Who is signed in, and what they may do: every organiser's route begins with one of these calls."""

import secrets
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Flask, Response, abort, after_this_request, g, redirect, request, session, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from surveyapp.db import sessions as db
from surveyapp.model.survey import Survey
from surveyapp.model.team import SIGNED_IN_FOR, Account, AuditEntry, Role, SignIn, Team, is_allowed
from surveyapp.web import bearer, errors, htmx
from surveyapp.web.expired_forms import is_worth_keeping

TOKEN = "sign_in"  # noqa: S105 -- the name under which the token is kept, not a token
SAFE_METHODS = frozenset({"GET", "HEAD"})
OF_SIGNING_IN = frozenset({"accounts"})
NO_KEY_UPDATE = {"key_share": True, "of": Survey}


def init_app(app: Flask) -> None:
    """Give templates what somebody may do with a survey, and keep what was typed where a session is gone."""
    app.jinja_env.globals["may_edit"] = may_edit
    app.jinja_env.globals["reads_rows"] = reads_rows
    app.jinja_env.globals["may_take_full_files"] = may_take_full_files
    app.register_error_handler(CSRFError, _without_token)


def new_sign_in(account_id: UUID, now: datetime) -> SignIn:
    """Begin a sign-in in this browser with a new token; the caller adds the row and commits."""
    token = secrets.token_urlsafe(32)
    session.clear()
    g.pop("csrf_token", None)  # made for the session that was there before
    session[TOKEN] = token
    return SignIn(token_hash=SignIn.hash_of(token), account_id=account_id, expires_at=now + SIGNED_IN_FOR)


def current_sign_in() -> SignIn | None:
    """This browser's sign-in, unless it ran out or was revoked."""
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return None
    known = SignIn.token_hash == SignIn.hash_of(token)
    with_account = joinedload(SignIn.account).joinedload(Account.memberships)
    wanted = select(SignIn).where(known, SignIn.expires_at > datetime.now(UTC)).options(with_account)
    return db.session().scalars(wanted).unique().first()


def signed_in() -> Account:
    """The organiser who asks; anybody else is sent to sign in first, and then back here."""
    if "account" not in g:
        found = current_sign_in()
        if found is None:
            abort(_to_sign_in())
        after_this_request(htmx.varying)
        g.account = found.account
    account: Account = g.account
    return account


def own_survey(survey_id: UUID, least: Role = "viewer", *, with_editions: bool = False) -> Survey:
    """A survey of the organiser's own team: 404 for another team's, 403 for too small a role.

    A request that may change it holds its row, so that two organisers' changes come one after the other;
    attendees' answers don't wait for that.
    """
    account = signed_in()
    lock = None if request.method in SAFE_METHODS else NO_KEY_UPDATE
    options = [joinedload(Survey.editions)] if with_editions else []
    survey = db.session().get(Survey, survey_id, with_for_update=lock, options=options)
    role = None if survey is None else _role_in(account, survey.team_id)
    if survey is None or role is None:
        abort(404)
    if not is_allowed(role, least):
        abort(403)
    return survey


def readable_survey(survey_id: UUID, least: Role = "viewer") -> Survey:
    """A survey whose figures or files are read, by a member of its team or by a program with a token for it."""
    return bearer.survey_of(survey_id, least) if bearer.is_bearer_request() else own_survey(survey_id, least)


def reads_rows(survey: Survey) -> bool:
    """Whether whoever asks may read rows and comments, or figures only."""
    role = g.token_role if "token_role" in g else _role_in(signed_in(), survey.team_id)
    return is_allowed(role or "", "analyst")


def may_take_full_files(survey: Survey) -> bool:
    """Whether whoever is signed in may take files in which nothing is blanked; a token never may."""
    if "token_role" in g:
        return False
    memberships = (each for each in signed_in().memberships if each.team_id == survey.team_id)
    return any(each.may_take_full_files for each in memberships)


def own_teams(least: Role = "viewer") -> list[Team]:
    """The teams in which the organiser has at least this role, by name."""
    teams = [membership.team for membership in signed_in().memberships if is_allowed(membership.role, least)]
    return sorted(teams, key=lambda team: (team.name, team.id))


def may_edit(survey: Survey) -> bool:
    """Whether the organiser may change this survey."""
    return is_allowed(_role_in(signed_in(), survey.team_id) or "", "editor")


def is_owner(survey: Survey) -> bool:
    """Whether the organiser owns the team of this survey."""
    return is_allowed(_role_in(signed_in(), survey.team_id) or "", "owner")


def record_for_survey(survey: Survey, what: str) -> None:
    """Write down that the organiser did something to a survey; the caller commits."""
    record_in(survey.team_id, what, survey.id)


def record_in(team_id: UUID, what: str, survey_id: UUID | None = None) -> None:
    """Write down that the organiser, or a program for them, did something in a team; the caller commits."""
    db.session().add(AuditEntry(**_entry(team_id, what, survey_id)))


def record_at_once(survey: Survey, what: str) -> None:
    """Write down what somebody only reads, in a transaction of its own, before it is sent."""
    with db.writing(db.engine()).begin() as connection:
        connection.execute(insert(AuditEntry).values(_entry(survey.team_id, what, survey.id)))


def _entry(team_id: UUID, what: str, survey_id: UUID | None) -> dict[str, Any]:
    account_id = g.token_account if "token_account" in g else signed_in().id
    return {
        "team_id": team_id,
        "account_id": account_id,
        "survey_id": survey_id,
        "at": datetime.now(UTC),
        "what": what,
    }


def is_own_path(path: str) -> bool:
    """Whether an address leads into this site: a path and nothing that a browser could read as another host."""
    return path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()


def _role_in(account: Account, team_id: UUID) -> str | None:
    roles = {membership.team_id: membership.role for membership in account.memberships}
    return roles.get(team_id)


def _to_sign_in() -> Response:
    """Send them to sign in; htmx is told to load the whole page rather than swap it in."""
    if is_worth_keeping():
        return _with_the_form()
    target = url_for("accounts.sign_in", next=_came_from())
    if htmx.is_htmx_request():
        return Response(status=204, headers={"HX-Redirect": target})
    answer = redirect(target, 303)
    return Response(answer.response, answer.status, answer.headers)


def _with_the_form() -> Response:
    """Take what was sent along to the sign-in page; htmx is refused, and its form is then sent as a whole page."""
    if htmx.is_htmx_request():
        return Response(status=401)
    answer = redirect(url_for("accounts.keep_form", path=request.full_path.rstrip("?")), 307)
    return Response(answer.response, answer.status, answer.headers)


def _without_token(error: CSRFError) -> Any:
    """A form without its token: whoever's session is gone may sign in again and send it then."""
    if TOKEN not in session and is_worth_keeping() and request.blueprint not in OF_SIGNING_IN:
        return _with_the_form()
    return errors.refusal_page(error)


def _came_from() -> str | None:
    """Where to go on after signing in: this page, or the page that held the form."""
    if request.method in SAFE_METHODS and not htmx.is_htmx_request():
        return request.full_path.rstrip("?")
    referrer = request.referrer or ""
    return referrer.removeprefix(request.host_url.rstrip("/")) if referrer.startswith(request.host_url) else None
