"""The sign-in form."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField

from surveyapp.web.forms import at_most, later, needed, one_line


class SignInForm(FlaskForm):
    """Email address and password, where to go on, and what somebody had sent when their sign-in had run out."""

    email = StringField(
        later("Email address"),
        filters=[one_line],
        validators=[needed(later("Type your email address.")), at_most(254)],
        render_kw={"type": "email", "autocomplete": "username", "spellcheck": "false"},
    )
    password = PasswordField(
        later("Password"),
        validators=[needed(later("Type your password.")), at_most(1_000)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
    kept = HiddenField()
