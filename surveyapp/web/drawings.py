"""Symbols drawn into the page itself: they cost no request, and faces take the colour of the text."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from flask import Flask
from markupsafe import Markup

_OUTER = re.compile(r"<svg\b([^>]*)>(.*)</svg>", re.DOTALL)
_KEPT = re.compile(r'(?:viewBox|fill|stroke|stroke-width|stroke-linecap|stroke-linejoin)="[^"]*"')
_NEEDLESS = re.compile(r'\s+id="[^"]*"|<g>\s*</g>|<g/>|(?<=>)\s+(?=<)')


def init_app(app: Flask) -> None:
    """Give templates `drawing(name)`, a `<symbol>` to refer to (empty if there is none), and `is_plain(name)`."""
    drawings = {path.stem: path for path in sorted(Path(app.static_folder or "", "symbols").rglob("*.svg"))}
    drawing = cache(lambda name: _drawn(name, drawings[name]) if name in drawings else Markup())
    app.jinja_env.globals.update(drawing=drawing, is_plain=_plainness(drawing))


def _drawn(name: str, path: Path) -> Markup:
    """A file of ours as a `<symbol>`; its own size and colour are dropped, so that the page decides."""
    found = _OUTER.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{path.name} is not a drawing")
    kept = " ".join(_KEPT.findall(found[1]))
    inside = _NEEDLESS.sub("", found[2])
    return Markup(f'<symbol id="sym-{name}" {kept}>{inside}</symbol>')  # noqa: S704 -- a file that we ship, not a word typed


def _plainness(drawing: Callable[[str], Markup]) -> Callable[[str], bool]:
    return lambda name: "currentColor" in drawing(name)
