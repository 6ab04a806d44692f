"""The sign-in form."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField

from surveyapp.web.forms import at_most, needed, one_line


class SignInForm(FlaskForm):
    """Email address and password, and where to go on."""

    email = StringField(
        _l("Email address"),
        filters=[one_line],
        validators=[needed(_l("Type your email address.")), at_most(254)],
        render_kw={"type": "email", "autocomplete": "username", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[needed(_l("Type your password.")), at_most(1_000)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
