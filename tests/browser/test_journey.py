"""A whole survey on a phone: with script, without it, by keyboard alone, there and back again."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from tests.browser.conftest import LiveServer, MakePage
from tests.browser.journeys import (
    asked,
    choose,
    go_on,
    send_and_be_thanked,
    skip_to_check,
    start,
    stored,
    tap,
    write,
)
from tests.factories import card_of, every_kind, make_survey

pytestmark = pytest.mark.browser


@pytest.fixture
def address(live: LiveServer, session: Session, team: Team) -> str:
    """The address on a card of a survey with every kind of question."""
    return f"/s/{card_of(make_survey(session, team, every_kind())).code}"


def test_whole_survey_one_question_at_a_time(phone: Page, address: str, session: Session) -> None:
    start(phone, address + "?view=easy")
    expect(phone).to_have_title("Question 1 of 9 · Carers' day")
    choose(phone, "Very good")
    go_on(phone)
    choose(phone, "Yes")
    go_on(phone)
    go_on(phone)
    choose(phone, "Patient")
    choose(phone, "Someone else")
    go_on(phone)
    write(phone, "3")
    go_on(phone)
    choose(phone, "10")
    go_on(phone)
    write(phone, "Lunch 🍲\nand the company")
    skip_to_check(phone)
    expect(phone.locator("#answers li")).to_have_count(9)
    expect(phone.locator("#answers li").nth(2)).to_contain_text("You skipped this.")
    send_and_be_thanked(phone)

    (row,) = stored(session)
    assert row.finished
    assert row.view == "easy"
    assert row.answers == {
        "overall": "5",
        "listened": "yes",
        "role": ["patient", "other"],
        "visits": 3,
        "recommend": 10,
        "best": "Lunch 🍲\nand the company",
    }


def test_whole_survey_without_script(make_page: MakePage, address: str, session: Session) -> None:
    """A1: one page, one form, one button."""
    page = make_page(java_script_enabled=False)
    page.goto(address)
    page.locator("#q-overall .tile").first.click()
    page.locator("#q-best textarea").fill("Everything")
    page.locator("[name=finish]").click()
    expect(page.get_by_text("We have your answers.")).to_be_visible()

    assert [row.answers for row in stored(session)] == [{"overall": "5", "best": "Everything"}]


def test_back_without_script_never_shows_the_last_person(make_page: MakePage, address: str) -> None:
    """G2: Back from the thanks shows an empty form, without script as well."""
    page = make_page(java_script_enabled=False)
    page.goto(address)
    page.locator("#q-best textarea").fill("Only mine")
    page.locator("#q-overall input").first.check()
    page.locator("[name=finish]").click()
    expect(page.get_by_text("We have your answers.")).to_be_visible()
    page.go_back()

    assert page.locator("#q-best textarea").input_value() == ""
    assert page.locator(":checked").count() == 0


def test_whole_survey_by_keyboard_alone(make_page: MakePage, address: str, session: Session) -> None:
    """A3: every control is reached by the keyboard, from the start to the thanks."""
    page = make_page(has_touch=False, is_mobile=False)
    page.goto(address)
    _tab_to(page, "#go")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    _tab_to(page, "#next")
    page.keyboard.press("Enter")
    for _ in range(7):
        _tab_to(page, "#next")
        page.keyboard.press("Enter")
    _tab_to(page, "#next")
    page.keyboard.press("Enter")
    _tab_to(page, "[name=finish]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("We have your answers.")).to_be_visible()

    assert stored(session)[0].answers == {"overall": "4"}


def test_phones_back_goes_to_the_question_before_with_its_answer(phone: Page, address: str) -> None:
    """D4: the phone's own Back moves between questions, and what was answered is still there."""
    start(phone, address)
    choose(phone, "Good")
    go_on(phone)
    assert asked(phone) == "Did people listen?"
    phone.go_back()

    assert asked(phone) == "How was overall?"
    assert phone.locator(".step.now :checked").get_attribute("value") == "4"


def test_focus_and_title_follow_the_question(phone: Page, address: str) -> None:
    """A2, D4: focus goes to the question, and the title says which it is."""
    start(phone, address)
    go_on(phone)

    assert phone.evaluate("document.activeElement.closest('.step').id") == "q-listened"
    assert re.match(r"Question 2 of 9", phone.title())


def test_reload_in_the_middle_keeps_every_answer(phone: Page, address: str) -> None:
    start(phone, address)
    choose(phone, "Bad")
    go_on(phone)
    phone.wait_for_timeout(400)
    phone.reload()

    expect(phone.locator("#q-overall [value='2']")).to_be_checked()


def test_view_changed_on_the_way_keeps_every_answer(phone: Page, address: str) -> None:
    """C2, J1: one tap to change at any time, back to the same answers."""
    start(phone, address)
    choose(phone, "OK")
    tap(phone, "header [value=look]")
    phone.get_by_label("Mostly pictures").check()
    phone.locator("main button").first.click()

    expect(phone.locator("[name=view][type=hidden]")).to_have_value("symbols")
    expect(phone.locator("#q-overall [value='3']")).to_be_checked()


def test_answer_is_changed_from_the_check(phone: Page, address: str, session: Session) -> None:
    """G1: the check lists every answer with a way to change it, and sends once."""
    start(phone, address)
    choose(phone, "Very bad")
    skip_to_check(phone)
    tap(phone, "#answers li:first-child a")
    choose(phone, "Very good")
    go_on(phone)
    expect(phone.locator("#answers li").first).to_contain_text("Very good")
    send_and_be_thanked(phone)

    assert stored(session)[0].answers == {"overall": "5"}


def test_exclusive_choice_clears_the_others_and_back(phone: Page, address: str) -> None:
    start(phone, address)
    for _ in range(3):
        go_on(phone)
    choose(phone, "Carer")
    choose(phone, "I do not want to say")
    assert [box.get_attribute("value") for box in phone.locator("#q-role :checked").all()] == ["prefer_not_to_say"]
    choose(phone, "Patient")
    assert [box.get_attribute("value") for box in phone.locator("#q-role :checked").all()] == ["patient"]


def test_answer_that_cannot_be_read_is_pointed_at(phone: Page, address: str, session: Session) -> None:
    """I1: the problem comes first and has the focus; its link leads to the very field."""
    start(phone, address)
    choose(phone, "Good")
    for _ in range(4):
        go_on(phone)
    write(phone, "many")
    skip_to_check(phone)
    tap(phone, "[name=finish]")
    problem = phone.locator("#problem")
    expect(problem).to_be_visible()
    expect(problem).to_be_focused()
    assert phone.title().startswith("Error: ")
    tap(phone, "#problem a")
    assert asked(phone) == "How many times did you come?"
    assert phone.locator(".step.now input").get_attribute("aria-invalid") == "true"
    write(phone, "3")
    skip_to_check(phone)
    send_and_be_thanked(phone)

    assert stored(session)[0].answers == {"overall": "4", "visits": 3}


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(40):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never reached {selector}")
