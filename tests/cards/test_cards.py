"""The list of cards: who sees it, what it counts, how cards are added and what is refused."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.cards import new_cards
from surveyapp.model.codes import shown_card_code
from surveyapp.model.survey import Card, Survey
from surveyapp.model.team import AuditEntry, Team
from tests.factories import make_survey
from tests.visitor import Page, Visitor, filled_in


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey with “Link” and “Table 1”."""
    return make_survey(session, team)


@pytest.fixture
def address(survey: Survey) -> str:
    """Where its cards are listed."""
    return f"/surveys/{survey.id}/cards"


def labels(session: Session, survey: Survey) -> list[str]:
    """The labels of a survey's cards in order."""
    session.rollback()
    return list(session.scalars(select(Card.label).where(Card.survey_id == survey.id).order_by(Card.position)))


def token_of(page: Page) -> dict[str, list[str]]:
    """What a page's forms carry against forgery."""
    return {"csrf_token": filled_in(page.form("/sign-out"))["csrf_token"]}


@pytest.mark.parametrize("page", ["", "/print", "/slide", "/{code}", "/{code}.svg", "/{code}.png", ".pdf"])
@pytest.mark.parametrize(("who", "status"), [("ana", 303), ("petra", 404), ("vic", 200), ("olu", 200)])
def test_pages_open_to_their_team_only(
    page: str, who: str, status: int, survey: Survey, request: pytest.FixtureRequest
) -> None:
    visitor: Visitor = request.getfixturevalue(who)
    answer = visitor.get(f"/surveys/{survey.id}/cards" + page.format(code=survey.cards[1].code), status)
    assert answer.location.startswith("/sign-in?next=") == (who == "ana")


def test_viewer_has_no_form_and_may_not_add(address: str, survey: Survey, session: Session, vic: Visitor) -> None:
    page = vic.get(address)
    assert [form.get("action") for form in page.tree.iter("form")] == ["/sign-out"]
    token = token_of(page)
    vic.post(address, {"tables": "3", **token}, 403)
    vic.post(f"{address}/places", {"names": "Door", **token}, 403)
    vic.post(f"{address}/alone", {"sheet": "poster", **token}, 403)
    assert labels(session, survey) == ["Link", "Table 1"]


def test_other_team_may_not_add(address: str, survey: Survey, session: Session, petra: Visitor) -> None:
    petra.post(address, {"tables": "3", **token_of(petra.get("/surveys"))}, 404)
    assert labels(session, survey) == ["Link", "Table 1"]


def test_list_shows_codes_and_counts(address: str, survey: Survey, session: Session, olu: Visitor) -> None:
    survey.cards[0].finished_count = 1
    survey.cards[1].finished_count = 3
    session.commit()
    page = olu.get(address)
    rows = [" ".join(" ".join(row.itertext()).split()) for row in page.tree.iter("tr")][1:]
    assert rows[0].startswith(f"Link a link {shown_card_code(survey.cards[0].code)} 1 answer ")
    assert rows[1].startswith(f"Table 1 {shown_card_code(survey.cards[1].code)} 3 answers ")
    assert "Each card counts its answers and nothing more." in page.text


def test_tables_go_on_from_the_last_one(address: str, survey: Survey, session: Session, olu: Visitor) -> None:
    done = olu.submit(olu.get(address), {"tables": " 3 "}, "/cards")
    assert "3 cards are added." in olu.follow(done).text
    assert labels(session, survey) == ["Link", "Table 1", "Table 2", "Table 3", "Table 4"]
    assert session.scalar(select(AuditEntry.what)) == "added 3 cards"
    new = session.scalars(select(Card).where(Card.label == "Table 3")).one()
    assert (new.source, new.finished_count, new.group) == ("qr", 0, None)


def test_pressing_twice_adds_once(address: str, survey: Survey, session: Session, olu: Visitor) -> None:
    page = olu.get(address)
    olu.submit(page, {"tables": "2"}, "/cards")
    again = olu.follow(olu.submit(page, {"tables": "2"}, "/cards"))
    assert "This list has changed since you opened it." in again.text
    assert labels(session, survey) == ["Link", "Table 1", "Table 2", "Table 3"]


