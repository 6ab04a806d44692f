"""The form beside a comment."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField

from surveyapp.model.comment_note import THEME_LENGTH
from surveyapp.results.comments.words import state_names
from surveyapp.web.forms import at_most, choices_of, later, one_line, select_field


class NoteForm(FlaskForm):
    """What was done with a comment, its theme, and whether it is chosen as a quote."""

    status = select_field(later("What was done with it"))
    theme = StringField(later("Theme"), filters=[one_line], validators=[at_most(THEME_LENGTH)])
    is_quote = BooleanField(later("Choose as a quote"))

    @classmethod
    def offering(cls) -> "NoteForm":
        """The form that was sent, with its choices."""
        form = cls()
        form.status.choices = choices_of(state_names())
        return form
