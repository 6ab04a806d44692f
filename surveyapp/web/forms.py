"""What organisers' forms are made of: sentences that say what to do, and fields that keep what was typed."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from flask_babel import gettext, lazy_gettext
from wtforms import (
    DateField,
    DateTimeLocalField,
    Field,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the types
from wtforms.validators import Optional, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, TextInput

YEARS = range(2000, 2101)
PEOPLE_LIMIT = 1_000_000
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
MOMENT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"]

Check = Callable[[Form, Field], None]


def later(words: str) -> str:
    """Words that are translated when they are shown: WTForms' types know only `str`."""
    return cast(str, lazy_gettext(words))


def one_line(text: str | None) -> str:
    """Text on one line, without control characters and without spaces at its ends."""
    kept = "".join(" " if unicodedata.category(character) == "Cc" else character for character in text or "")
    return " ".join(kept.split())


def several_lines(text: str | None) -> str:
    """Text with its line breaks as one character each, without other control characters."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(
        "".join(character for character in line if unicodedata.category(character) != "Cc").rstrip() for line in lines
    ).strip()


def needed(sentence: str) -> Check:
    """Ask for what is empty with a sentence."""

    def check(_form: Form, field: Field) -> None:
        if field.data is None or (isinstance(field.data, str) and not field.data.strip()):
            raise StopValidation(str(sentence))

    return check


def at_most(limit: int) -> Check:
    """Refuse text longer than a number of characters, and say by how many."""

    def check(_form: Form, field: Field) -> None:
        over = len(field.data or "") - limit
        if over > 0:
            sentence = gettext("Use %(limit)s characters or fewer. It is %(over)s too long.", limit=limit, over=over)
            raise ValidationError(sentence)

    return check


def sensible_year(_form: Form, field: Field) -> None:
    """Refuse years that are slips of the hand; what couldn't be read goes no further."""
    value: date | None = field.data
    if value is None:
        raise StopValidation
    if value.year not in YEARS:
        raise StopValidation(gettext("Check the year."))


class PeopleField(IntegerField):
    """How many people: a whole number, 0 or more, or nothing.

    A text field, because a browser's number field throws away what it can't read.
    """

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read figures, with commas or spaces in thousands."""
        typed = "".join("".join(valuelist[:1]).replace(",", "").split())
        if not typed:
            self.data = None
            return
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 9 and int(typed) <= PEOPLE_LIMIT):
            raise ValueError(gettext("Write a whole number in figures, 0 or more. For example: 80."))
        self.data = int(typed)


def day_field(label: str, *checks: Check, **how: Any) -> DateField:
    """A day, or nothing: what a browser's date field sends, or a date typed by hand."""
    sentence = later("Write the date with day, month and year. For example: 07/10/2026.")
    how = {"format": DAY_FORMATS, "invalid_value_message": sentence, **how}
    return DateField(label, [Optional(), sensible_year, *checks], **how)


def local_moment_field(label: str, *checks: Check, **how: Any) -> DateTimeLocalField:
    """A day and a time by a clock whose zone another field gives, or nothing."""
    sentence = later("Write a date and a time. For example: 07/10/2026 09:30.")
    how = {"format": MOMENT_FORMATS, "invalid_value_message": sentence, **how}
    return DateTimeLocalField(label, [Optional(), sensible_year, *checks], **how)


def choices_of(labels: Mapping[str, str]) -> list[Any]:
    """What a select or radios offer: value → label."""
    return [SelectChoice(value, label) for value, label in labels.items()]


def select_field(label: str, **how: Any) -> SelectField:
    """One of a long list."""
    return SelectField(label, **{"invalid_choice_message": later("Choose one from the list."), **how})


def checkboxes_field(label: str, **how: Any) -> SelectMultipleField:
    """Any of a few."""
    how = {"option_widget": CheckboxInput(), "invalid_choice_message": later("Choose among these."), **how}
    return SelectMultipleField(label, **how)


def radio_field(label: str, **how: Any) -> RadioField:
    """One of a few."""
    return RadioField(label, **{"invalid_choice_message": later("Choose one of these."), **how})
