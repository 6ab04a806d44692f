"""The interface's language: the page's own, never the cookie's or the browser's."""

from babel import Locale, UnknownLocaleError
from flask import Flask, g
from flask_babel import Babel

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "pnb", "sd", "ug", "ur", "yi"})

BRITISH = "en_GB"


def init_app(app: Flask) -> None:
    """Give templates `_()`, `direction()` and `language_name()`."""
    Babel(app, locale_selector=interface_language)
    app.jinja_env.globals.update(direction=direction, language_name=language_name)


def interface_language() -> str:
    """The language that the route chose for this page; English where none was."""
    chosen: str = g.get("language", "en")
    return BRITISH if chosen == "en" else chosen


def language_name(tag: str) -> str:
    """A language's name in itself: Cymraeg, اردو."""
    try:
        name = Locale.parse(tag, sep="-").display_name
    except (UnknownLocaleError, ValueError):
        name = None
    return (name or tag).capitalize()


def direction(language: str) -> str:
    """`rtl` or `ltr` for a language tag."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
