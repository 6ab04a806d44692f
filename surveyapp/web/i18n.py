"""The interface's language: the page's own, never the cookie's or the browser's."""

from flask import Flask, g
from flask_babel import Babel

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "pnb", "sd", "ug", "ur", "yi"})


def init_app(app: Flask) -> None:
    """Give templates `_()` and `direction()`."""
    Babel(app, locale_selector=interface_language)
    app.jinja_env.globals["direction"] = direction


def interface_language() -> str:
    """The language that the route chose for this page; English where none was."""
    chosen: str = g.get("language", "en")
    return chosen


def direction(language: str) -> str:
    """`rtl` or `ltr` for a language tag."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
