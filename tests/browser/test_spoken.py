"""What a screen reader is given to say on seven screens, kept as golden text in `tests/gate/spoken/`.

A change that is meant is written down by `SPOKEN=1 python3 tests tests/browser/test_spoken.py`, and read before it is
kept: everything once, in a sensible order, with nothing nameless.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.journeys import choose, go_on, send_and_be_thanked, skip_to_check, start, write
from tests.browser.phones import ENGLISH, on_a_phone
from tests.factories import EVENT_DAY, card_of, every_kind, make_entry, make_survey
from tests.gate import spoken as spoken_module
from tests.gate.spoken import spoken

pytestmark = pytest.mark.browser
GOLDEN = Path(spoken_module.__file__).parent / "spoken"
PORT = re.compile(r"127\.0\.0\.1:\d+")
RECEIPT = re.compile(r"[2-9B-Z]{4}-[2-9B-Z]{4}-[2-9B-Z]{4}")


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what a page says does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def demo(session: Session) -> Survey:
    """This time's event of the demonstration, on a day that stays the same."""
    survey = load_demo(session).this_time
    survey.event_date = EVENT_DAY
    session.commit()
    return survey


def assert_says(page: Page, name: str) -> None:
    """Hold what the page says to the golden text of a name, or write that anew where asked to."""
    said = PORT.sub("127.0.0.1", RECEIPT.sub("BCDF-GHJK-MNPQ", spoken(page)))
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("SPOKEN"):
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_start_says_who_asks_what_and_how_long(make_page: MakePage, demo: Survey) -> None:
    page = on_a_phone(make_page, **ENGLISH)
    page.goto(f"/s/{card_of(demo).code}?view=easy")

    assert_says(page, "start")


@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
def test_a_question_is_said_once_with_its_answers(make_page: MakePage, demo: Survey, view: str) -> None:
    page = on_a_phone(make_page, **ENGLISH)
    start(page, f"/s/{card_of(demo).code}?view={view}")
    go_on(page)

    assert_says(page, f"question-{view}")
    group, *_answers = [line for line in spoken(page).splitlines() if ", group" in line]
    assert not _answers, "a question is one group, said once"
    assert group.endswith(", group")


def test_a_rating_is_said_as_the_design_has_it(make_page: MakePage, demo: Survey) -> None:
    """D6: the group's name, then each answer with its state and place, each once."""
    page = on_a_phone(make_page, **ENGLISH)
    start(page, f"/s/{card_of(demo).code}?view=easy")
    go_on(page)

    lines = spoken(page).splitlines()

    assert lines.count("We sent you information before the day. How was it?, group") == 1
    assert [line for line in lines if line.startswith("Very good")] == ["Very good, radio button, not checked, 1 of 6"]


def test_comment_check_and_thanks_say_what_there_is_to_do(make_page: MakePage, demo: Survey) -> None:
    page = on_a_phone(make_page, **ENGLISH)
    start(page, f"/s/{card_of(demo).code}?view=easy")
    choose(page, "Very good")
    while not page.locator(".step.now textarea").is_visible():
        go_on(page)
    assert_says(page, "comment")
    write(page, "The soup.")
    skip_to_check(page)
    assert_says(page, "check")
    send_and_be_thanked(page)
    assert_says(page, "thanks")


def test_what_was_done_is_said_after_what_people_said(make_page: MakePage, demo: Survey, session: Session) -> None:
    session.add_all([make_entry(demo, people=12), make_entry(demo, number=2, what="cannot", we_did_easy="")])
    session.commit()
    page = on_a_phone(make_page, **ENGLISH)
    page.goto(f"/s/{card_of(demo).code}/news?view=easy")

    assert_says(page, "news")


def test_an_error_is_said_first_and_at_its_field(make_page: MakePage, session: Session, team: Team) -> None:
    page = on_a_phone(make_page, **ENGLISH)
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"/s/{card_of(make_survey(session, team, every_kind())).code}")
    page.locator("#q-visits input").fill("many")
    page.locator("[name=finish]").click()

    assert_says(page, "error")
