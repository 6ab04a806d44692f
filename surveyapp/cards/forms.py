"""The forms that add and change cards."""

from collections.abc import Collection, Iterable, Sequence

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import ValidationError

from surveyapp.cards.place_names import clean_lines, place_names
from surveyapp.model.survey import LABEL_LENGTH
from surveyapp.web.forms import at_most, choices_of, later, needed, one_line, radio_field, select_field

TABLES_LIMIT = 200
CARDS_LIMIT = 500
PASTED_LENGTH = 40_000
TABLE_FIGURES = {"inputmode": "numeric", "min": 1, "max": TABLES_LIMIT}
SOURCES = {
    "qr": later("On paper, with a QR code"),
    "link": later("A link to send, by email or in a chat"),
    "shared": later("A phone or tablet that people hand on"),
}
VIEWS = {
    "": later("As the survey is set"),
    "standard": later("Words"),
    "easy": later("Easy words and pictures"),
    "symbols": later("Mostly pictures"),
}


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
            raise ValidationError(no_room(self.room))


class NamesForm(FlaskForm):
    """A list of names for new cards; names that have a card already are left out."""

    names = TextAreaField(
        later("Names of the places, one a line"),
        filters=[clean_lines],
        validators=[needed(later("Give the card a name. For example: Door.")), at_most(PASTED_LENGTH)],
        render_kw={"rows": 4},
    )
    taken: Collection[str] = ()

    @property
    def all_names(self) -> list[str]:
        """Every name on the list, once."""
        return place_names(self.names.data or "")

    @property
    def new_names(self) -> list[str]:
        """The names that no card has yet."""
        taken = {label.casefold() for label in self.taken}
        return [name for name in self.all_names if name.casefold() not in taken]

    def validate_names(self, _field: Field) -> None:
        """Refuse names that are too long, lists that add nothing, and more cards than there is room for."""
        _check_lengths(self.all_names)
        if not self.new_names:
            raise ValidationError(_all_there(self.all_names))
        if len(self.new_names) > CARDS_LIMIT - len(self.taken):
            raise ValidationError(no_room(CARDS_LIMIT - len(self.taken)))


class PlacesForm(NamesForm):
    """More places of a survey: their names, how people come to them, and whether results are compared by them."""

    source = radio_field(later("How do people come to it?"), choices=choices_of(SOURCES), default="qr")
    compare = BooleanField(later("Compare results by these names"))


class CardForm(FlaskForm):
    """One card: its name, what its results are compared by, and how it opens."""

    label = StringField(
        later("Name on the card"),
        filters=[one_line],
        validators=[needed(later("Give the card a name. For example: Door.")), at_most(LABEL_LENGTH)],
    )
    group = StringField(later("Compare results by this"), filters=[one_line], validators=[at_most(LABEL_LENGTH)])
    view = select_field(later("How its questions look at first"), choices=choices_of(VIEWS))
    language = select_field(later("Language of the card, and of its questions at first"))
    taken: Collection[str] = ()

    def validate_label(self, field: Field) -> None:
        """Refuse a name that another card has."""
        if field.data.casefold() in {label.casefold() for label in self.taken}:
            raise ValidationError(_all_there([field.data]))


def no_room(room: int) -> str:
    """The sentence that a survey or a team has as many cards as it may have."""
    if room <= 0:
        return gettext("This survey has %(most)s cards, and it can't have more.", most=CARDS_LIMIT)
    return gettext("A survey has at most %(most)s cards. You can add %(room)s more.", most=CARDS_LIMIT, room=room)


def _check_lengths(names: Iterable[str]) -> None:
    long = next((name for name in names if len(name) > LABEL_LENGTH), "")
    if long:
        over = len(long) - LABEL_LENGTH
        raise ValidationError(
            gettext(
                "Use %(limit)s characters or fewer in a name. “%(name)s…” is %(over)s too long.",
                limit=LABEL_LENGTH,
                name=long[:20],
                over=over,
            )
        )


def _all_there(names: Sequence[str]) -> str:
    if len(names) == 1:
        return gettext("There is a card called “%(label)s” already. Choose another name.", label=names[0])
    return gettext("All of these have a card already. Add another name.")
