"""The pages that are printed, and the QR code alone: which cards are on them, and what each says."""

import io
import re
from xml.etree.ElementTree import Element, fromstring

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from surveyapp.model.codes import shown_card_code
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.cards.stacks import codes_in, in_languages
from tests.factories import card_of, make_survey
from tests.visitor import Page, Visitor

SVG = "{http://www.w3.org/2000/svg}"
LABELS = ("Link", *(f"Table {number}" for number in range(1, 10)), "Door")


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with a link, nine tables and a door."""
    return make_survey(session, team, labels=LABELS)


def printed(page: Page) -> list[str]:
    """The words of each card on a page that a screen reader reads."""
    return [" ".join(" ".join(card.itertext()).split()) for card in page.tree.iter("article")]


def sheets(page: Page) -> list[Element]:
    """The sheets of a page."""
    return [one for one in page.tree.iter("div") if one.get("class", "").startswith("sheet ")]


@pytest.mark.parametrize(
    ("query", "per", "count"),
    [
        ("", 4, 3),
        ("?sheet=a6", 4, 3),
        ("?sheet=a5", 2, 5),
        ("?sheet=tent", 2, 10),
        ("?sheet=stickers", 10, 1),
        ("?sheet=x", 4, 3),
    ],
)
def test_every_table_and_the_door_but_no_link(query: str, per: int, count: int, survey: Survey, olu: Visitor) -> None:
    survey.cards[0].survey.add_card("Poster", sheet="poster")
    page = olu.get(f"/surveys/{survey.id}/cards/print{query}")
    assert len(sheets(page)) == count
    assert max(len(list(sheet.iter("article"))) for sheet in sheets(page)) == per
    shown = printed(page)[:: 2 if "tent" in query else 1]
    for card, words in zip(survey.cards[1:11], shown, strict=True):
        assert f" {card.label}" in words
        assert shown_card_code(card.code) in words


def test_card_says_everything_that_a_person_needs(survey: Survey, olu: Visitor) -> None:
    (words,) = printed(olu.get(f"/surveys/{survey.id}/cards/print?card={survey.cards[2].code}"))
    assert words == (
        "Carers' day What did you think of today? Very good Good OK Bad Very bad Table 2 Scan this with your phone. "
        f"Or type: localhost Your code: {shown_card_code(survey.cards[2].code)} Ask us for paper or help."
    )


def test_one_card_fills_a_sheet_of_stickers(survey: Survey, olu: Visitor) -> None:
    page = olu.get(f"/surveys/{survey.id}/cards/print?sheet=stickers&card={survey.cards[2].code}")
    assert len(printed(page)) == 24
    assert len(set(printed(page))) == 1


def test_second_face_of_a_tent_is_not_read_twice(survey: Survey, olu: Visitor) -> None:
    page = olu.get(f"/surveys/{survey.id}/cards/print?sheet=tent&card={survey.cards[2].code}")
    assert [part.get("aria-hidden") for part in page.tree.iter("div") if part.get("class") == "turned"] == ["true"]
    assert len([heading for heading in page.tree.iter("h2") if heading.get("class") == "question"]) == 1


def test_faces_are_drawn_once_and_referred_to(survey: Survey, olu: Visitor) -> None:
    page = olu.get(f"/surveys/{survey.id}/cards/print")
    names = ["sym-very_good", "sym-good", "sym-okay", "sym-bad", "sym-very_bad"]
    assert [symbol.get("id") for symbol in page.tree.iter(f"{SVG}symbol")] == names
    assert [use.get("href") for use in page.tree.iter(f"{SVG}use")] == [f"#{name}" for name in names] * 10


def test_poster_is_of_its_own_card(survey: Survey, session: Session, olu: Visitor) -> None:
    address = f"/surveys/{survey.id}/cards/print?sheet=poster"
    assert "The poster has no card of its own yet." in olu.get(address).text
    survey.add_card("Poster", sheet="poster")
    session.commit()
    page = olu.get(address)
    assert page.h1 == "What did you think of today?"
    assert shown_card_code(card_of(survey, "Poster").code) in printed(page)[0]
    chosen = olu.get(f"{address}&card={survey.cards[1].code.upper()}")
    assert "Table 1" in printed(chosen)[0]


def test_survey_without_cards_to_print_says_what_to_do(session: Session, team: Team, olu: Visitor) -> None:
    bare = make_survey(session, team, labels=["Link"])
    assert "There is no card to print yet." in olu.get(f"/surveys/{bare.id}/cards/print").text
    assert "Add some first." in olu.get(f"/surveys/{bare.id}/cards").text


def test_languages_stand_on_the_card_by_their_own_names(session: Session, team: Team, olu: Visitor) -> None:
    survey = make_survey(session, team, in_languages("en", "cy", "ur", "tlh"))
    page = olu.get(f"/surveys/{survey.id}/cards/print")
    assert printed(page)[0].endswith("English · Cymraeg · اردو · Tlh")
    directions = {span.get("lang"): span.get("dir") for span in page.tree.iter("span") if span.get("lang")}
    assert directions == {"en": "ltr", "cy": "ltr", "ur": "rtl", "tlh": "ltr"}


def test_title_cannot_break_out_of_the_page(session: Session, team: Team, olu: Visitor) -> None:
    survey = make_survey(session, team, title="</p><script>alert(1)</script> & “friends”")
    page = olu.get(f"/surveys/{survey.id}/cards/print")
    assert "<script>alert(1)</script> & “friends”" in printed(page)[0]


def test_slide_counts_live_and_leaves_out_rehearsals(survey: Survey, session: Session, olu: Visitor) -> None:
    address = f"/surveys/{survey.id}/cards/slide"
    assert "The slide has no card of its own yet." in olu.get(address).text
    survey.add_card("Screen", sheet="slide").finished_count = 4
    survey.add_card("Rehearsal", source="rehearsal").finished_count = 9
    session.commit()
    page = olu.get(address)
    assert "Answers so far: 4" in page.text
    assert shown_card_code(card_of(survey, "Screen").code) in page.text


def test_drawing_alone_is_a_picture_of_the_card(survey: Survey, olu: Visitor) -> None:
    code = survey.cards[1].code
    answer = olu.get(f"/surveys/{survey.id}/cards/{code}.svg").response
    assert answer.mimetype == "image/svg+xml"
    drawing = fromstring(answer.get_data(as_text=True))  # noqa: S314 -- our own drawing
    assert drawing.get("width") == "54mm"
    assert drawing[0].text == f"Table 1: http://localhost/s/{code}"
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", drawing[2].get("d", ""))


def test_picture_alone_leads_to_the_survey(survey: Survey, olu: Visitor, ana: Visitor) -> None:
    code = survey.cards[1].code
    answer = olu.get(f"/surveys/{survey.id}/cards/{code.upper()}.png").response
    assert answer.mimetype == "image/png"
    (found,) = codes_in(Image.open(io.BytesIO(answer.get_data())).convert("L"))
    assert found == f"HTTP://LOCALHOST/S/{code.upper()}"
    assert ana.get(found.removeprefix("HTTP://LOCALHOST")).h1 == "Carers' day"


@pytest.mark.parametrize("name", ["{other}.svg", "{other}.png", "nothing.svg", "k7q4m.png", "%00.svg", "{other}"])
def test_code_of_no_card_of_this_survey(name: str, session: Session, team: Team, survey: Survey, olu: Visitor) -> None:
    other = make_survey(session, team, title="Another day").cards[0].code
    olu.get(f"/surveys/{survey.id}/cards/{name.format(other=other)}", 404)
