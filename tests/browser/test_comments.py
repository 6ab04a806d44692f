"""Comments and files in a real browser: a note is kept where the reader is, and long files are said to be made."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.editing.library import module
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests import factories
from tests.browser.conftest import MakePage
from tests.export.samples import put
from tests.factories import make_account, make_question, make_questionnaire, make_survey
from tests.gate.engines import axe_faults

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey of a team with a member, Olu; somebody wrote and agreed."""
    make_account(session, team)
    asked = make_questionnaire(make_question("best", "comment")).extended_by(module("quote_permission"))
    made = make_survey(session, team, asked)
    put(session, made, 1, {"best": "The lunch", "quote_ok": "yes"})
    return made


def open_page(make_page: MakePage, survey: Survey, ending: str) -> Page:
    """Olu signs in and opens a page."""
    page = make_page()
    page.goto(f"/sign-in?next=/surveys/{survey.id}/{ending}")
    page.fill("[name=email]", "olu@example.org")
    page.fill("[name=password]", factories.PASSWORD)
    page.click("main button[type=submit]")
    return page


def test_note_is_kept_without_leaving_the_comment(make_page: MakePage, survey: Survey) -> None:
    page = open_page(make_page, survey, "comments?show=new")
    page.evaluate("window.sameDocument = true")
    page.get_by_label("What was done with it").select_option("Read")
    page.get_by_label("Theme", exact=True).last.fill("Food")
    page.get_by_label("Choose as a quote").check()
    page.get_by_role("button", name="Keep the note").press("Enter")

    expect(page.get_by_role("status").first).to_have_text("The note is kept.")
    expect(page.get_by_label("Choose as a quote")).to_be_checked()
    expect(page.get_by_role("button", name="Keep the note")).to_be_focused()
    assert page.evaluate("window.sameDocument")
    assert axe_faults(page, is_attendees=False) == []


def test_workbook_is_said_to_be_made(make_page: MakePage, survey: Survey) -> None:
    page = open_page(make_page, survey, "export")
    said = page.get_by_text("excel.xlsx is being made")
    expect(said).to_be_hidden()

    with page.expect_download() as begun:
        page.get_by_role("link", name="Download excel.xlsx").click()

    expect(said).to_be_visible()
    assert begun.value.suggested_filename == "excel.xlsx"
    assert axe_faults(page, is_attendees=False) == []


def test_part_of_a_file_is_taken_with_what_was_ticked(make_page: MakePage, survey: Survey) -> None:
    page = open_page(make_page, survey, "export")
    page.get_by_text("Take a part of them").click()
    page.get_by_label("How was best?").check()

    with page.expect_download() as begun:
        page.get_by_role("button", name="Download part of answers.csv").click()

    assert begun.value.suggested_filename == "part-answers.csv"
    lines = begun.value.path().read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[1] for line in lines] == ["question_key", "best"]
    assert axe_faults(page, is_attendees=False) == []
