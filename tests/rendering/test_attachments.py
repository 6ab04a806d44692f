"""What stands beside a question on an attendee's page, and what that page may then play."""

import shutil
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from surveyapp.model.questionnaire import Picture, Question, Wording
from surveyapp.model.team import Team
from surveyapp.rendering.attachments import Attachments, attachments_of
from tests.factories import card_of, make_question, make_questionnaire, make_survey
from tests.visitor import Page, Visitor

SOUND, URDU_SOUND, PHOTO = (letter * 64 + ending for letter, ending in (("a", ".mp3"), ("b", ".m4a"), ("c", ".jpg")))
VIDEO = "https://videos.example.org/overall"


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what a page shows does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


def rich(**more: object) -> Question:
    """A question with everything beside it."""
    made = {"recordings": {"en": SOUND}, "picture": Picture(PHOTO, {"en": Wording("A room")}), "signed": VIDEO}
    return replace(make_question(), **{**made, **more})  # type: ignore[arg-type]  # any field of a question


def policy_of(page: Page) -> str:
    """What a page may do."""
    return page.response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("language", "sound"),
    [("en", f"/media/{SOUND}"), ("ur", f"/media/{URDU_SOUND}"), ("pl", f"/media/{SOUND}")],
)
def test_a_recording_is_of_the_pages_language_else_of_the_words(language: str, sound: str) -> None:
    question = rich(recordings={"en": SOUND, "ur": URDU_SOUND})

    assert attachments_of(question, language, "en").sound == sound


def test_a_description_in_another_language_says_which() -> None:
    assert attachments_of(rich(), "pl", "en") == Attachments(
        f"/media/{PHOTO}", "A room", "en", f"/media/{SOUND}", VIDEO
    )
    assert attachments_of(make_question(), "pl", "en") == Attachments()


def test_everything_stands_behind_the_question_and_before_its_answers(
    ana: Visitor, session: Session, team: Team
) -> None:
    code = card_of(make_survey(session, team, make_questionnaire(rich()))).code

    fieldset = ana.get(f"/s/{code}").tree.find(".//fieldset")

    assert fieldset is not None
    assert [child.tag for child in fieldset][:5] == ["legend", "div", "audio", "p", "div"]
    image, player, link = (fieldset.find(f".//{tag}") for tag in ("img", "audio", "a"))
    assert image is not None
    assert player is not None
    assert link is not None
    assert (image.get("src"), image.get("alt"), image.get("loading")) == (f"/media/{PHOTO}", "A room", "lazy")
    assert (player.get("src"), player.get("preload"), player.get("autoplay")) == (f"/media/{SOUND}", "none", None)
    assert (link.get("href"), link.get("rel")) == (VIDEO, "noopener")


def test_only_a_page_with_a_recording_may_play(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team, make_questionnaire(rich()))).code
    quiet = card_of(make_survey(session, team, make_questionnaire(rich(recordings={})), title="Quiet")).code
    response = str(uuid4())

    pages = {
        which: [
            ana.get(f"/s/{which}"),
            ana.get(f"/s/{which}"),
            ana.get(f"/s/{which}?view=easy"),
            ana.get(f"/s/{which}?response={response}"),
            ana.post(f"/s/{which}", {"overall": "9"}, 422),
        ]
        for which in (code, quiet)
    }

    assert {policy_of(page).endswith("; media-src 'self'") for page in pages[code]} == {True}
    assert {"media-src" in policy_of(page) for page in pages[quiet]} == {False}


def test_typed_words_cannot_open_the_policy(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code

    page = ana.post(f"/s/{code}", {"overall": "9", "best": "<audio controls src=x>"}, 422)

    assert "media-src" not in policy_of(page)


def test_listen_stands_first_in_the_header_and_waits_for_the_script(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code

    header = ana.get(f"/s/{code}").tree.find(".//header")

    assert header is not None
    assert (header[0].get("id"), header[0].get("type"), header[0].get("hidden")) == ("listen", "button", "")
    assert [" ".join("".join(one.itertext()).split()) for one in header] == ["Listen", "Look"]


def test_the_script_that_listens_is_light_and_no_part_of_the_first_load(
    ana: Visitor, session: Session, team: Team
) -> None:
    page = ana.get(f"/s/{card_of(make_survey(session, team)).code}")
    steps = page.tree.find(".//div[@id='steps']")
    assert steps is not None
    address = steps.get("data-click", "")

    assert address not in [script.get("src") for script in page.tree.iter("script")]
    with ana.client.get(address, headers={"Accept-Encoding": "gzip"}) as fetched:
        assert fetched.headers["Content-Encoding"] == "gzip"
        assert len(fetched.data) <= 5 * 1024
