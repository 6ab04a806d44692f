"""The pages that are printed, and the QR code alone: which cards are on them, and what each says."""

import io
import re
from xml.etree.ElementTree import Element, fromstring

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy.orm import Session

from surveyapp.domain.codes import shown_card_code
from surveyapp.domain.survey import Survey
from surveyapp.domain.team import Team
from tests.factories import make_survey
from tests.visitor import Page, Visitor

SVG = "{http://www.w3.org/2000/svg}"
LABELS = ("Link", *(f"Table {number}" for number in range(1, 10)), "Door")


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with a link, nine tables and a door."""
    return make_survey(session, team, labels=LABELS)


def printed(page: Page) -> list[str]:
    """The words of each card on a page."""
    return [" ".join(" ".join(card.itertext()).split()) for card in page.tree.iter("article")]


def sheets(page: Page) -> list[Element]:
    """The sheets of a page."""
    return [one for one in page.tree.iter("div") if one.get("class", "").startswith("sheet ")]


@pytest.mark.parametrize(("query", "per", "count"), [("", 4, 3), ("?per=4", 4, 3), ("?per=2", 2, 5), ("?per=x", 4, 3)])
def test_every_table_and_the_door_but_no_link(query: str, per: int, count: int, survey: Survey, olu: Visitor) -> None:
    page = olu.get(f"/surveys/{survey.id}/cards/print{query}")
    assert len(sheets(page)) == count
    assert max(len(list(sheet.iter("article"))) for sheet in sheets(page)) == per
    for card, words in zip(survey.cards[1:], printed(page), strict=True):
        assert f" {card.label} " in words
        assert shown_card_code(card.code) in words


def test_card_says_everything_that_a_person_needs(survey: Survey, olu: Visitor) -> None:
    (words,) = printed(olu.get(f"/surveys/{survey.id}/cards/print?card={survey.cards[2].code}"))
    assert words == (
        "Carers' day What did you think of today? Very good Good OK Bad Very bad Table 2 Scan this with your phone. "
        f"Or type: localhost Your code: {shown_card_code(survey.cards[2].code)} Ask us for paper or help."
    )


def test_faces_are_drawn_once_and_referred_to(survey: Survey, olu: Visitor) -> None:
    page = olu.get(f"/surveys/{survey.id}/cards/print")
    names = ["sym-very_good", "sym-good", "sym-okay", "sym-bad", "sym-very_bad"]
    assert [symbol.get("id") for symbol in page.tree.iter(f"{SVG}symbol")] == names
    assert [use.get("href") for use in page.tree.iter(f"{SVG}use")] == [f"#{name}" for name in names] * 10


def test_poster_is_of_a_card_that_belongs_to_no_table(survey: Survey, olu: Visitor) -> None:
    page = olu.get(f"/surveys/{survey.id}/cards/poster")
    assert page.h1 == "What did you think of today?"
    assert "Door" in printed(page)[0]
    chosen = olu.get(f"/surveys/{survey.id}/cards/poster?card={survey.cards[1].code.upper()}")
    assert "Table 1" in printed(chosen)[0]


def test_survey_without_cards_to_print_says_what_to_do(session: Session, team: Team, olu: Visitor) -> None:
    bare = make_survey(session, team, labels=["Link"])
    for page in ("print", "poster"):
        assert "There is no card to print yet." in olu.get(f"/surveys/{bare.id}/cards/{page}").text


def test_languages_stand_on_the_card_by_their_own_names(session: Session, team: Team, olu: Visitor) -> None:
    survey = make_survey(session, team)
    survey.draft = {**survey.draft, "languages": ["en", "cy", "ur", "tlh"]}
    session.commit()
    page = olu.get(f"/surveys/{survey.id}/cards/print")
    assert printed(page)[0].endswith("English · Cymraeg · اردو · tlh")
    directions = {span.get("lang"): span.get("dir") for span in page.tree.iter("span") if span.get("lang")}
    assert directions == {"en": "ltr", "cy": "ltr", "ur": "rtl", "tlh": "ltr"}


def test_title_cannot_break_out_of_the_page(session: Session, team: Team, olu: Visitor) -> None:
    survey = make_survey(session, team, title="</p><script>alert(1)</script> & “friends”")
    page = olu.get(f"/surveys/{survey.id}/cards/print")
    assert "<script>alert(1)</script> & “friends”" in printed(page)[0]


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
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.get_data())).convert("L"))
    assert found.text == f"HTTP://LOCALHOST/S/{code.upper()}"
    assert ana.get(found.text.removeprefix("HTTP://LOCALHOST")).h1 == "Carers' day"


@pytest.mark.parametrize("name", ["{other}.svg", "{other}.png", "nothing.svg", "k7q4m.png", "%00.svg"])
def test_code_of_no_card_of_this_survey(name: str, session: Session, team: Team, survey: Survey, olu: Visitor) -> None:
    other = make_survey(session, team, title="Another day").cards[0].code
    olu.get(f"/surveys/{survey.id}/cards/{name.format(other=other)}", 404)
