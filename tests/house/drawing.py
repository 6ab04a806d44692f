"""The rooms of the app as one drawing, made from its real imports: `make drawing` writes it for the documents.

A row and a column for each room, those that stand on others first, as `pyproject.toml` lays them in layers. A square
says that the room of the row imports the one of the column; below the diagonal there is none, since imports point one
way.
"""

import sys
import tomllib
from collections.abc import Iterator

import grimp

from tests.house.project_files import ROOT

PATH = ROOT / "docs" / "pictures" / "rooms.svg"
CELL, NAMES = 28, 96
SHAPED = 'font-family="sans-serif" font-size="14"'


def layers() -> list[list[str]]:
    """The rooms of each layer, the highest first."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    listed = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[name.strip(" ()") for name in layer.replace(":", "|").split("|")] for layer in listed]


def imports() -> set[tuple[str, str]]:
    """Which room imports which."""
    graph = grimp.build_graph("surveyapp")
    pairs = {
        (importer.split(".")[1], imported.split(".")[1])
        for importer in graph.modules
        if "." in importer
        for imported in graph.find_modules_directly_imported_by(importer)
        if "." in imported
    }
    return {(one, other) for one, other in pairs if one != other}


def drawing() -> str:
    """The drawing as SVG."""
    rows = layers()
    rooms = [room for row in rows for room in row]
    side = NAMES + CELL * len(rooms) + 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" role="img" {SHAPED}>',
        "<title>Which room imports which: a square in the row of the one that imports</title>",
        f'<rect width="{side}" height="{side}" fill="#fff"/>',
        *_bands(rows),
        *_names(rooms),
        *_squares(rooms),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _bands(rows: list[list[str]]) -> Iterator[str]:
    """Rooms of one layer, which never import each other, as a field on the diagonal."""
    start = NAMES
    for row in rows:
        side = CELL * len(row)
        yield f'<rect x="{start}" y="{start}" width="{side}" height="{side}" fill="#eef1f4" stroke="#c3ccd5"/>'
        start += side


def _names(rooms: list[str]) -> Iterator[str]:
    for place, room in enumerate(rooms):
        middle = NAMES + CELL * place + CELL // 2
        yield f'<text x="{NAMES - 8}" y="{middle + 5}" text-anchor="end">{room}</text>'
        yield f'<text transform="translate({middle + 5} {NAMES - 8}) rotate(-90)">{room}</text>'


def _squares(rooms: list[str]) -> Iterator[str]:
    found = imports()
    for row, one in enumerate(rooms):
        for column, other in enumerate(rooms):
            if (one, other) in found:
                left, top = NAMES + CELL * column + 6, NAMES + CELL * row + 6
                fill = "#1d4f7c" if column > row else "#c0392b"
                yield f'<rect x="{left}" y="{top}" width="{CELL - 12}" height="{CELL - 12}" fill="{fill}"/>'


if __name__ == "__main__":
    PATH.write_text(drawing(), encoding="utf-8")
    sys.stdout.write(f"{PATH.relative_to(ROOT)} is drawn.\n")
