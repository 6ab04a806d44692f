"""An organiser writes a survey in a real browser: with script, without, and by keyboard alone."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.test_organisers import LAPTOP, focused, sign_in
from tests.factories import make_account, make_choice, make_question, make_questionnaire, make_survey
from tests.gate.engines import gate_faults

pytestmark = pytest.mark.browser

SAME_CONTROL = "() => document.activeElement.isTheOne === true"
MARK = "document.activeElement.isTheOne = true"


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what the buttons do is tested on both databases without a browser."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A draft of three questions, and Olu, who writes it."""
    make_account(session, team, "olu@example.org")
    drinks = (make_choice("tea"), make_choice("coffee"), make_choice("water"))
    asked = (
        make_question("overall"),
        make_question("drink", "single", choices=drinks),
        make_question("best", "comment"),
    )
    return make_survey(session, team, make_questionnaire(*asked), state="draft")


def now(session: Session, survey: Survey) -> Questionnaire:
    session.rollback()
    session.refresh(survey)
    return survey.questionnaire


def keys(session: Session, survey: Survey) -> list[str]:
    return [question.key for question in now(session, survey).questions]


def at(make_page: MakePage, survey: Survey, place: str = "", **options: Any) -> Page:
    """A signed-in organiser's page of the survey's questions."""
    page = make_page(**{**LAPTOP, **options})
    sign_in(page)
    page.goto(f"/surveys/{survey.id}/edit{place}")
    return page


def said(page: Page, sentence: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(sentence)


def test_focus_stays_on_the_very_button_that_moved_a_question(
    make_page: MakePage, survey: Survey, session: Session
) -> None:
    """K1: the control in use is never swapped, and the status region tells in a sentence what changed."""
    page = at(make_page, survey)
    page.locator("#q-best").get_by_role("button", name="Move up").focus()
    page.evaluate(MARK)
    page.keyboard.press("Enter")
    said(page, "Question 3 moved up. It is now number 2.")
    assert page.evaluate(SAME_CONTROL)
    page.keyboard.press("Enter")
    said(page, "Question 2 moved up. It is now number 1.")
    assert page.evaluate(SAME_CONTROL)

    assert page.locator("#questions .nth").all_inner_texts() == ["1.", "2.", "3."]
    assert keys(session, survey) == ["best", "overall", "drink"]
    page.get_by_role("button", name="Undo: moved question 2 up").click()
    said(page, "Undone: moved question 2 up.")
    assert focused(page) == "Undo: moved question 3 up"
    assert page.locator("#questions > li").first.get_attribute("id") == "q-overall"


def test_focus_goes_to_the_next_question_when_one_is_removed(make_page: MakePage, survey: Survey) -> None:
    page = at(make_page, survey)
    page.locator("#q-drink").get_by_role("button", name="Remove").click()
    said(page, "Question 2 is removed. 2 questions are left.")

    assert page.evaluate("document.activeElement.closest('li').id") == "q-best"
    assert page.locator("#q-drink").count() == 0


def test_phone_beside_the_form_shows_what_is_typed(make_page: MakePage, survey: Survey, session: Session) -> None:
    """K4: a preview at phone width, in each view."""
    page = at(make_page, survey, "/drink")
    phone = page.frame_locator("#phone")
    expect(phone.get_by_text("How was drink?")).to_be_visible()
    page.evaluate("document.getElementById('phone').contentWindow.isTheOne = true")
    page.locator("#words-easy").fill("What did you drink?")
    expect(phone.get_by_text("What did you drink?")).to_be_visible()
    page.get_by_role("radio", name="Mostly pictures").check()
    expect(phone.locator("legend")).to_have_text("drink")

    assert page.evaluate("document.getElementById('phone').contentWindow.isTheOne") is True
    assert now(session, survey).question("drink").words["en"].easy == "How was drink?"


def test_answers_are_added_and_ordered_and_nothing_typed_is_lost(
    make_page: MakePage, survey: Survey, session: Session
) -> None:
    page = at(make_page, survey, "/drink")
    page.locator("#words-easy").fill("What did you drink?")
    page.get_by_label("A new answer, in full").fill("Hot chocolate")
    page.get_by_role("button", name="Add it").click()
    said(page, "The answer “Hot chocolate” is added.")
    button = page.locator("#row-choice-hot_chocolate").get_by_role("button", name="Move up")
    button.focus()
    page.evaluate(MARK)
    page.keyboard.press("Enter")
    said(page, "“Hot chocolate” is now answer 3.")
    assert page.evaluate(SAME_CONTROL)
    expect(page.locator("#row-choice-hot_chocolate legend")).to_have_text("Answer 3: Hot chocolate")

    question = now(session, survey).question("drink")
    assert question.codes == ("tea", "coffee", "hot_chocolate", "water")
    assert question.words["en"].easy == "What did you drink?"
    page.get_by_role("button", name="Save", exact=True).first.click()
    said(page, "Question 2 is saved.")


def test_later_one_of_two_is_shown_both_wordings_and_loses_nothing(
    make_page: MakePage, survey: Survey, session: Session
) -> None:
    mine, theirs = at(make_page, survey, "/drink"), at(make_page, survey, "/drink")
    theirs.locator("#words-easy").fill("Their words?")
    theirs.get_by_role("button", name="Save", exact=True).first.click()
    said(theirs, "Question 2 is saved.")
    mine.locator("#words-easy").fill("My words?")
    mine.get_by_role("button", name="Save", exact=True).first.click()

    mine.locator(".problem").get_by_text("Somebody else changed this question").wait_for()
    assert focused(mine).startswith("Somebody else changed this question")
    expect(mine.locator("#words-easy")).to_have_value("My words?")
    expect(mine.locator("#words-easy-saved")).to_have_text("Saved now: Their words?")
    assert gate_faults(mine, is_attendees=False) == []
    expect(mine.locator(".htmx-request")).to_have_count(0)
    mine.get_by_role("button", name="Save", exact=True).first.click()
    said(mine, "Question 2 is saved.")
    assert now(session, survey).question("drink").words["en"].easy == "My words?"


def test_wording_check_speaks_when_words_are_saved(make_page: MakePage, survey: Survey, session: Session) -> None:
    """K2: beside the field and in the status region, with a suggestion; it stops nobody from typing or saving."""
    page = at(make_page, survey, "/drink")
    page.locator("#words-easy").fill("To what extent did you utilise the drinks?")
    page.get_by_role("button", name="Save", exact=True).first.click()
    said(page, "Question 2 is saved.")
    said(page, "Easy words:")
    remark = page.locator("#found-words li").first.inner_text().split("\n")[-1]
    said(page, remark)

    assert now(session, survey).question("drink").words["en"].easy.startswith("To what extent")
    page.locator("#words-easy").fill("What did you drink?")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator("#found-words li")).to_have_count(0)
    expect(page.get_by_role("status")).not_to_contain_text(remark)


