"""Symbols for templates: drawn once in a page, then referred to by name."""

from flask import Flask
from markupsafe import Markup

from surveyapp.model.symbols import SYMBOLS, drawing


def init_app(app: Flask) -> None:
    """Give templates `drawing(name)`, `is_plain(name)` and `turns(name)`."""
    app.jinja_env.globals.update(drawing=definition, is_plain=is_plain, turns=turns)


def definition(name: str) -> Markup:
    """A symbol's definition for `<use href="#sym-…">`; the drawing is one of the product's own files."""
    drawn = drawing(name)
    inner = Markup(drawn.inner)  # noqa: S704 -- shipped with the product, never typed by a person
    return Markup('<symbol id="sym-{}" viewBox="{}">{}</symbol>').format(name, drawn.view_box, inner)


def is_plain(name: str) -> bool:
    """Whether it takes the colour of the text: our own drawings do, the others need a white tile."""
    return SYMBOLS[name].own


def turns(name: str) -> bool:
    """Whether it points the way of reading, and so is mirrored where that goes from right to left."""
    return SYMBOLS[name].mirrored
