"""What a survey's contact form asks for, and what for: the organiser's choice."""

from collections.abc import Iterable
from dataclasses import dataclass

PURPOSES = ("news", "prize", "expenses")
FIELDS = ("name", "email", "telephone")
REACHED_BY = frozenset({"email", "telephone"})
CODES_LENGTH = 40


@dataclass(frozen=True, slots=True)
class ContactForm:
    """What people may be contacted for, and what they are asked for: codes in the order in which they are asked."""

    purposes: tuple[str, ...]
    fields: tuple[str, ...]


def contact_form_of(purposes: str, fields: str) -> ContactForm | None:
    """The form of what is stored; None where nobody is to be contacted."""
    form = ContactForm(_known(purposes.split(), PURPOSES), _known(fields.split(), FIELDS))
    return form if form.purposes and REACHED_BY & {*form.fields} else None


def _known(codes: Iterable[str], order: tuple[str, ...]) -> tuple[str, ...]:
    chosen = {*codes}
    return tuple(code for code in order if code in chosen)
