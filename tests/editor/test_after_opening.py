"""Once people can answer: words may be mended and questions come and go, but what an answer means stays."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import card_of, make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Page, Visitor

DRINKS = (make_choice("tea"), make_choice("coffee"), make_choice("water"))


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey."""
    asked = (make_question(), make_question("drink", "single", choices=DRINKS), make_question("food", "comment"))
    return make_survey(session, team, make_questionnaire(*asked))


def now(session: Session, survey: Survey) -> Questionnaire:
    session.rollback()
    session.refresh(survey)
    return survey.questionnaire


def path(survey: Survey) -> str:
    return f"/surveys/{survey.id}/edit"


def show(olu: Visitor, survey: Survey) -> Page:
    return olu.follow(olu.submit(olu.get(path(survey)), {}, "/show-changes"))


def test_people_see_mended_words_once_they_are_shown(
    olu: Visitor, ana: Visitor, survey: Survey, session: Session
) -> None:
    card = f"/s/{card_of(survey).code}"
    olu.submit(olu.get(f"{path(survey)}/food"), {"words-standard": "How was lunch?"}, "/edit/food")
    assert "How was food?" in ana.get(card).text
    assert "People don't see your changes yet" in olu.get(path(survey)).text
    page = show(olu, survey)

    assert "People now see the changed questions." in page.text
    assert "People see these questions" in page.text
    assert "How was lunch?" in ana.get(card).text
    session.rollback()
    session.refresh(survey)
    assert [edition.number for edition in survey.editions] == [1, 2]


def test_answers_of_both_editions_are_in_the_results(
    olu: Visitor, ana: Visitor, survey: Survey, session: Session
) -> None:
    card = f"/s/{card_of(survey).code}"
    old = ana.get(card)
    olu.submit(olu.get(path(survey)), {"do": "remove:drink"}, "/edit")
    show(olu, survey)
    ana.submit(old, {"overall": "5", "drink": "tea", "finish": "1"})
    ana.submit(ana.get(card), {"overall": "3", "finish": "1"})
    figures = olu.client.get(f"/surveys/{survey.id}/results.json").get_json()

    assert (figures["responses"], figures["questions"]["overall"]["n"]) == (2, 2)
    assert figures["questions"]["drink"]["n"] == 1
    olu.get(f"/surveys/{survey.id}/results")


def test_key_of_a_question_that_was_asked_is_never_given_to_another(
    olu: Visitor, survey: Survey, session: Session
) -> None:
    olu.submit(olu.get(path(survey)), {"do": "remove:food"}, "/edit")
    page = olu.get(f"{path(survey)}/new-question")
    olu.submit(page, {"words": "How was the food?", "kind": "rating5"}, "/new-question")

    assert [question.key for question in now(session, survey).questions] == ["overall", "drink", "food_2"]


def test_code_of_an_answer_that_was_offered_is_never_given_to_another(
    olu: Visitor, survey: Survey, session: Session
) -> None:
    olu.submit(olu.get(f"{path(survey)}/drink"), {"do": "drop:tea"}, "/edit/drink")
    olu.submit(olu.get(f"{path(survey)}/drink"), {"do": "add", "answer": "Tea"}, "/edit/drink")

    assert now(session, survey).question("drink").codes == ("coffee", "water", "tea_2")


def test_scale_stays_and_the_page_says_why(olu: Visitor, survey: Survey, session: Session) -> None:
    page = olu.get(path(survey))
    assert "What an answer means stays as it is" in page.text
    token = next(one for one in page.tree.iter("input") if one.get("name") == "csrf_token").get("value", "")
    page = olu.follow(olu.post(f"{path(survey)}/one-scale", {"csrf_token": token, "points": "3"}))

    assert "People may have answered already, so the scale stays as it is." in page.text
    assert now(session, survey).question("overall").counting_codes == ("5", "4", "3", "2", "1")


def test_what_people_see_cannot_be_undone_unseen(olu: Visitor, survey: Survey, session: Session) -> None:
    olu.submit(olu.get(path(survey)), {"do": "remove:food"}, "/edit")
    page = show(olu, survey)
    page = olu.follow(olu.submit(page, {}, "/undo-last"))

    assert "There is nothing to undo here." in page.text
    assert len(now(session, survey).questions) == 2


def test_question_that_says_nothing_is_not_shown_to_people(olu: Visitor, session: Session, team: Team) -> None:
    silent = make_question("food", "comment")
    survey = make_survey(session, team, make_questionnaire(make_question(), silent), state="draft")
    survey.draft = make_questionnaire(make_question(), make_question("food", "comment", " ")).to_json()
    session.commit()
    page = olu.submit(olu.get(f"/surveys/{survey.id}"), {}, "/open", 422)

    assert "Question 2: write its words." in page.text
    assert f"{path(survey)}/food#words-standard" in page.links()
