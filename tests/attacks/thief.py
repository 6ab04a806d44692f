"""A thief who has the database's files, and nothing else: what do they tell of order, table and equality answers?"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from sqlalchemy import Engine, text

PAGE = {"sqlite": 4096, "postgresql": 8192}
TABLES = (
    "inbox", "response", "unlinked_inbox", "unlinked_count", "figure_count", "card", "comment_note", "audit_entry",
    "paper_sitting", "paper_sheet", "contact",
)  # fmt: skip
Files = Mapping[str, bytes]


def sqlite_files(database: Path) -> Files:
    """The database and all that SQLite keeps beside it, as they lie on the disk."""
    found = sorted(database.parent.glob(f"{database.name}*"))
    return {file.name: file.read_bytes() for file in found if file.is_file()}


def postgres_files(engine: Engine, folder: Path) -> Files:
    """The files of the tables about attendees and of their indexes, after what was in memory is on the disk."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        named = text(
            "SELECT c.relname, pg_relation_filepath(c.oid) FROM pg_class c "
            "LEFT JOIN pg_index i ON i.indexrelid = c.oid "
            "LEFT JOIN pg_class t ON t.oid = i.indrelid WHERE COALESCE(t.relname, c.relname) = ANY(:tables)"
        )
        paths = [*connection.execute(named, {"tables": list(TABLES)})]
    return {name: (folder / path).read_bytes() for name, path in paths if (folder / path).exists()}


def copies(files: Files, words: str) -> list[tuple[str, int]]:
    """Each place at which words stand, by file and offset."""
    found = []
    for name, content in files.items():
        at = content.find(words.encode())
        while at >= 0:
            found.append((name, at))
            at = content.find(words.encode(), at + 1)
    return found


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Kendall's tau without ties: 1 for the same order, -1 for the opposite one, about 0 for none."""
    return agreement(zip(first, second, strict=True))


def agreement(pairs: Iterable[tuple[float, float]]) -> float:
    """The share of couples in the same order less that in the opposite one."""
    signs = [_sign(one[0] - other[0]) * _sign(one[1] - other[1]) for one, other in combinations(pairs, 2)]
    counted = [sign for sign in signs if sign]
    return sum(counted) / len(counted) if counted else 0.0


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def order_within_pages(places: Mapping[str, tuple[str, int]], order: Mapping[str, int], page: int) -> float:
    """How well the place within a page tells the order; a page is filled from its end, whatever it is sorted by."""
    by_page: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for words, (file, at) in places.items():
        by_page.setdefault((file, at // page), []).append((-(at % page), order[words]))
    signs = [
        _sign(one[0] - other[0]) * _sign(one[1] - other[1])
        for pairs in by_page.values()
        for one, other in combinations(pairs, 2)
    ]
    return sum(signs) / len(signs) if signs else 0.0


def order_in_files(places: Mapping[str, tuple[str, int]], order: Mapping[str, int]) -> float:
    """How well the place in a file tells the order."""
    by_file: dict[str, list[tuple[float, float]]] = {}
    for words, (file, at) in places.items():
        by_file.setdefault(file, []).append((at, order[words]))
    return max((agreement(pairs) for pairs in by_file.values()), key=abs, default=0.0)


def rows_by_writer(engine: Engine, table: str, column: str) -> list[tuple[int, str, str]]:
    """PostgreSQL's own columns: which transaction wrote a row, where it lies, and one column of it, oldest first."""
    read = text(f"SELECT xmin::text::bigint, ctid::text, {column}::text FROM {table} ORDER BY 1, ctid")  # noqa: S608 -- names of this file's callers
    with engine.connect() as connection:
        return [(row[0], row[1], row[2]) for row in connection.execute(read)]
