"""The form that deletes: nothing goes by a slip of the hand."""

from flask_wtf import FlaskForm
from wtforms import BooleanField

from surveyapp.web.forms import later


class DeleteForm(FlaskForm):
    """One tick, and the button."""

    sure = BooleanField(later("Yes, delete all answers for good"))

    def is_sure(self, sentence: str) -> bool:
        """Whether the tick is there; else `sentence` stands beside it."""
        if not self.validate_on_submit():
            return False
        if not self.sure.data:
            self.sure.errors = [sentence]
        return bool(self.sure.data)
