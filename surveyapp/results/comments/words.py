"""What the page of comments calls things."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext

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
        "new": gettext("Not read yet"),
        "read": gettext("Read"),
        "agreed": gettext("May be quoted: they agreed"),
        "quotes": gettext("Chosen as quotes"),
        "traces": gettext("May say who somebody is"),
    }


def traces_said(traces: Iterable[str]) -> str:
    """What in a comment may say who somebody is, in words."""
    names = {
        "email": gettext("an email address"),
        "phone": gettext("a telephone number"),
        "postcode": gettext("a postcode"),
        "name": gettext("a name"),
    }
    return ", ".join(names[one] for one in traces)
