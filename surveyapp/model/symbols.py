"""The symbol catalogue: a name, the words that always go with it, and its drawing.

Drawings lie in `surveyapp/symbols`: `own/`, drawn for this project in the colour of the text around them, and
`openmoji/`, OpenMoji's (CC BY-SA 4.0), in colours meant for a white tile.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parents[1] / "symbols"

_SVG = re.compile(r"\A<svg([^>]*)>(.*)</svg>\s*", re.DOTALL)
_ATTRIBUTE = re.compile(r'(?<![\w-])([\w-]++)="([^"]*)"')
_OF_THE_ROOT_ALONE = frozenset({"xmlns", "viewBox", "width", "height"})


@dataclass(frozen=True, slots=True)
class Symbol:
    """A picture with a name; `weak` ones must be tried with people before they are relied on."""

    name: str
    words: str
    file: str
    weak: bool = False
    mirrored: bool = False

    @property
    def own(self) -> bool:
        """Whether it was drawn for this project, and so takes the colour of the text."""
        return self.file.startswith("own/")


@dataclass(frozen=True, slots=True)
class Drawing:
    """What goes inside an inline `<symbol>`: plain shapes, with no style, script or id."""

    view_box: str
    inner: str


def _catalogue() -> dict[str, Symbol]:
    listed = json.loads((FOLDER / "catalogue.json").read_text(encoding="utf-8"))
    return {name: Symbol(name, **entry) for name, entry in listed.items()}


SYMBOLS: Mapping[str, Symbol] = MappingProxyType(_catalogue())


@cache
def drawing(name: str) -> Drawing:
    """The drawing of a symbol, its root's colours and strokes kept on a group. Raises KeyError."""
    text = (FOLDER / SYMBOLS[name].file).read_text(encoding="utf-8")
    found = _SVG.fullmatch(text)
    if found is None:
        raise ValueError(f"{SYMBOLS[name].file} is not one plain <svg>")
    root = dict(_ATTRIBUTE.findall(found[1]))
    kept = "".join(f' {key}="{value}"' for key, value in root.items() if key not in _OF_THE_ROOT_ALONE)
    return Drawing(root["viewBox"], f"<g{kept}>{found[2]}</g>" if kept else found[2])
