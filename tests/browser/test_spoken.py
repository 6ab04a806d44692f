"""What a screen reader is given to say on seven screens and on whole journeys, kept as golden text beside the gate.

A change that is meant is written down by `SPOKEN=1 python3 tests tests/browser/test_spoken.py`, and read before it is
kept: everything once, in a sensible order, with nothing nameless.
"""

import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from surveyapp.editing.library import ready_surveys
from surveyapp.model.questionnaire import Questionnaire, Wording
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import MakePage
from tests.browser.journeys import choose, go_on, no_signal, send, send_and_be_thanked, skip_to_check, start, write
from tests.browser.phones import ENGLISH, on_a_phone
from tests.factories import EVENT_DAY, card_of, every_kind, make_entry, make_question, make_survey
from tests.gate import spoken as spoken_module
from tests.gate.spoken import arrival, spoken

pytestmark = pytest.mark.browser
GOLDEN = Path(spoken_module.__file__).parent / "spoken"
PORT = re.compile(r"127\.0\.0\.1:\d+")
LISTEN_TO_STATUS = """() => {
  sessionStorage.told = ""
  const status = document.getElementById("status")
  new MutationObserver(() => { sessionStorage.told += "|" + status.textContent }).observe(status, { childList: true })
}"""
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
    assert_is_golden(spoken(page), name)


def assert_is_golden(text: str, name: str) -> None:
    """Hold a text to the golden one of a name, or write that anew where asked to."""
    said = PORT.sub("127.0.0.1", RECEIPT.sub("BCDF-GHJK-MNPQ", text))
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

    assert lines.count("Question 2 of 16: We sent you information before the day. How was it?, group") == 1
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


def main_part(page: Page) -> str:
    """Everything in main, after what is said on coming there."""
    inside = spoken(page).partition("\nmain\n")[2].partition("\ncontent information\n")[0]
    return f"→ {arrival(page)}\n{inside}\n"


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("view", ["standard", "easy", "symbols"])
def test_whole_journey_is_said_step_by_step(
    make_page: MakePage, session: Session, team: Team, view: str, language: str
) -> None:
    """D4: each step says its number, question, notes and help, at every kind of step; and so on to the thanks."""
    survey = make_survey(session, team, journey())
    page = on_a_phone(make_page, **ENGLISH)
    page.goto(f"/s/{card_of(survey).code}?view={view}&lang={language}")
    heard = [main_part(page)]
    page.locator("#go").press("Enter")
    while page.locator("#next").is_visible():
        heard.append(main_part(page))
        page.locator("#next").press("Enter")
    heard.append(main_part(page))
    page.locator("#back").press("Enter")
    write(page, "3")
    page.locator("#next").press("Enter")
    page.locator("[name=finish]").press("Enter")
    page.wait_for_url("**/thanks*")
    heard.append(main_part(page))

    assert_is_golden("\n".join(heard), f"journey-{view}-{language}")


def journey() -> Questionnaire:
    """A rating with help, several answers, a comment with a note before it, and a number: in English and Urdu."""
    ready = ready_surveys()["patients_carers_conference"]
    kinds = [next(one for one in ready.questions if one.kind == kind) for kind in ("rating5", "multiple", "comment")]
    rated = replace(
        kinds[0], help={"en": Wording("Think of the whole day."), "ur": Wording("پورے دن کے بارے میں سوچیں۔")}
    )
    note = make_question("more", "note", "Now some more.")
    note = replace(note, words={**note.words, "ur": Wording("اب کچھ اور۔")})
    number = make_question("visits", "number", "How many times did you come?")
    number = replace(number, words={**number.words, "ur": Wording("آپ کتنی بار آئے؟")})
    return replace(ready, languages=("en", "ur"), questions=(rated, kinds[1], note, kinds[2], number))


def test_step_says_number_question_notes_and_help_once(make_page: MakePage, session: Session, team: Team) -> None:
    """D4: what has the focus says all of it, once; the same for a choice, a comment and a number."""
    page = on_a_phone(make_page, **ENGLISH)
    start(page, f"/s/{card_of(make_survey(session, team, journey())).code}")
    heard = []
    for _ in range(4):
        heard.append(arrival(page))
        page.locator("#next").press("Enter")

    assert heard[0].startswith("Question 1 of 4: ")
    assert heard[0].endswith(", heading 2, Think of the whole day.")
    assert heard[2].startswith("Question 3 of 4: ")
    assert heard[2].count("Now some more.") == 1
    assert heard[3] == "Question 4 of 4: How many times did you come?, heading 2"


def test_lost_signal_is_said_once_however_often_sending_is_tried(
    make_page: MakePage, session: Session, team: Team
) -> None:
    page = on_a_phone(make_page, **ENGLISH)
    start(page, f"/s/{card_of(make_survey(session, team)).code}")
    choose(page, "Good")
    skip_to_check(page)
    page.evaluate(LISTEN_TO_STATUS)
    with no_signal(page):
        send(page)
        page.wait_for_timeout(7_000)  # three tries and more
    page.get_by_text("We have your answers.").wait_for()

    told = page.evaluate("sessionStorage.told").split("|")[1:]
    assert told[:2] == ["Sending your answers…", "No signal. Your answers are safe on this phone. Keep this page open."]
    assert len(told) == 2
