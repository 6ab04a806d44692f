"""The form beside a comment."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField

from surveyapp.model.comment_note import THEME_LENGTH
from surveyapp.results.comments.words import state_names
from surveyapp.web.forms import at_most, choices_of, later, one_line, select_field


class ManyForm(FlaskForm):
    """What is done with many comments at once: what is left empty stays as it is in each."""

    theme = StringField(later("Theme for all of them"), filters=[one_line], validators=[at_most(THEME_LENGTH)])
    read = BooleanField(later("They are read"))
    quote = BooleanField(later("Choose them as quotes, where the person agreed and nothing says who they are"))
    every = BooleanField(later("All that are listed, on every page"))


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
