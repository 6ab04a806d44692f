"""Static files under names that carry their hash, so that a phone fetches each only once.

WhiteNoise serves a copy in the instance folder, compressed beforehand and cacheable for ever.
"""

import gzip
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from flask import Flask
from whitenoise import WhiteNoise

PREFIX = "/assets/"
_COMMENT = re.compile(r"^\s*//.*$|\s+// .*$|/\*.*?\*/")
BUNDLES = {"js/survey.js": ("js/sending.js", "js/steps.js")}  # what a phone fetches before the first tap, in one file
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
        yield name, slimmed(name, file.read_bytes())
    for name, parts in BUNDLES.items():
        if all((source / part).exists() for part in parts):
            yield name, bundled(slimmed(part, (source / part).read_bytes()) for part in parts)


def bundled(parts: Iterable[bytes]) -> bytes:
    """Several modules as one, each in a block of its own, so that they may use the same names."""
    return b"\n".join(b"{\n" + part + b"\n}" for part in parts)


def slimmed(name: str, content: bytes) -> bytes:
    """Our own scripts and style sheets without their indentation and the comments that fill a line or end one.

    A script may therefore not break a line inside a template literal.
    """
    if not name.endswith((".js", ".css")) or name.startswith("vendor/"):
        return content
    lines = (_COMMENT.sub("", line).strip() for line in content.decode().splitlines())
    return "\n".join(line for line in lines if line).encode()


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
