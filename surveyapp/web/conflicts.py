"""Two organisers at once: what the other one saved meanwhile, beside what this one typed."""

from dataclasses import dataclass
from typing import Any, cast

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectField


@dataclass(frozen=True, slots=True)
class EditConflict:
    """A field whose saved words differ from the typed ones."""

    name: str
    label: str
    saved: str


def changes_between(typed: FlaskForm, saved: FlaskForm) -> list[EditConflict]:
    """The fields that differ, with what is saved now."""
    pairs = [(field, saved[field.name]) for field in typed if field.name not in ("version", "csrf_token")]
    return [
        EditConflict(field.name, str(field.label.text), shown_value(now))
        for field, now in pairs
        if shown_value(field) != shown_value(now)
    ]


def shown_value(field: Field) -> str:
    """A field's value as its control shows it."""
    if isinstance(field, (SelectField, RadioField)):
        return ", ".join(str(label) for _value, label, chosen, *_rest in field.iter_choices() if chosen)
    printed = cast(Any, field)._value()  # WTForms' own name for what its widgets print
    return str(printed).replace("\r\n", "\n")
