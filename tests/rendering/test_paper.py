"""The survey on paper: the same questions and codes as on the screen, a box per answer, no phone needed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveyapp.model.questionnaire import ShowIf
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.rendering.paper import LETTERS, box_mark
from tests.factories import card_of, every_kind, make_question, make_questionnaire, make_survey, words
from tests.visitor import Page, Visitor

VIEWS = ("standard", "easy", "symbols")


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey with one question of each kind."""
    return make_survey(session, team, every_kind())


def sheet(ana: Visitor, survey: Survey, query: str = "", status: int = 200) -> Page:
    """The survey's sheet."""
    return ana.get(f"/s/{card_of(survey).code}/paper{query}", status)


def asked(page: Page) -> list[str]:
    """The questions in order."""
    return [" ".join("".join(heading.itertext()).split()) for heading in page.tree.iter("h2")][:-1]


def boxes(page: Page) -> list[list[str]]:
    """The marks beside the boxes, by question."""
    lists = [one for one in page.tree.iter("ul") if one.get("class") == "boxes"]
    return [[item.findtext("span[@class='mark']") or "" for item in one.iter("li")] for one in lists]


def test_sheet_asks_every_question_in_order(ana: Visitor, survey: Survey) -> None:
    page = sheet(ana, survey)

    assert page.h1 == "Carers' day"
    assert asked(page)[:3] == ["1. How was overall?", "2. Did people listen?", "3. What did you drink?"]
    assert len(asked(page)) == 9
    assert "7 October 2026 · Leeds" in page.text
    assert f"form {survey.editions[0].number}" in page.text


@pytest.mark.parametrize("view", VIEWS)
def test_marks_beside_the_boxes_are_the_same_in_every_view(ana: Visitor, survey: Survey, view: str) -> None:
    points = [""] * 11  # the numbers 0 to 10 say themselves what they are

    assert boxes(sheet(ana, survey, f"?view={view}")) == [
        ["5", "4", "3", "2", "1", "F"], ["A", "B", "C"], ["A", "B", "C"], ["A", "B", "C", "D"], points,
        ["A", "B"], ["A", "B"],
    ]  # fmt: skip


def test_no_two_answers_of_a_question_share_a_mark() -> None:
    marks = [box_mark(f"c{place}", place) for place in range(3 * len(LETTERS))]

    assert len(set(marks)) == len(marks)
    assert marks[len(LETTERS)] == "AA"
    assert box_mark("5", 0) == "5"


def test_sheet_says_what_to_do_without_a_script(ana: Visitor, survey: Survey) -> None:
    text = sheet(ana, survey).text

    for words_said in (
        "Now some more.",
        "Tick one box.",
        "You can tick more than one box.",
        "Write a number from 0 to 52.",
        "Do not write your name.",
        "If you need help now, tell a member of staff, or call 111 or 999.",
        "Give this paper to a helper, or put it where they tell you.",
        "Help: Ask a helper.",
        "What happens next: We read every answer.",
    ):
        assert words_said in text


@pytest.mark.parametrize(("codes", "told"), [(("no",), "“No”"), (("no", "not_sure"), "“No” or “Not sure”")])
def test_question_for_some_says_in_words_for_whom(
    ana: Visitor, session: Session, team: Team, codes: tuple[str, ...], told: str
) -> None:
    why = make_question("why", "comment", "Why not?", show_if=ShowIf("came", codes))
    survey = make_survey(session, team, make_questionnaire(make_question(), make_question("came", "yes_no"), why))

    assert f"Answer this if you ticked {told} at question 2." in sheet(ana, survey).text


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({}, "Write a number."),
        ({"minimum": 1}, "Write a number that is 1 or more."),
        ({"maximum": 9}, "Write a number that is 9 or less."),
    ],
)
def test_number_says_its_range(ana: Visitor, session: Session, team: Team, limits: dict[str, Any], told: str) -> None:
    survey = make_survey(session, team, make_questionnaire(make_question("visits", "number", **limits)))

    assert told in sheet(ana, survey).text


def test_help_texts_and_easy_words_are_printed(ana: Visitor, session: Session, team: Team) -> None:
    question = make_question("food", "yes_no", help=words("Think of lunch and the drinks.", "Think of lunch."))
    survey = make_survey(session, team, make_questionnaire(question))

    assert "Think of lunch and the drinks." in sheet(ana, survey).text
    assert "Think of lunch." in sheet(ana, survey, "?view=easy").text


def test_sheet_can_be_printed_before_the_survey_opens(ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, opens_at=datetime.now(UTC) + timedelta(days=2))

    assert asked(sheet(ana, survey))


def test_there_is_no_sheet_of_a_draft_or_of_a_closed_survey(ana: Visitor, session: Session, team: Team) -> None:
    draft = make_survey(session, team, title="Draft", state="draft")
    closed = make_survey(session, team, title="Closed", state="closed")

    assert "This survey is not open yet." in sheet(ana, draft).text
    assert "This survey is closed." in sheet(ana, closed, status=410).text
    ana.get("/s/k7q4mx/paper", 404)


def test_sheet_is_found_from_the_look_and_from_the_cards(ana: Visitor, olu: Visitor, survey: Survey) -> None:
    code = card_of(survey).code

    assert f"/s/{code}/paper?view=easy" in ana.get(f"/s/{code}/look?view=easy").links()
    for view in VIEWS:
        assert f"/s/{survey.cards[0].code}/paper?view={view}" in olu.get(f"/surveys/{survey.id}/cards").links()
