"""One card: renaming it, comparing by it, how it opens, and taking it away."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.cards.groups import group_warning
from surveyapp.cards.place_names import place_names
from surveyapp.model.survey import Card, Survey
from surveyapp.model.team import Team
from tests.cards.stacks import in_languages
from tests.factories import card_of, make_survey
from tests.visitor import Visitor


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey in English and Polish with “Link” and “Table 1”."""
    return make_survey(session, team, in_languages("en", "pl"))


@pytest.fixture
def address(survey: Survey) -> str:
    """The page of table 1."""
    return f"/surveys/{survey.id}/cards/{card_of(survey).code}"


def kept(session: Session, code: str) -> Card | None:
    """A card as it is stored."""
    session.expire_all()
    return session.scalar(select(Card).where(Card.code == code))


def test_card_gets_a_name_a_group_a_view_and_a_language(
    address: str, survey: Survey, session: Session, olu: Visitor, ana: Visitor
) -> None:
    changes = {"label": "Garden", "group": "Morning", "view": "easy", "language": "pl"}
    done = olu.follow(olu.submit(olu.get(address), changes, card_of(survey).code))
    assert "The card “Garden” is saved." in done.text
    assert "compared as “Morning”" in done.text
    card = kept(session, address[-6:])
    assert card is not None
    assert (card.group, card.view, card.language) == ("Morning", "easy", "pl")
    assert ana.get(f"/s/{card.code}").tree.get("lang") == "pl"
    again = olu.get(address)
    assert "81 people" not in again.text
    olu.submit(again, {"group": "", "view": "", "language": ""}, card.code)
    session.rollback()
    session.refresh(card)
    assert (card.label, card.group, card.view, card.language) == ("Garden", None, None, None)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"label": " "}, "Give the card a name."),
        ({"label": "link"}, "There is a card called “link” already."),
        ({"group": "x" * 61}, "Use 60 characters or fewer. It is 1 too long."),
        ({"language": "cy"}, "Choose one from the list."),
        ({"view": "loud"}, "Choose one from the list."),
    ],
)
def test_change_that_cannot_be(
    fields: dict[str, str], sentence: str, address: str, survey: Survey, olu: Visitor
) -> None:
    page = olu.submit(olu.get(address), fields, card_of(survey).code, 422)
    assert page.title.startswith("Error: ")
    assert sentence in page.text


def test_only_an_unused_card_can_be_removed(address: str, survey: Survey, session: Session, olu: Visitor) -> None:
    page = olu.get(address)
    card_of(survey).finished_count = 1
    session.commit()
    refused = olu.follow(olu.submit(page, {}, "/remove"))
    assert "People have answered from “Table 1”, so it stays." in refused.text
    assert "Remove this card" not in refused.text
    link = f"/surveys/{survey.id}/cards/{card_of(survey, 'Link').code}"
    gone = olu.follow(olu.submit(olu.get(link), {}, "/remove"))
    assert "The card “Link” is removed." in gone.text
    assert kept(session, card_of(survey, "Link").code) is None
    olu.get(link, 404)


def test_shared_card_says_how_to_hand_it_on(session: Session, team: Team, olu: Visitor) -> None:
    survey = make_survey(session, team)
    survey.add_card("Tablet", source="shared")
    session.commit()
    page = olu.get(f"/surveys/{survey.id}/cards/{card_of(survey, 'Tablet').code}")
    assert "Open this address on the phone or tablet, and hand it on." in page.text


def test_poster_and_slide_get_a_card_of_their_own_once(survey: Survey, session: Session, olu: Visitor) -> None:
    address = f"/surveys/{survey.id}/cards"
    page = olu.get(address)
    token = {"csrf_token": page.tree.findall(".//input[@name='csrf_token']")[0].get("value", "")}
    for _ in range(2):
        done = olu.post(f"{address}/alone", {"sheet": "poster", **token})
        assert done.location.endswith("/print?sheet=poster")
        assert olu.post(f"{address}/alone", {"sheet": "slide", **token}).location.endswith("/slide")
        assert olu.post(f"{address}/alone", {"sheet": "banner", **token}).location.endswith("/cards")
    cards = session.scalars(select(Card).where(Card.survey_id == survey.id).order_by(Card.position))
    assert [(card.label, card.sheet) for card in cards][2:] == [("Poster", "poster"), ("Screen", "slide")]


@pytest.mark.parametrize(
    ("attendance", "groups", "told"),
    [
        (81, [], ""),
        (81, ["Morning", "Evening"], ""),
        (81, ["A", "B", "C", "D", "E"], "81 people in 5 groups are about 16 in each."),
        (None, ["A"], "Compare only groups in which you expect 20 people or more."),
        (39, ["A", "A", "B"], "39 people in 2 groups are about 19 in each."),
        (40, ["A", "A", "B"], ""),
    ],
)
def test_small_groups_are_warned_of(app: Flask, attendance: int | None, groups: list[str], told: str) -> None:
    survey = Survey(attendance=attendance)
    for group in groups:
        survey.add_card("Room", group=group)
    with app.test_request_context():
        assert group_warning(survey).startswith(told)
        assert bool(group_warning(survey)) == bool(told)


def test_warning_stands_with_the_cards(survey: Survey, address: str, session: Session, olu: Visitor) -> None:
    assert "Small groups." not in olu.get(address.rpartition("/")[0]).text
    survey.attendance = 19
    card_of(survey).group = "Morning"
    session.commit()
    for page in (address.rpartition("/")[0], address):
        assert "Small groups. 19 people are expected. With fewer than 20," in olu.get(page).text


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("Table 1 to 3", ["Table 1", "Table 2", "Table 3"]),
        ("Table 7", ["Table 7"]),
        ("Room 101–103", ["Room 101", "Room 102", "Room 103"]),
        ("1 to 2", ["1", "2"]),
        ("Session 2026-27", ["Session 2026-27"]),
        ("Room 1 to 9999", ["Room 1 to 9999"]),
        ("Door\n\n  door \nDOOR", ["Door"]),
        ("- Day 1-2\n* Stage", ["Day 1", "Day 2", "Stage"]),
        (" \n\x00\n", []),
    ],
)
def test_pasted_names_are_read_as_they_are_meant(pasted: str, names: list[str]) -> None:
    assert place_names(pasted) == names
