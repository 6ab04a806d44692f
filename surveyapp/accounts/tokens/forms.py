"""The form of a new token."""

from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, StringField
from wtforms.validators import ValidationError

from surveyapp.web.forms import at_most, choices_of, later, needed, one_line, radio_field, select_field

NAME_LENGTH = 60
DAYS = {
    "7": later("7 days"),
    "30": later("30 days"),
    "90": later("90 days"),
    "365": later("A year"),
}
USUAL_DAYS = "90"


def is_an_id(_form: Form, field: HiddenField) -> None:
    """Refuse what is no id: it came from no page of ours."""
    try:
        UUID(field.data or "")
    except ValueError as error:
        raise ValidationError(later("Open this page again, and try again.")) from error


class TokenForm(FlaskForm):
    """What a token is for, what it opens, and how long; `id` is the token's own, so that sending twice makes one.

    `offered` are the values of `opens` that may be chosen.
    """

    offered: frozenset[str] = frozenset()
    id = HiddenField(default=lambda: str(uuid4()), validators=[is_an_id])
    name = StringField(
        later("What is it for?"),
        filters=[one_line],
        validators=[needed(later("Give it a name, so that you know it again.")), at_most(NAME_LENGTH)],
        render_kw={"autocomplete": "off"},
    )
    opens = select_field(later("What may it read?"))
    days = radio_field(later("How long does it work?"), choices=choices_of(DAYS), default=USUAL_DAYS)
