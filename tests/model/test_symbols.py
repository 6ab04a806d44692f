"""The symbols: every name has words and a drawing that may stand in a page under a strict policy."""

import gzip
import re
from xml.etree import ElementTree as ET

import pytest

from surveyapp.editing.library import ready_surveys
from surveyapp.model.symbols import FOLDER, SYMBOLS, drawing

FORBIDDEN = re.compile(r"<(style|script|image|text|use|a|foreignObject)\b|\b(style|id|class|href|on\w+)=|url\(|#sym")
SHAPES = {"g", "path", "circle", "ellipse", "line", "polyline", "polygon", "rect"}

each_symbol = pytest.mark.parametrize("name", SYMBOLS)


@each_symbol
def test_a_symbol_has_words_and_a_drawing_of_plain_shapes(name: str) -> None:
    drawn = drawing(name)
    assert SYMBOLS[name].words
    assert re.fullmatch(r"-?\d+ -?\d+ (\d+) \1", drawn.view_box)
    assert not FORBIDDEN.search(drawn.inner)
    parsed = ET.fromstring(f"<svg>{drawn.inner}</svg>")  # noqa: S314 -- our own file
    assert {element.tag for element in parsed.iter()} <= SHAPES | {"svg"}


@each_symbol
def test_a_symbol_is_small_enough_to_stand_in_a_page(name: str) -> None:
    assert len(drawing(name).inner.encode()) < 4000


@pytest.mark.parametrize("name", [name for name, symbol in SYMBOLS.items() if symbol.own])
def test_our_own_drawings_take_the_colour_of_the_text(name: str) -> None:
    inner = drawing(name).inner
    assert set(re.findall(r'(?:fill|stroke|color)="([^"]*)"', inner)) <= {"none", "currentColor"}
    assert 'stroke="currentColor"' in inner


def test_a_drawings_root_keeps_its_strokes_on_a_group() -> None:
    assert drawing("okay").inner.startswith('<g fill="none" stroke="currentColor" stroke-width="4.5"')


def test_a_name_that_is_not_in_the_catalogue_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        drawing("../catalogue")


def test_every_picture_that_is_kept_is_in_the_catalogue_and_no_two_names_share_one() -> None:
    kept = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.svg")}
    listed = [symbol.file for symbol in SYMBOLS.values()]
    assert kept == set(listed)
    assert len(listed) == len(kept)


def test_every_borrowed_picture_is_credited_beside_its_licence() -> None:
    credit = (FOLDER / "openmoji" / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in credit for path in (FOLDER / "openmoji").glob("*.svg"))
    assert "Attribution-ShareAlike 4.0" in (FOLDER / "openmoji" / "LICENSE.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ready_surveys())
def test_a_surveys_pictures_leave_room_in_the_first_load(key: str) -> None:
    questions = ready_surveys()[key].questions
    choices = (choice for question in questions for choice in question.choices)
    names = sorted({question.symbol for question in questions} | {choice.symbol for choice in choices})
    sprite = "".join(f'<symbol id="sym-{name}">{drawing(name).inner}</symbol>' for name in names)
    assert len(gzip.compress(sprite.encode())) < 9 * 1024
