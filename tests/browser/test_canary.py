"""The gate finds seeded faults, one a page: nothing on the clean page, and each fault by at least one of its parts.

The research measured 36 such faults: axe found 15 of them, axe with html-validate and checks of one's own 31. Here
the three parts together find all 36; since the rules and the pages were written side by side, that flatters them.
"""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from tests.browser.conftest import MakePage
from tests.factories import card_of
from tests.gate.engines import axe_faults, own_faults
from tests.gate.seeded import FAULTS, Fault
from tests.html_checks import faults, parsed

pytestmark = pytest.mark.browser
CLEAN = Fault("clean", lambda source: source)
AT_LEAST = {"axe": 16, "own": 44, "source": 25}  # as measured: a part that finds fewer has gone blind


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: how a page looks does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


def found_in_source(html: str) -> list[str]:
    """What is wrong with the page as it is sent."""
    try:
        return faults(parsed(html))
    except AssertionError as error:
        return [str(error)]


class Seeded:
    """A phone that is served one page with one fault, its script left out so that all of the page shows."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.fault, self.html = page, address, CLEAN, ""
        page.route("**/*", self._serve)

    def open(self, fault: Fault) -> None:
        """Go to the page with the fault in it."""
        self.fault = fault
        self.page.goto(self.address)

    def _serve(self, route: Route) -> None:
        address = route.request.url
        if address.endswith(".js"):
            route.abort()
            return
        answer = route.fetch()
        where = "style" if address.endswith(".css") else "page"
        body = answer.text()
        if where == self.fault.where:
            body = self.fault.change(body)
            assert body != answer.text() or self.fault is CLEAN, f"{self.fault.name} changes nothing"
        if where == "page":
            self.html = body
        headers = {name: value for name, value in answer.headers.items() if name != "content-security-policy"}
        route.fulfill(response=answer, body=body, headers=headers)


def test_the_gate_passes_the_clean_page_and_fails_every_seeded_fault(make_page: MakePage, session: Session) -> None:
    survey = load_demo(session).this_time
    session.commit()
    seeded = Seeded(make_page(bypass_csp=True), f"/s/{card_of(survey).code}?view=easy")
    found: dict[str, list[str]] = {}
    for fault in (CLEAN, *FAULTS):
        seeded.open(fault)
        parts = {
            "source": found_in_source(seeded.html),
            "own": own_faults(seeded.page, is_attendees=True),
            "axe": axe_faults(seeded.page, is_attendees=True),
        }
        found[fault.name] = [name for name, faults_ in parts.items() if faults_]
        assert fault is not CLEAN or found[fault.name] == [], parts

    by_part = {part: sum(part in parts for parts in found.values()) for part in ("axe", "own", "source")}
    assert {name for name, parts in found.items() if not parts} - {CLEAN.name} == set()
    assert all(by_part[part] >= least for part, least in AT_LEAST.items()), by_part
