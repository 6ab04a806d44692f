"""What the page of comments calls things."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext, ngettext

from surveyapp.model.comment_note import NEW


def state_names() -> Mapping[str, str]:
    """What can be done with a comment."""
    return {
        NEW: gettext("Not read yet"),
        "read": gettext("Read"),
        "answered": gettext("We did something about it"),
        "cannot_do": gettext("We can't do this"),
        "noted": gettext("Noted"),
    }


def show_names() -> Mapping[str, str]:
    """Which comments can be asked for."""
    return {
        "": gettext("All"),
        "person": gettext("Needs a person now"),
        "new": gettext("Not read yet"),
        "read": gettext("Read"),
        "agreed": gettext("May be quoted: they agreed"),
        "quotes": gettext("Chosen as quotes"),
        "traces": gettext("May say who somebody is"),
    }


def bulk_message(kept: int, refused: int) -> str:
    """What became of many notes at once; quotes that have to be looked at one by one are told."""
    said = ngettext("%(num)s note is kept.", "%(num)s notes are kept.", kept)
    if not refused:
        return said
    left = ngettext(
        "%(num)s is no quote: the person did not agree, or it may say who somebody is. Look at it by itself.",
        "%(num)s are no quotes: these people did not agree, or they may say who somebody is. Look at each by itself.",
        refused,
    )
    return f"{said} {left}"


def traces_sentence(traces: Iterable[str]) -> str:
    """What in a comment may say who somebody is, in words."""
    names = {
        "email": gettext("an email address"),
        "phone": gettext("a telephone number"),
        "postcode": gettext("a postcode"),
        "name": gettext("a name"),
    }
    return ", ".join(names[one] for one in traces)
