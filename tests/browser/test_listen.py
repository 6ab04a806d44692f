"""L1: what can be heard of a question, on phones with voices, with late ones, with broken ones and with none."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.model.questionnaire import Picture, Questionnaire, Wording
from surveyapp.model.team import Team
from surveyapp.storage.upload import store_photo, store_recording
from tests.browser.conftest import MakePage
from tests.browser.journeys import choose, go_on, send_and_be_thanked, skip_to_check, start, tap
from tests.browser.phones import ENGLISH, on_a_phone
from tests.factories import card_of, make_question, make_questionnaire, make_survey
from tests.gate.engines import axe_faults
from tests.media import samples

pytestmark = pytest.mark.browser

ASKS = "Events team wants to know what you think. There are no right or wrong answers."
OVERALL = ["Question 1 of 2: How was overall?", "Very good", "Good", "OK", "Bad", "Very bad", "I did not do this"]
PATIENCE = 2_200  # after which a phone that names no voices has none


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what is heard does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def silent(session: Session, team: Team) -> str:
    """A survey of two questions without a recording."""
    return f"/s/{card_of(make_survey(session, team)).code}"


@pytest.fixture
def recorded(app: Flask, session: Session, team: Team) -> str:
    """A survey whose first question has a recording, a photo and a signed video."""
    store = app.extensions["media_store"]
    first = make_question()
    first = replace(
        first,
        recordings={"en": store_recording(store, samples.wav(3))},
        picture=Picture(store_photo(store, samples.photo()), {"en": Wording("A room with round tables")}),
        signed="https://videos.example.org/overall",
    )
    made: Questionnaire = make_questionnaire(first, make_question("best", "comment", "What was good?"))
    return f"/s/{card_of(make_survey(session, team, made)).code}"


def heard(page: Page) -> list[str]:
    """What was said, in order."""
    said: list[tuple[str, str]] = page.evaluate("window.heard")
    return [text for _language, text in said]


def wait_to_hear(page: Page, least: int) -> None:
    """Wait until so much was said, for seconds at most."""
    for _ in range(80):
        if len(heard(page)) >= least:
            return
        page.wait_for_timeout(100)
    raise AssertionError(heard(page))


def plays(page: Page) -> bool:
    """Whether a recording is playing."""
    playing: bool = page.evaluate("!document.querySelector('audio').paused")
    return playing


def test_question_and_answers_are_read_when_asked_and_not_before(make_page: MakePage, silent: str) -> None:
    """L1: the question, then each answer, in the voice of its language; A4: never by itself."""
    page = on_a_phone(make_page, **ENGLISH)
    start(page, silent)
    page.wait_for_timeout(300)
    assert heard(page) == []

    tap(page, "#listen")
    expect(page.locator("#listen")).to_have_text("Stop")
    expect(page.locator("#listen")).to_have_text("Listen")

    assert heard(page) == OVERALL
    assert {language for language, _text in page.evaluate("window.heard")} == {"en-GB"}
    assert axe_faults(page, is_attendees=True) == []


def test_second_tap_stops_it_and_the_next_question_does(make_page: MakePage, silent: str) -> None:
    """L1: it stops when left."""
    page = on_a_phone(make_page, **ENGLISH, pace=3_000)
    start(page, silent)
    tap(page, "#listen")
    tap(page, "#listen")
    expect(page.locator("#listen")).to_have_text("Listen")
    assert heard(page) == [OVERALL[0], "(silence)"]

    tap(page, "#listen")
    go_on(page)
    expect(page.locator("#listen")).to_have_text("Listen")
    assert heard(page)[2:] == [OVERALL[0], "(silence)"]
    tap(page, "#listen")
    assert heard(page)[-1] == "Question 2 of 2: What was good?"


def test_start_and_check_are_read_too(make_page: MakePage, silent: str) -> None:
    page = on_a_phone(make_page, **ENGLISH)
    page.goto(silent)
    tap(page, "#listen")  # brings the script, and is heard
    wait_to_hear(page, 4)
    assert heard(page)[:3] == ["Carers' day", "7 October 2026 · Leeds", ASKS]

    tap(page, "#go")
    choose(page, "Good")
    skip_to_check(page)
    page.evaluate("window.heard.length = 0")
    tap(page, "#listen")
    wait_to_hear(page, 5)
    assert heard(page) == ["Check your answers", "How was overall?", "Good", "What was good?", "You skipped this."]
    send_and_be_thanked(page)


def test_where_no_voice_speaks_the_language_there_is_no_button(make_page: MakePage, silent: str) -> None:
    """L1: else the button isn't there."""
    page = on_a_phone(make_page, voices=["pl-PL", "eno-XX"])
    start(page, silent)
    expect(page.locator("#listen")).not_to_be_visible()
    go_on(page)
    assert page.locator("#listen").get_attribute("hidden") == ""


