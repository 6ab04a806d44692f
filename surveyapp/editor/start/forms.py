"""The forms in which questions are brought along."""

from flask_babel import gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import Field, Form, TextAreaField
from wtforms.validators import ValidationError

from surveyapp.web.forms import later, needed


def is_chosen(_form: Form, field: Field) -> None:
    """Ask for a file where none came along."""
    if not getattr(field.data, "filename", ""):
        raise ValidationError(gettext("Choose the file with your questions."))


class PasteForm(FlaskForm):
    """Questions as somebody wrote them down."""

    text = TextAreaField(later("Your questions"), validators=[needed(later("Paste or type your questions."))])


class FileForm(FlaskForm):
    """A spreadsheet, a document of ours, or a text."""

    file = FileField(later("The file with your questions"), validators=[is_chosen])
