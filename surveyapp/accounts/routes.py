"""Sign in and sign out."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_wtf.csrf import CSRFError

from surveyapp.accounts import passwords, queries
from surveyapp.accounts.forms import SignInForm
from surveyapp.accounts.tokens import routes as tokens
from surveyapp.db import sessions as db
from surveyapp.model.team import DEMO_EMAIL
from surveyapp.web import access, limits
from surveyapp.web.errors import refusal_page
from surveyapp.web.expired_forms import is_worth_keeping, sealed, unsealed
from surveyapp.web.known_device import remember_device
from surveyapp.web.loopback import is_from_this_machine

bp = Blueprint("accounts", __name__)
bp.register_blueprint(tokens.bp)


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Show the form."""
    form = SignInForm(next=request.args.get("next", ""))
    return render_template("accounts/sign_in.html", form=form, secure=_secure_address() if _is_elsewhere() else "")


@bp.post("/sign-in")
def start_sign_in() -> ResponseReturnValue:
    """Check the password, and give this browser a new token."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _again(form, 422)
    email = (form.email.data or "").lower()
    wait = limits.seconds_to_wait(email)
    if wait:
        return _throttled(form, wait)
    known = None if _is_demo_abroad(email) else queries.credentials(db.engine(), email)
    if not passwords.is_password(form.password.data or "", known.password_hash if known else None) or known is None:
        limits.count_failure(email)
        return _again(form, 422, gettext("The email address or the password is not right. Check both and try again."))
    limits.forgive(email)
    now = datetime.now(UTC)
    queries.remove_expired(db.session(), now)
    db.session().add(access.new_sign_in(known.account_id, now))
    db.session().commit()
    kept = unsealed(form.kept.data or "")
    if kept is not None and access.is_own_path(kept.path):
        return _remembered(make_response(render_template("accounts/kept.html", kept=kept)), email)
    return _remembered(make_response(redirect(_onward(form.next.data or ""), 303)), email)


@bp.post("/sign-in/keep")
def keep_form() -> ResponseReturnValue:
    """Show the form to somebody who sent another one after their sign-in had run out; what they sent goes along."""
    path = request.args.get("path", "")
    if not (is_worth_keeping() and access.is_own_path(path)):
        return redirect(url_for("accounts.sign_in"), 303)
    form = SignInForm(formdata=None, data={"kept": sealed(path)})
    return render_template("accounts/sign_in.html", form=form, is_kept=True), 401


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Take this browser's sign-in away, here and on the server."""
    found = access.current_sign_in()
    if found is not None:
        db.session().delete(found)
        db.session().commit()
    session.clear()
    flash(gettext("You are signed out."))
    return redirect(url_for("accounts.sign_in"), 303)


@bp.errorhandler(CSRFError)
def explain_missing_cookie(error: CSRFError) -> ResponseReturnValue:
    """Say where to sign in where the browser kept the cookie to itself: it travels by HTTPS only."""
    if request.endpoint != "accounts.start_sign_in" or request.is_secure or not _secure_address():
        refusal: ResponseReturnValue = refusal_page(error)
        return refusal
    return render_template("accounts/sign_in.html", form=SignInForm(formdata=None), secure=_secure_address()), 400


@bp.errorhandler(limits.StorageError)
def refuse_unlimited(_error: limits.StorageError) -> ResponseReturnValue:
    """Let nobody in while failures can't be counted."""
    return _again(SignInForm(), 503, gettext("Sign-in is not working right now. Try again in a few minutes."))


def _is_demo_abroad(email: str) -> bool:
    """The demonstration's password is known to everybody, so nobody signs in with it from elsewhere."""
    return email == DEMO_EMAIL and not is_from_this_machine()


def _secure_address() -> str:
    """Where to sign in by HTTPS, where the printed address says so; else nothing."""
    site = str(current_app.config["PUBLIC_URL"])
    return site + url_for("accounts.sign_in") if site.startswith("https:") else ""


def _is_elsewhere() -> bool:
    """Whether somebody came by another name than the printed one, without HTTPS: past the proxy, so to speak."""
    return not request.is_secure and request.host != urlsplit(current_app.config["PUBLIC_URL"]).netloc


def _again(form: SignInForm, status: int, sentence: str = "") -> ResponseReturnValue:
    if sentence:
        form.form_errors.append(sentence)
    return render_template("accounts/sign_in.html", form=form), status


def _remembered(answer: Response, email: str) -> Response:
    remember_device(answer, email)
    return answer


def _throttled(form: SignInForm, wait: int) -> ResponseReturnValue:
    minutes = -(-wait // 60)
    sentence = ngettext(
        "There were too many tries. Wait 1 minute, then try again.",
        "There were too many tries. Wait %(num)s minutes, then try again.",
        minutes,
    )
    page, status = render_template("accounts/sign_in.html", form=form, throttled=sentence), 429
    return page, status, {"Retry-After": str(wait)}


def _onward(path: str) -> str:
    return path if access.is_own_path(path) else url_for("editor.surveys")
