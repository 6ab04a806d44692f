"""The PDF: codes read from its pages, its fonts and tags, and what happens to letters that it can't write."""

import ctypes
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw
from sqlalchemy.orm import Session

from surveyapp.model.languages import TRANSLATED
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.rendering.typesetting.fonts import FOLDER, letters_of, missing_letters
from tests.cards.stacks import STAINS, codes_in, in_languages, stained
from tests.factories import card_of, make_survey
from tests.visitor import Visitor

PAGES = {"a6": 2, "a5": 3, "tent": 5, "stickers": 1, "poster": 1}
LABELS = ("Link", "Table 1", "Table 2", "Table 3", "Table 4", "Door")
LONG_ADDRESS = "https://feedback.community-engagement.northern-health.example.org/surveys"


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what is printed does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with a link, four tables, a door and a poster."""
    made = make_survey(session, team, labels=LABELS)
    made.add_card("Poster", sheet="poster")
    session.commit()
    return made


def fetched(olu: Visitor, survey: Survey, query: str) -> pypdfium2.PdfDocument:
    """The PDF that an organiser downloads."""
    answer = olu.client.get(f"/surveys/{survey.id}/cards.pdf{query}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return pypdfium2.PdfDocument(answer.data)


def elements(page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    """The type and the alternative text of every element of a page's tags."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    for place in range(raw.FPDF_StructTree_CountChildren(tree)):
        yield from _below(raw.FPDF_StructTree_GetChildAtIndex(tree, place))


def _below(element: Any) -> Iterator[tuple[str, str]]:
    yield _text(raw.FPDF_StructElement_GetType, element), _text(raw.FPDF_StructElement_GetAltText, element)
    for place in range(raw.FPDF_StructElement_CountChildren(element)):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, place):
            yield from _below(child)


