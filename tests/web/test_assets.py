"""Static files are published once, under names that carry their hash, smaller but the same in meaning."""

import gzip
import re
from pathlib import Path

import brotli
from flask import Flask

from surveyapp.web.assets import publish, slimmed


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


def test_comments_and_empty_spaces_of_a_style_sheet_go_and_strings_stay() -> None:
    sheet = "/* why\n   so */\n.a::before {\n  content: \"/* not 'one' */\"; /* here's one */\n}\n"

    assert slimmed(sheet) == ".a::before{content:\"/* not 'one' */\"}"


def test_spaces_that_mean_something_in_a_style_sheet_stay() -> None:
    sheet = """@media (min-width: 1px) and (hover) {
      a:not(.b) .c, d > e :hover { --x: calc(1px - 2 * var(--y)); margin: 0 -1px; content: "a;  b, { c }"; }
    }"""

    assert slimmed(sheet) == (
        "@media (min-width: 1px) and (hover){a:not(.b) .c,d > e :hover"
        '{--x:calc(1px - 2 * var(--y));margin:0 -1px;content:"a;  b, { c }"}}'
    )


def test_scripts_are_published_as_they_were_bundled_and_their_modules_are_not(tmp_path: Path) -> None:
    source = tmp_path / "static"
    for folder, script in {"js": "export const a = 1", "bundles": 'go("either // or")'}.items():
        (source / folder).mkdir(parents=True)
        (source / folder / "a.js").write_text(script)

    names = publish(source, tmp_path / "out")

    assert set(names) == {"bundles/a.js"}
    assert (tmp_path / "out" / names["bundles/a.js"]).read_text() == 'go("either // or")'


def test_phone_keeps_a_static_file_for_ever_and_gets_it_compressed(app: Flask) -> None:
    url = app.jinja_env.globals["asset"]("css/survey.css")  # type: ignore[operator]  # Jinja types its globals loosely

    with app.test_client().get(url, headers={"Accept-Encoding": "gzip"}) as reply:
        assert reply.status_code == 200
        assert "immutable" in reply.headers["Cache-Control"]
        assert reply.headers["Content-Encoding"] == "gzip"


def test_attendees_style_has_a_plain_value_beside_every_one_that_old_engines_do_not_know() -> None:
    """Chromium 72 drops a declaration with `min()`; in a custom property it makes nothing of what uses that."""
    source = (Path(__file__).parents[2] / "surveyapp/static/css/survey.css").read_text("utf-8")
    plain = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    plain = re.sub(r"@supports \(width: min[^{]*\{[^{}]*\{[^{}]*\}\s*\}", "", plain)

    for block in re.findall(r"\{([^{}]*)\}", plain):
        known = {"text-decoration-thickness", "scroll-margin-top"}  # which old engines can do without
        for name, _, value in (part.strip().partition(":") for part in block.split(";") if part.strip()):
            is_new = re.search(r"\b(?:min|max|clamp)\(", value)
            assert not is_new or {name, name.replace("-inline", "")} & known, f"{name}:{value} stands alone in {block}"
            known.add(name)
            known |= {"inset", "padding"} if name in ("left", "padding-left") else set()
