"""The results in a real browser: they follow the answers, leave the keyboard where it is, and can be told to stop."""

import pytest
from playwright.sync_api import Page, Request, expect
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.results import routes
from tests import factories
from tests.browser.conftest import MakePage
from tests.factories import card_of, every_kind, make_account, make_survey
from tests.gate.engines import axe_faults
from tests.results.answering import Answers, answer, rate, results_of
from tests.visitor import Visitor

pytestmark = pytest.mark.browser
LAPTOP = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages ask every second."""
    monkeypatch.setattr(routes, "SECONDS", 1)


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A survey of a team with a member, Olu; two have answered."""
    make_account(session, team)
    made = make_survey(session, team)
    rate(session, made, [5, 5])
    return made


def results_page(page: Page, survey: Survey, query: str = "") -> Page:
    """Olu signs in and looks at the results."""
    page.goto(f"/sign-in?next={results_of(survey)}{query}")
    page.fill("[name=email]", "olu@example.org")
    page.fill("[name=password]", factories.PASSWORD)
    page.click("main button[type=submit]")
    expect(page).to_have_title("Results · Carers' day · Event Answers")
    page.wait_for_load_state()
    return page


def asked(page: Page, survey: Survey) -> list[str]:
    """The addresses of the results that the page asks for from now on."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if results_of(survey) in request.url:
            seen.append(request.url)

    page.on("request", note)
    return seen


def test_open_page_shows_an_answer_that_comes_in(make_page: MakePage, ana: Visitor, survey: Survey) -> None:
    page = results_page(make_page(**LAPTOP), survey)
    link = page.get_by_role("link", name="Show the newest answers")
    link.focus()
    page.evaluate("window.sameDocument = true")
    expect(page.locator("#rate")).to_have_text("2 of 81 people answered (2%)")
    ana.post(f"/s/{card_of(survey).code}", {"overall": "4", "best": "Lunch", "finish": "1"})
    expect(page.locator("#rate")).to_have_text("3 of 81 people answered (4%)")
    expect(page.get_by_role("status")).to_have_text("3 people answered. 1 more than before.")
    expect(page.locator(".comments li")).to_have_text(["Lunch"])
    assert page.evaluate("window.sameDocument")
    expect(link).to_be_focused()


def test_quiet_page_is_left_alone(make_page: MakePage, survey: Survey) -> None:
    page = results_page(make_page(**LAPTOP), survey)
    page.evaluate("document.querySelector('#rate').sameElement = true")
    with page.expect_response(lambda response: response.status == 204 and "seen=2-" in response.url):
        pass
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelector('#rate').sameElement")
    expect(page.get_by_role("status")).to_have_text("")


def test_link_shows_and_says_the_newest(make_page: MakePage, survey: Survey, session: Session) -> None:
    page = results_page(make_page(**LAPTOP), survey, "?live=off")
    rate(session, survey, [1])
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Show the newest answers").press("Enter")
    expect(page.get_by_role("status")).to_have_text("3 people answered.")
    expect(page.locator("#rate")).to_contain_text("3 of 81")
    assert page.evaluate("window.sameDocument")


def test_updating_stops_when_told_and_goes_on_when_told(make_page: MakePage, survey: Survey) -> None:
    page = results_page(make_page(**LAPTOP), survey)
    page.get_by_role("button", name="Stop updating by itself").click()
    expect(page).to_have_url(f"{page.url.split('/surveys')[0]}{results_of(survey)}?live=off")
    seen = asked(page, survey)
    page.wait_for_timeout(2_500)
    assert seen == []
    page.get_by_role("link", name="Update by itself again").click()
    with page.expect_response(lambda response: "seen=2-" in response.url):
        pass


def test_hidden_page_asks_for_nothing(make_page: MakePage, survey: Survey) -> None:
    page = results_page(make_page(**LAPTOP), survey)
    page.evaluate("Object.defineProperty(document, 'hidden', {get: () => window.isHidden})")
    page.evaluate("window.isHidden = true")
    seen = asked(page, survey)
    page.wait_for_timeout(2_500)
    assert len(seen) <= 1  # one may have been on its way
    page.evaluate("window.isHidden = false")
    with page.expect_response(lambda response: "seen=2-" in response.url):
        pass


def test_without_script_the_link_loads_the_newest(make_page: MakePage, survey: Survey, session: Session) -> None:
    page = results_page(make_page(**LAPTOP, java_script_enabled=False), survey)
    rate(session, survey, [1])
    page.get_by_role("link", name="Show the newest answers").click()
    expect(page.locator("#rate")).to_have_text("3 of 81 people answered (4%)")
    page.get_by_role("button", name="Stop updating by itself").click()
    expect(page.get_by_role("link", name="Update by itself again")).to_be_visible()


@pytest.mark.parametrize("options", [{}, LAPTOP, {"color_scheme": "dark"}], ids=["phone", "laptop", "dark"])
def test_results_can_be_read_by_everyone(
    make_page: MakePage, session: Session, team: Team, options: dict[str, object]
) -> None:
    make_account(session, team)
    survey = make_survey(session, team, every_kind())
    for group in ("Morning", "Afternoon in the big room upstairs", "Evening"):
        people: list[Answers] = [
            {"overall": "5", "drink": "tea", "role": ["carer"], "best": "الوقت قصير جدا"} for _ in range(11)
        ]
        answer(session, survey, *people, group=group)
    page = results_page(make_page(**options), survey)
    assert axe_faults(page, is_attendees=False) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("#by-scores").evaluate("region => region.tabIndex") == 0


def test_page_is_read_at_320_pixels(make_page: MakePage, survey: Survey) -> None:
    page = results_page(make_page(viewport={"width": 320, "height": 640}), survey)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