def _text(of: Any, element: Any) -> str:
    length = of(element, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    of(element, buffer, length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le")


@pytest.mark.parametrize("sheet", PAGES)
def test_every_code_is_read_from_its_page_and_leads_to_the_survey(
    sheet: str, survey: Survey, olu: Visitor, ana: Visitor
) -> None:
    made = fetched(olu, survey, f"?sheet={sheet}")
    assert len(made) == PAGES[sheet]
    found = [text for page in made for text in codes_in(page.render(scale=60 / 72).to_pil().convert("L"))]
    cards = survey.cards[-1:] if sheet == "poster" else survey.cards[1:-1] * (2 if sheet == "tent" else 1)
    assert sorted(found) == sorted(f"HTTP://LOCALHOST/S/{card.code.upper()}" for card in cards)
    for text in set(found):
        assert ana.get(text.removeprefix("HTTP://LOCALHOST")).h1 == survey.title
    clean = made[0].render(scale=2).to_pil().convert("L")
    for place in STAINS:
        assert sorted(codes_in(stained(clean, place))) == sorted(codes_in(clean)) != []


def test_it_is_tagged_with_a_heading_and_a_description_of_each_code(survey: Survey, olu: Visitor) -> None:
    made = fetched(olu, survey, "?sheet=a6")
    assert raw.FPDFCatalog_IsTagged(made.raw)
    assert made.get_metadata_dict()["Title"] == "Cards: Carers' day"
    tags = list(elements(made[0]))
    assert [kind for kind, _alt in tags].count("H1") == 4
    described = [alt for kind, alt in tags if kind == "Figure" and alt]
    assert described == [f"QR code of http://localhost/s/{card.code}" for card in survey.cards[1:5]]
    answer = olu.client.get(f"/surveys/{survey.id}/cards.pdf")
    assert b"pdfuaid:part" in answer.data
    assert b"/FontFile" in answer.data


def test_typed_address_stays_large_however_long_it_is(session: Session, team: Team, olu: Visitor) -> None:
    olu.client.application.config["PUBLIC_URL"] = LONG_ADDRESS
    asked = in_languages("en", "cy", "ur", "ar")
    survey = make_survey(session, team, asked, title="The Annual Gathering of " * 8, labels=["x" * 30 + " " + "y" * 29])
    for sheet in ("a6", "a5", "tent"):
        page = fetched(olu, survey, f"?sheet={sheet}")[0]
        size = ctypes.c_float()
        sizes = [
            size.value for part in page.get_objects() if part.type == raw.FPDF_PAGEOBJ_TEXT
            and raw.FPDFTextObj_GetFontSize(part.raw, size)
        ]  # fmt: skip
        assert max(sizes) >= 24
        assert sum(value >= 24 for value in sizes) > 8


def test_words_of_many_scripts_are_written_and_others_are_told(session: Session, team: Team, olu: Visitor) -> None:
    written = "Żółć · Gŵyl · اردو ٹیبل · ਮੇਜ਼ · টেবিল · ટેબલ · Стіл"
    survey = make_survey(session, team, title=written, labels=[written])
    assert missing_letters(written) == ""
    assert "Gŵyl" in fetched(olu, survey, "")[0].get_textpage().get_text_range()
    survey.cards[0].label = "桌子 🎉"
    session.commit()
    page = olu.get(f"/surveys/{survey.id}/cards.pdf", 422)
    assert "The PDF can't write some letters on these cards" in page.text
    assert "桌子 🎉" in page.text


def test_cards_of_every_language_stand_where_the_sheet_is_cut(session: Session, team: Team, olu: Visitor) -> None:
    survey = make_survey(session, team, in_languages("en", *TRANSLATED), labels=["Link", *TRANSLATED])
    for card in survey.cards[1:]:
        card.language = card.label
    session.commit()
    made = fetched(olu, survey, "?sheet=a6")
    found: list[str] = []
    for page in made:
        picture = page.render(scale=60 / 72).to_pil().convert("L")
        half = (picture.width // 2, picture.height // 2)
        quarters = [(x, y, x + half[0], y + half[1]) for y in (0, half[1]) for x in (0, half[0])]
        found += [text for quarter in quarters for text in codes_in(picture.crop(quarter))]
    assert found == [f"HTTP://LOCALHOST/S/{card.code.upper()}" for card in survey.cards[1:]]
    text = made[0].get_textpage().get_text_range()
    assert "Sganiwch" in text
    assert "Zeskanuj" in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_one_card_fills_a_sheet_of_stickers(language: str, survey: Survey, session: Session, olu: Visitor) -> None:
    survey.cards[1].language = language
    session.commit()
    (page,) = fetched(olu, survey, f"?sheet=stickers&card={survey.cards[1].code}")
    found = codes_in(page.render(scale=2).to_pil().convert("L"))
    assert found == [f"HTTP://LOCALHOST/S/{survey.cards[1].code.upper()}"] * 24


def test_organisers_words_are_never_markup(session: Session, team: Team, olu: Visitor) -> None:
    nasty = '#panic("x") $x$ *bold* @ref \\u{41} [a](b) `c` <label> "q" #image("/etc/passwd")'
    survey = make_survey(session, team, title=nasty, labels=[nasty[:60]])
    text = " ".join(
        fetched(olu, survey, "?sheet=poster&card=" + survey.cards[0].code)[0].get_textpage().get_text_range().split()
    )
    assert '#panic("x") $x$ *bold* @ref' in text.replace("“", '"').replace("”", '"')


def test_survey_without_cards_shows_the_page_that_says_so(session: Session, team: Team, olu: Visitor) -> None:
    bare = make_survey(session, team, labels=["Link"])
    assert "There is no card to print yet." in olu.get(f"/surveys/{bare.id}/cards.pdf").text


def test_two_hundred_cards_take_seconds(session: Session, team: Team, olu: Visitor) -> None:
    survey = make_survey(session, team, labels=[f"Table {number}" for number in range(1, 201)])
    began = time.monotonic()
    made = fetched(olu, survey, "?sheet=a6")
    assert len(made) == 50
    assert time.monotonic() - began < 20  # 2 s alone on two cores; other tests may run beside it
    assert card_of(survey, "Table 200").code


@pytest.mark.parametrize("font", sorted(FOLDER.glob("*.ttf")), ids=lambda font: font.stem)
def test_letters_of_a_font_are_read_as_they_are(font: Path) -> None:
    letters = set(letters_of(font.read_bytes()))
    document = pypdfium2.PdfDocument.new()
    data = font.read_bytes()
    loaded = raw.FPDFText_LoadFont(document.raw, (ctypes.c_uint8 * len(data)).from_buffer_copy(data), len(data), 2, 1)
    assert loaded
    width = ctypes.c_float()
    drawn = {code for code in letters if raw.FPDFFont_GetGlyphWidth(loaded, code, 10.0, width)}
    assert letters - drawn == set()
