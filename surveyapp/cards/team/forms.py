"""The forms of a team's own cards."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

from surveyapp.cards.forms import NamesForm
from surveyapp.model.survey import LABEL_LENGTH
from surveyapp.web.forms import at_most, later, needed, one_line, select_field


class TeamNamesForm(NamesForm):
    """Names for new cards of a team."""

    team = HiddenField()


class PointForm(FlaskForm):
    """Which survey the team's cards lead to; the cards themselves are ticked beside their names."""

    survey = select_field(later("Survey"))


class RenameForm(FlaskForm):
    """A team card's name in the lists."""

    code = HiddenField()
    label = StringField(
        later("Name of the card"),
        filters=[one_line],
        validators=[needed(later("Give the card a name. For example: Door.")), at_most(LABEL_LENGTH)],
    )
