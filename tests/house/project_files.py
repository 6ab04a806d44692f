"""The project's own files, as the architecture's tests read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = frozenset({"node_modules", "build", "bundles", "instance", "vendor", "material", "__pycache__", "htmlcov"})
SOURCES = frozenset({".py", ".html", ".js", ".css"})
TEXTS = SOURCES | {".md", ".toml", ".txt", ".in", ".json", ".yaml", ".yml", ".svg", ""}


def files(suffixes: frozenset[str], below: Path = ROOT) -> Iterator[Path]:
    """Files of the project, without what tools made and what others wrote."""
    for path in sorted(below.iterdir()):
        hidden = path.name.startswith(".") and path.name != ".ci"
        if path.is_dir() and not hidden and path.name not in NOT_OURS and path.suffix != ".egg-info":
            yield from files(suffixes, path)
        elif path.is_file() and not hidden and path.suffix in suffixes:
            yield path


def name_of(path: Path) -> str:
    """A file's path inside the project, for messages."""
    return path.relative_to(ROOT).as_posix()


def modules(*folders: str) -> dict[str, ast.Module]:
    """Parsed Python files of some folders, by name."""
    found = [path for folder in folders for path in files(frozenset({".py"}), ROOT / folder)]
    return {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in found}
