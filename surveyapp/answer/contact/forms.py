"""What somebody wrote into the contact form, read strictly, and what is to be mended of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from surveyapp.model.answers import Raw
from surveyapp.model.contact import EMAIL_LENGTH, NAME_LENGTH, TELEPHONE_LENGTH, Details
from surveyapp.model.contact_form import REACHED_BY, ContactForm

LONGEST: Mapping[str, int] = {"name": NAME_LENGTH, "email": EMAIL_LENGTH, "telephone": TELEPHONE_LENGTH}
DIGITS_AT_LEAST = 5
JOINERS = "\u200c\u200d"  # unseen letters of names in Persian, Sorani, Bengali and others


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, as it is shown again; `errors` says by field what is wrong: a code of the template's words."""

    details: Details
    errors: Mapping[str, str] = field(default_factory=dict)


def read_details(form: ContactForm, raw: Raw) -> Written:
    """Read what the form asks for, and nothing else that came along. One purpose alone needs no tick: the page
    sends it along, so that nobody agrees to another one that is asked for by then.
    """
    texts = {name: _one_line(raw.get(name, [""])[-1]) for name in form.fields}
    chosen = raw.get("purposes", [])
    details = Details(tuple(one for one in form.purposes if one in chosen), **texts)
    errors = {name: code for name, text in texts.items() if (code := _fault(name, text))}
    if not details.purposes:
        errors["purposes"] = "no_purpose"
    reached_by = [name for name in form.fields if name in REACHED_BY]
    if not any(texts[name] for name in reached_by):
        errors[reached_by[0]] = "not_reached"
    return Written(details, errors)


def _one_line(text: str) -> str:
    """The text as it is stored: what no page can print stands as a space, as do line breaks; joiners stay."""
    printed = "".join(one if one.isprintable() or one in JOINERS else " " for one in text)
    return " ".join(word for word in printed.split() if word.strip(JOINERS))


def _fault(name: str, text: str) -> str:
    if len(text) > LONGEST[name]:
        return "too_long"
    if name == "email" and text and not _is_email(text):
        return "no_email"
    if name == "telephone" and text and sum(one.isdigit() for one in text) < DIGITS_AT_LEAST:
        return "no_telephone"
    return ""


def _is_email(text: str) -> bool:
    """Whether it looks like one: the few faults that fingers make, and no rule of what the net allows."""
    name, _at, host = text.partition("@")
    return bool(name) and "@" not in host and " " not in text and all(host.split(".")) and "." in host
