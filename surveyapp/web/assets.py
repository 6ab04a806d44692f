"""Static files under names that carry their hash, so that a phone fetches each only once.

WhiteNoise serves a copy in the instance folder, compressed beforehand and cacheable for ever. Of our scripts only the
bundles are published, which `make bundles` makes of the modules in `static/js`.
"""

import gzip
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from flask import Flask
from whitenoise import WhiteNoise

PREFIX = "/assets/"
SOURCES = "js/"
_STRING_OR_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
_SPACES = re.compile(r"\s+")
_BESIDE_BRACES = re.compile(r" ?([{};]) ?")
_AFTER_NAME = re.compile(r"([{;][\w-]+): ")
COMPRESSED = frozenset({".css", ".js", ".svg", ".json", ".txt"})


def init_app(app: Flask) -> None:
    """Publish the static folder, serve it, and give templates `asset("css/survey.css")`."""
    published = Path(app.instance_path) / "assets"
    names = publish(Path(app.root_path) / "static", published)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # the documented way to wrap a Flask app
        app.wsgi_app, root=str(published), prefix=PREFIX, immutable_file_test=_is_immutable
    )
    urls = {name: PREFIX + hashed for name, hashed in names.items()}
    app.jinja_env.globals["asset"] = urls.__getitem__


def publish(source: Path, target: Path) -> Mapping[str, str]:
    """Copy every file under its hashed name, with gzip and Brotli beside it; return name → hashed name."""
    names = {}
    for name, content in _contents(source):
        names[name] = _hashed(name, content)
        copy = target / names[name]
        if not copy.exists():
            _write(copy, content)
    return names


def _contents(source: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        name = file.relative_to(source).as_posix()
        if not name.startswith(SOURCES):
            yield name, slimmed(file.read_text("utf-8")).encode() if file.suffix == ".css" else file.read_bytes()


@cache
def slimmed(style_sheet: str) -> str:
    """A style sheet without its comments and the spaces that mean nothing; what stands in a string stays."""
    strings: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        if found[1] is None:
            return ""
        strings.append(found[1])
        return "\0"

    between = _tight(_STRING_OR_COMMENT.sub(put_aside, style_sheet)).strip().split("\0")
    return "".join(part + string for part, string in zip(between, [*strings, ""], strict=True))


def _tight(rules: str) -> str:
    """Rules without line breaks, and without spaces beside braces and stops or after a property's name."""
    flat = _BESIDE_BRACES.sub(r"\1", _SPACES.sub(" ", rules))
    return _AFTER_NAME.sub(r"\1:", flat).replace(", ", ",").replace(";}", "}")


def _hashed(name: str, content: bytes) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{ending}"


def _write(copy: Path, content: bytes) -> None:
    """Write the compressed ones first, so that a file that is there is whole."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    if copy.suffix in COMPRESSED:
        _replace(copy.with_name(copy.name + ".br"), brotli.compress(content))
        _replace(copy.with_name(copy.name + ".gz"), gzip.compress(content, mtime=0))
    _replace(copy, content)


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)


def _is_immutable(_path: str, url: str) -> bool:
    return urlsplit(url).path.startswith(PREFIX)