@pytest.mark.parametrize("can", [{"missing": True}, {"voices": []}], ids=["no speech at all", "no voice ever"])
def test_a_phone_that_cannot_speak_says_so_once_asked(make_page: MakePage, silent: str, can: dict[str, Any]) -> None:
    page = on_a_phone(make_page, **can)
    page.goto(silent)
    tap(page, "#listen")

    expect(page.locator("#status")).to_have_text("This phone can't read this aloud.")
    expect(page.locator("#listen")).to_have_text("Listen")
    tap(page, "#go")
    page.wait_for_timeout(PATIENCE)
    expect(page.locator("#listen")).not_to_be_visible()


def test_voices_that_come_late_are_waited_for(make_page: MakePage, silent: str) -> None:
    """L1: voices that come late, as on many phones."""
    page = on_a_phone(make_page, late=["eng_GBR"])
    page.goto(silent)
    tap(page, "#listen")

    wait_to_hear(page, 2)
    assert heard(page)[0] == "Carers' day"


def test_a_voice_that_says_nothing_makes_room_for_the_next(make_page: MakePage, silent: str) -> None:
    page = on_a_phone(make_page, voices=["en-GB", "en-US"], mute=["en-GB"])
    start(page, silent)
    tap(page, "#listen")
    wait_to_hear(page, 9)

    said = page.evaluate("window.heard")
    assert said[0] == ["en-GB", OVERALL[0]]
    assert [one for one in said if one[0] == "en-US"] == [["en-US", text] for text in OVERALL]


def test_a_recording_comes_before_the_voice_and_stops_when_left(make_page: MakePage, recorded: str) -> None:
    """L1: a recording first."""
    page = on_a_phone(make_page, **ENGLISH)
    start(page, recorded)
    tap(page, "#listen")
    expect(page.locator("#listen")).to_have_text("Stop")
    assert plays(page)
    assert heard(page) == []

    go_on(page)
    assert not plays(page)
    expect(page.locator("#listen")).to_have_text("Listen")


def test_a_recording_that_is_gone_leaves_it_to_the_voice(make_page: MakePage, recorded: str) -> None:
    page = on_a_phone(make_page, **ENGLISH)
    page.route("**/*.wav", lambda route: route.abort())
    start(page, recorded)
    tap(page, "#listen")

    wait_to_hear(page, 7)
    assert heard(page) == OVERALL


def test_a_recording_is_heard_on_a_phone_without_voices(make_page: MakePage, recorded: str) -> None:
    page = on_a_phone(make_page, missing=True)
    start(page, recorded)
    tap(page, "#listen")
    assert plays(page)
    go_on(page)
    expect(page.locator("#listen")).not_to_be_visible()


def test_its_own_player_stops_when_left_and_silences_the_voice(make_page: MakePage, recorded: str) -> None:
    page = on_a_phone(make_page, **ENGLISH)
    start(page, recorded)
    page.evaluate("document.querySelector('audio').play()")
    assert plays(page)
    go_on(page)
    assert not plays(page)


def test_without_script_the_recording_plays_by_its_own_player(make_page: MakePage, recorded: str) -> None:
    page = make_page(java_script_enabled=False)
    with page.expect_response("**/media/*.jpg") as fetched:
        page.goto(recorded)

    assert fetched.value.status == 200
    expect(page.locator("audio")).to_be_visible()
    expect(page.locator("#listen")).not_to_be_visible()
    link = page.get_by_role("link", name="Watch this question in British Sign Language (opens a new page)")
    assert link.get_attribute("href") == "https://videos.example.org/overall"


def test_what_stands_beside_a_question_is_fetched_once_it_is_there(make_page: MakePage, recorded: str) -> None:
    page = make_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(recorded, wait_until="networkidle")
    assert not [url for url in fetched if "/media/" in url or "listen" in url]

    with page.expect_response("**/media/*.jpg"):
        tap(page, "#go")
    expect(page.get_by_role("img", name="A room with round tables")).to_be_visible()
    assert axe_faults(page, is_attendees=True) == []


def test_a_photo_comes_where_the_script_never_does(make_page: MakePage, recorded: str) -> None:
    page = make_page()
    page.route("**/*.js", lambda route: route.abort())
    with page.expect_response("**/media/*.jpg"):
        page.goto(recorded)