def test_symbols_are_found_while_one_types(make_page: MakePage, survey: Survey, session: Session) -> None:
    """K3: symbols are radios with names, and a search."""
    page = at(make_page, survey, "/drink")
    page.locator("#does-words").get_by_role("button", name="Symbol").click()
    page.get_by_label("Find a symbol by its name").press_sequentially("foo")
    expect(page.locator("#symbols legend")).not_to_contain_text("146")
    assert page.evaluate("document.activeElement.id") == "search"
    page.get_by_role("radio", name="Food").check()
    page.get_by_role("button", name="Use this symbol").click()

    said(page, "Question 2: the symbol is saved.")
    assert now(session, survey).question("drink").symbol == "food"


def test_all_of_it_works_without_script(make_page: MakePage, survey: Survey, session: Session) -> None:
    page = at(make_page, survey, java_script_enabled=False)
    page.get_by_role("link", name="Add a question").click()
    page.get_by_label("The question, in full").fill("Who helped you today?")
    page.get_by_role("radio", name="Choose one").check()
    page.get_by_label("The answers, one on each line").fill("- A nurse\n- A friend")
    page.get_by_role("button", name="Add the question").click()
    said(page, "Question 4 is added.")
    page.locator("#words-easy").fill("Who helped you?")
    page.get_by_role("button", name="Show what I typed").click()
    expect(page.frame_locator("#phone").get_by_text("Who helped you?")).to_be_visible()
    page.locator("#row-choice-a_friend").get_by_role("button", name="Move up").click()
    said(page, "“A friend” is now answer 1.")
    page.get_by_role("button", name="Save, and choose who sees it").click()
    page.get_by_label("Show it only after an answer to").select_option(label="Question 2: How was drink?")
    page.get_by_role("button", name="Show its answers").click()
    page.get_by_role("checkbox", name="Tea").check()
    page.get_by_role("button", name="Show it only after these answers").click()
    expect(page.get_by_text("Only for people who answered “Tea” to question 2.")).to_be_visible()
    page.get_by_role("button", name="Save, and back to the questions").click()
    page.locator("#q-helped_today").get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Undo: copied question 4").click()

    made = now(session, survey).question("helped_today")
    assert (made.codes, made.words["en"].easy) == (("a_friend", "a_nurse"), "Who helped you?")
    assert made.show_if is not None
    assert made.show_if.codes == ("tea",)


def test_keyboard_alone_writes_and_orders_a_question(make_page: MakePage, survey: Survey, session: Session) -> None:
    page = at(make_page, survey)
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page).startswith("Change: How was drink?"):
            break
    page.keyboard.press("Enter")
    page.locator("#words-standard").wait_for()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "words-easy":
            break
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("What did you drink?")
    for _ in range(60):
        if focused(page) == "Save, and back to the questions":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit#q-drink")

    assert now(session, survey).question("drink").words["en"].easy == "What did you drink?"
