"""Taking answers back on a phone: from the thanks page, in two taps; checked by axe, at every size."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.journeys import choose, send_and_be_thanked, skip_to_check, start, stored
from tests.browser.test_gate import OVERFLOW, SPACING
from tests.factories import card_of, make_survey
from tests.gate.engines import gate_faults

pytestmark = pytest.mark.browser


def thanked(page: Page, session: Session, team: Team, query: str = "") -> None:
    """Answer one question and be thanked."""
    start(page, f"/s/{card_of(make_survey(session, team)).code}{query}")
    page.locator("#next").click()
    choose(page, "Good")
    skip_to_check(page)
    send_and_be_thanked(page)


def test_person_takes_their_answers_back(phone: Page, session: Session, team: Team) -> None:
    thanked(phone, session, team)

    phone.get_by_role("link", name="Take my answers back").click()
    phone.get_by_role("button", name="Continue").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Take back your answers?")
    assert stored(session)[0].answers == {"overall": "4"}
    phone.get_by_role("button", name="Yes, delete my answers").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Your answers are deleted.")
    assert [(row.withdrawn, row.answers) for row in stored(session)] == [(True, {})]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=str)
def test_axe_finds_nothing_and_nothing_is_too_small(
    make_page: MakePage, session: Session, team: Team, options: dict[str, Any]
) -> None:
    page = make_page(viewport={"width": 320, "height": 640}, bypass_csp=True, **options)
    thanked(page, session, team, "?size=3")
    steps = ("Take my answers back", "Continue", "Yes, delete my answers")
    for step in ("", *steps):
        if step:
            page.get_by_role("link" if step == steps[0] else "button", name=step).click()
        assert (step, gate_faults(page, is_attendees=True)) == (step, [])
        page.add_style_tag(content=f"html {{ font-size: 200% !important }} {SPACING}")
        assert (step, page.evaluate(OVERFLOW)) == (step, 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_wrong_code_is_told_at_the_field(phone: Page, team: Team) -> None:
    """I1: the problem comes first and has the focus, and the same words stand at the field."""
    phone.goto("/?code=hello")
    expect(phone.locator("#problem")).to_be_focused()
    phone.goto("/withdraw")
    phone.get_by_label("The code on your receipt").fill("BCDF GHJK MNPQ")
    phone.get_by_role("button", name="Continue").click()

    expect(phone.locator("#problem")).to_be_focused()
    field = phone.get_by_label("The code on your receipt")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("BCDF GHJK MNPQ")
    assert gate_faults(phone, is_attendees=True) == []
