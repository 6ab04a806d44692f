"""Make a token for a program, see which there are, and revoke one."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from surveyapp.accounts.tokens import queries
from surveyapp.accounts.tokens.forms import TokenForm
from surveyapp.db import sessions as db
from surveyapp.model.access_token import AccessToken
from surveyapp.web import access
from surveyapp.web.forms import choices_of

bp = Blueprint("tokens", __name__)


@bp.get("/account/tokens")
def tokens() -> ResponseReturnValue:
    """List the tokens, and offer a new one; `?survey=<id>` chooses what for."""
    form = _form()
    chosen = f"{queries.SURVEY}:{request.args.get('survey', '')}"
    if chosen in form.offered:
        form.opens.data = chosen
    return _page(form)


@bp.post("/account/tokens")
def make_token() -> ResponseReturnValue:
    """Make a token, and show it in this answer only: it is in no cookie, no address and no later page."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form), 422
    if db.session().get(AccessToken, UUID(form.id.data)):
        flash(gettext("This token was made already. It is shown only once: make another if you did not copy it."))
        return redirect(url_for("accounts.tokens.tokens"), 303)
    secret = AccessToken.new_secret()
    made = _token_of(form, secret, datetime.now(UTC).date())
    db.session().add(made)
    access.record_in(made.team_id, f"made the token “{made.name}”", made.survey_id)
    db.session().commit()
    return _page(_form(formdata=None), made, secret)


@bp.post("/account/tokens/<uuid:token_id>/revoke")
def revoke_token(token_id: UUID) -> ResponseReturnValue:
    """Take a token back: its maker may, and every owner of its team."""
    account = access.signed_in()
    token = db.session().get(AccessToken, token_id)
    led = {team.id for team in access.own_teams("owner")}
    if token is None or (token.account_id != account.id and token.team_id not in led):
        abort(404)
    db.session().delete(token)
    access.record_in(token.team_id, f"revoked the token “{token.name}”", token.survey_id)
    db.session().commit()
    flash(gettext("The token “%(name)s” is revoked. It works no longer.", name=token.name))
    return redirect(url_for("accounts.tokens.tokens"), 303)


def _form(**how: None) -> TokenForm:
    offered = queries.openable(db.session(), access.own_teams())
    form = TokenForm(**how)
    form.opens.choices = choices_of({value: _words(value, name) for value, name in offered.items()})
    form.offered = frozenset(offered)
    return form


def _words(value: str, name: str) -> str:
    if value.startswith(queries.TEAM):
        return gettext("All surveys of “%(team)s”", team=name)
    return gettext("Only “%(title)s”", title=name)


def _token_of(form: TokenForm, secret: str, today: date) -> AccessToken:
    team_id, survey_id = queries.opened_by(db.session(), form.opens.data)
    return AccessToken(
        id=UUID(form.id.data),
        token_hash=AccessToken.hash_of(secret),
        name=form.name.data,
        account_id=access.signed_in().id,
        team_id=team_id,
        survey_id=survey_id,
        made_on=today,
        last_day=today + timedelta(days=int(form.days.data)),
    )


def _page(form: TokenForm, made: AccessToken | None = None, secret: str = "") -> str:
    """The page; right after a token was made, with it on top."""
    listed = queries.tokens_of(db.session(), access.signed_in(), access.own_teams("owner"))
    return render_template(
        "accounts/tokens.html",
        form=form,
        made=made,
        secret=secret,
        listed=listed,
        titles=queries.titles(db.session(), listed),
        me=access.signed_in().id,
        today=datetime.now(UTC).date(),
        public_url=current_app.config["PUBLIC_URL"],
    )