def test_places_of_a_pasted_list(address: str, survey: Survey, session: Session, olu: Visitor) -> None:
    pasted = " Door\t<b>\x00 & café \r\n- Room 9 to 11\n\n• Stage\nTABLE 1\ndoor <B> & CAFÉ"
    done = olu.follow(olu.submit(olu.get(address), {"names": pasted}, "/places"))
    assert "5 cards are added." in done.text
    assert "1 of them was there already." in done.text
    assert labels(session, survey)[2:] == ["Door <b> & café", "Room 9", "Room 10", "Room 11", "Stage"]
    again = olu.submit(olu.get(address), {"names": pasted}, "/places", 422)
    assert "All of these have a card already." in again.text
    assert "Stage" in again.tree.findtext(".//textarea[@name='names']", "")


def test_no_answer_remembers_its_table_unless_cards_are_compared(address: str, survey: Survey, olu: Visitor) -> None:
    promise = "No answer remembers which table it came from."
    assert promise in olu.get(address).text

    olu.submit(olu.get(address), {"names": "Morning\nEvening", "compare": "y"}, "/places")

    said = olu.get(address).text
    assert promise not in said
    assert "An answer from a card that is compared remembers its group, and people read which one" in said


def test_places_that_are_compared_or_not_on_paper(address: str, survey: Survey, session: Session, olu: Visitor) -> None:
    olu.submit(olu.get(address), {"names": "Morning\nEvening", "compare": "y"}, "/places")
    olu.submit(olu.get(address), {"names": "Helpers' tablet", "source": "shared"}, "/places")
    page = olu.submit(olu.get(address), {"names": "Nowhere", "source": "paper"}, "/places", 422)
    assert "Choose one of these." in page.text
    session.rollback()
    made = session.scalars(select(Card).where(Card.survey_id == survey.id, Card.position > 2).order_by(Card.position))
    assert [(card.source, card.group) for card in made] == [("qr", "Morning"), ("qr", "Evening"), ("shared", None)]


@pytest.mark.parametrize("typed", ["", "0", "-1", "201", "2.5", "nine", "９", "9" * 5000, "1e2"])
def test_number_of_tables_that_cannot_be(
    typed: str, address: str, survey: Survey, session: Session, olu: Visitor
) -> None:
    page = olu.submit(olu.get(address), {"tables": typed}, "/cards", 422)
    assert page.title.startswith("Error: ")
    assert "Write a whole number from 1 to 200. For example: 9." in page.text
    assert labels(session, survey) == ["Link", "Table 1"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("  ", "Give the card a name. For example: Door."),
        ("x" * 61, "Use 60 characters or fewer in a name. “xxxxxxxxxxxxxxxxxxxx…” is 1 too long."),
        ("TABLE 1", "There is a card called “TABLE 1” already. Choose another name."),
        ("Room 1 to 499", "A survey has at most 500 cards. You can add 498 more."),
    ],
)
def test_names_that_cannot_be(typed: str, sentence: str, survey: Survey, session: Session, olu: Visitor) -> None:
    page = olu.submit(olu.get(f"/surveys/{survey.id}/cards"), {"names": typed}, "/places", 422)
    assert sentence in page.text
    assert page.tree.find(".//textarea[@name='names'][@aria-invalid='true']") is not None
    assert labels(session, survey) == ["Link", "Table 1"]


def test_survey_that_is_full(address: str, session: Session, team: Team, olu: Visitor) -> None:
    full = make_survey(session, team, labels=[f"Table {number}" for number in range(1, 500)])
    path = f"/surveys/{full.id}/cards"
    page = olu.submit(olu.get(path), {"tables": "2"}, "/cards", 422)
    assert "A survey has at most 500 cards. You can add 1 more." in page.text
    olu.submit(page, {"names": "Door"}, "/places")
    full_now = olu.submit(olu.get(path), {"names": "Stage"}, "/places", 422)
    assert "This survey has 500 cards, and it can't have more." in full_now.text


def test_code_that_another_card_has_is_drawn_again(
    address: str, survey: Survey, session: Session, olu: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = olu.get(address)
    taken = survey.cards[0].code
    drawn = iter([taken, "bcdfgh", "bcdfgh", "bcdfgj", "bcdfgk"])
    monkeypatch.setattr("surveyapp.model.survey.new_card_code", lambda: next(drawn))
    monkeypatch.setattr(new_cards, "new_card_code", lambda: next(drawn))
    olu.submit(page, {"tables": "3"}, "/cards")
    codes = session.scalars(select(Card.code).where(Card.survey_id == survey.id, Card.position > 2))
    assert sorted(codes) == ["bcdfgh", "bcdfgj", "bcdfgk"]
