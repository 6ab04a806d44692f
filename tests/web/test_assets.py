"""Static files are published once, under names that carry their hash, smaller but the same in meaning."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask

from surveyapp.web.assets import publish, slimmed

STATIC = Path(__file__).parents[2] / "surveyapp" / "static"


def test_file_is_published_under_its_hash_with_both_compressions(tmp_path: Path) -> None:
    source = tmp_path / "static"
    source.mkdir()
    (source / "a.txt").write_text("hello")

    name = publish(source, tmp_path / "out")["a.txt"]

    copy = tmp_path / "out" / name
    assert re.fullmatch(r"a\.[0-9a-f]{12}\.txt", name)
    assert copy.read_text() == "hello"
    assert gzip.decompress(copy.with_name(name + ".gz").read_bytes()) == b"hello"
    assert brotli.decompress(copy.with_name(name + ".br").read_bytes()) == b"hello"


def test_changed_file_gets_another_name(tmp_path: Path) -> None:
    source = tmp_path / "static"
    source.mkdir()
    (source / "a.txt").write_text("hello")
    before = publish(source, tmp_path / "out")["a.txt"]
    (source / "a.txt").write_text("goodbye")

    assert publish(source, tmp_path / "out")["a.txt"] != before


def test_comments_and_indentation_go_and_addresses_stay() -> None:
    script = b'// why\n  const a = "https://example.org" // note\n\n  go(a)   // there\n'

    assert slimmed("js/a.js", script) == b'const a = "https://example.org"\ngo(a)'


def test_scripts_of_a_bundle_stand_in_blocks_of_their_own(tmp_path: Path) -> None:
    source = tmp_path / "static"
    (source / "js").mkdir(parents=True)
    (source / "js" / "sending.js").write_text("const a = 1 // one\n")
    (source / "js" / "steps.js").write_text("const a = 2\n")

    name = publish(source, tmp_path / "out")["js/survey.js"]

    assert (tmp_path / "out" / name).read_text() == "{\nconst a = 1\n}\n{\nconst a = 2\n}"


@pytest.mark.parametrize("script", sorted(STATIC.glob("js/*.js")), ids=lambda path: path.name)
def test_no_script_breaks_a_line_inside_a_template_literal(script: Path) -> None:
    assert [line for line in script.read_text().splitlines() if line.count("`") % 2] == []


def test_phone_keeps_a_static_file_for_ever_and_gets_it_compressed(app: Flask) -> None:
    url = app.jinja_env.globals["asset"]("css/survey.css")  # type: ignore[operator]  # Jinja types its globals loosely

    with app.test_client().get(url, headers={"Accept-Encoding": "gzip"}) as reply:
        assert reply.status_code == 200
        assert "immutable" in reply.headers["Cache-Control"]
        assert reply.headers["Content-Encoding"] == "gzip"
