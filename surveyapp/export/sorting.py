"""Lines in the order of their first cell, in memory that doesn't grow with them: beyond some, they wait in files."""

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

HELD = 20_000  # lines in memory
BATCH = 500
SortedRow = tuple[Any, ...]


def in_order(lines: Iterable[SortedRow]) -> Iterator[Iterable[SortedRow]]:
    """The lines, in parts; cells are text or None. Files lie in a folder of their own, which goes when they are read.

    Raises OSError where there is no room for them.
    """
    waiting = iter(lines)
    first = sorted(islice(waiting, HELD), key=_first_cell)
    if len(first) < HELD:
        yield first
        return
    with TemporaryDirectory(prefix="sorting-") as folder:
        parts = [_read(_written(Path(folder), number, part)) for number, part in enumerate(_parts(first, waiting))]
        merged = merge(*parts, key=_first_cell)
        while batch := list(islice(merged, BATCH)):
            yield batch


def _parts(first: list[SortedRow], waiting: Iterator[SortedRow]) -> Iterator[list[SortedRow]]:
    part = first
    while part:
        yield part
        part = sorted(islice(waiting, HELD), key=_first_cell)


def _written(folder: Path, number: int, part: list[SortedRow]) -> Path:
    path = folder / str(number)
    with path.open("wb") as file:
        file.writelines(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in part)
    return path


def _read(path: Path) -> Iterator[SortedRow]:
    with path.open("rb") as file:
        for line in file:
            yield tuple(orjson.loads(line))


def _first_cell(line: SortedRow) -> str:
    return str(line[0])
