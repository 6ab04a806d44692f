"""A survey started from pasted text, by script and by keyboard alone, and from a file without script."""

import re

import pytest
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.test_organisers import LAPTOP, NARROW, sign_in
from tests.factories import make_account, make_survey
from tests.gate.engines import axe_faults
from tests.importing.workbooks import DEFINITIONS

TABLE = """
<html><head><style>p { color: red }</style></head><body>
<p style='margin:0'>Please tick.</p><table>
<tr><td></td><td><p>Very good</p></td><td>Good</td><td>OK</td><td>Bad</td><td>Very bad</td></tr>
<tr><td><p>The
 food</p></td><td>☐</td><td>☐</td><td>☐</td><td>☐</td><td>☐</td></tr>
<tr><td>The room</td><td></td><td></td><td></td><td></td><td></td></tr></table>
<ul><li>Anything else?</li></ul></body></html>"""
PASTE = """(field, html) => {
  const data = new DataTransfer()
  data.setData("text/html", html)
  data.setData("text/plain", "plain")
  return field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""
QUESTIONS = "How was the day?\n- Very good\n- Good\n- OK\n- Bad\n- Very bad\nWhat was good?"

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture(autouse=True)
def last_time(session: Session, team: Team) -> Survey:
    """Olu, and the survey that she asked last time."""
    make_account(session, team, "olu@example.org")
    return make_survey(session, team, title="Carers' day 2026", state="closed")


def tab_to(page: Page, words: str) -> None:
    """Press Tab until something with these words has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if words in page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent"):
            return
    raise AssertionError(f"the keyboard never came to {words!r}")


def test_pasted_questions_become_a_survey_by_keyboard_alone(make_page: MakePage, session: Session) -> None:
    page = make_page(**LAPTOP)
    sign_in(page)
    page.goto("/surveys/new")
    tab_to(page, "Questions to paste")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Questions to paste").wait_for()
    tab_to(page, "Your questions")
    page.keyboard.insert_text(QUESTIONS)
    tab_to(page, "Read the questions")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="We read 2 questions").wait_for()
    tab_to(page, "Go on with these questions")
    page.keyboard.press("Enter")
    page.get_by_label("Name of the event").wait_for()
    tab_to(page, "Name of the event")
    page.keyboard.type("Carers' day 2027")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("The survey is made.").wait_for()

    made = session.scalars(select(Survey).where(Survey.title == "Carers' day 2027")).one()
    assert [question.kind for question in made.questionnaire.questions] == ["rating5", "comment"]


def test_a_file_becomes_a_survey_without_script_and_axe_finds_nothing(make_page: MakePage, last_time: Survey) -> None:
    page = make_page(**NARROW)
    bare = make_page(**NARROW, java_script_enabled=False)
    sign_in(page)
    sign_in(bare)
    for one in (page, bare):
        one.goto("/surveys/new/file")
        one.get_by_label("The file with your questions").set_input_files(DEFINITIONS / "xlsform_projects_de_en.xlsx")
        one.get_by_role("button", name="Read the file").click()
        one.get_by_role("heading", name="We read 39 questions").wait_for()
    found = axe_faults(page, is_attendees=False)
    bare.get_by_role("button", name="Go on with these questions").click()
    bare.get_by_label("Name of the event").fill("Projekte")
    bare.get_by_role("button", name="Make the survey").click()
    assert bare.locator("h1").inner_text() == "Projekte"
    assert found == []


def test_one_tap_changes_a_line_with_script_and_without(make_page: MakePage) -> None:
    for script in (True, False):
        page = make_page(**NARROW, java_script_enabled=script)
        sign_in(page)
        page.goto("/surveys/new/paste")
        page.get_by_label("Your questions").fill(f"{QUESTIONS}\nThanks")
        page.get_by_role("button", name="Read the questions").click()
        page.get_by_role("heading", name="We read 2 questions").wait_for()
        assert not script or axe_faults(page, is_attendees=False) == []
        page.get_by_role("button", name=re.compile("Leave out ?: What was good")).click()
        page.get_by_role("heading", name="We read 1 question").wait_for()
        left_out = page.locator("li.take-out", has_text="What was good?")
        assert left_out.inner_text().startswith("What was good?\n")
        assert page.url.endswith("/surveys/new/paste") is script
        assert not script or page.evaluate("document.activeElement.textContent") == "Leave out: What was good?"


def test_a_table_on_the_clipboard_keeps_its_columns(make_page: MakePage) -> None:
    page = make_page(**LAPTOP)
    sign_in(page)
    page.goto("/surveys/new/paste")
    field = page.get_by_label("Your questions")
    field.focus()
    assert field.evaluate(PASTE, "<p>no table</p>")
    assert not field.evaluate(PASTE, TABLE)
    assert field.input_value().split("\n") == [
        "Please tick.", "\tVery good\tGood\tOK\tBad\tVery bad", "The food" + "\t☐" * 5, "The room" + "\t" * 5,
        "", "- Anything else?",
    ]  # fmt: skip
    page.get_by_role("button", name="Read the questions").click()
    page.get_by_role("heading", name="We read 3 questions").wait_for()
