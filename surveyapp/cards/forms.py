"""The forms that add cards."""

from collections.abc import Collection, Sequence

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, StringField
from wtforms.validators import ValidationError

from surveyapp.web.forms import at_most, later, needed, one_line

TABLES_LIMIT = 200
CARDS_LIMIT = 500
LABEL_LENGTH = 60
TABLE_FIGURES = {"inputmode": "numeric", "min": 1, "max": TABLES_LIMIT}


class TableCountField(IntegerField):
    """How many tables: 1 to 200."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read figures and nothing else."""
        typed = "".join(valuelist[:1]).strip()
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 9 and 1 <= int(typed) <= TABLES_LIMIT):
            sentence = gettext("Write a whole number from 1 to %(most)s. For example: 9.", most=TABLES_LIMIT)
            raise ValueError(sentence)
        self.data = int(typed)


class TablesForm(FlaskForm):
    """How many cards for tables to add; `seen` is how many cards there were when the page was opened."""

    tables = TableCountField(later("How many tables?"), render_kw=TABLE_FIGURES)
    seen = HiddenField()
    room = CARDS_LIMIT

    @property
    def count(self) -> int:
        """How many, in a form that is valid."""
        return self.tables.data or 0

    def validate_tables(self, field: Field) -> None:
        """Refuse more cards than a survey holds."""
        if isinstance(field.data, int) and field.data > self.room:
            raise ValidationError(_no_room(self.room))


class CardForm(FlaskForm):
    """One card with a name of its own."""

    label = StringField(
        later("Name on the card"),
        filters=[one_line],
        validators=[needed(later("Give the card a name. For example: Door.")), at_most(LABEL_LENGTH)],
    )
    taken: Collection[str] = ()

    @property
    def name(self) -> str:
        """The card's name, in a form that is valid."""
        return self.label.data or ""

    def validate_label(self, field: Field) -> None:
        """Refuse a name that another card has, and more cards than a survey holds."""
        if len(self.taken) >= CARDS_LIMIT:
            raise ValidationError(_no_room(0))
        if field.data.casefold() in {label.casefold() for label in self.taken}:
            sentence = gettext("There is a card called “%(label)s” already. Choose another name.", label=field.data)
            raise ValidationError(sentence)


def _no_room(room: int) -> str:
    if room <= 0:
        return gettext("This survey has %(most)s cards, and it can't have more.", most=CARDS_LIMIT)
    return gettext("A survey has at most %(most)s cards. You can add %(room)s more.", most=CARDS_LIMIT, room=room)
