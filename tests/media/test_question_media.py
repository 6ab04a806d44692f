"""An organiser gives a question a recording, a signed video and a photo; nothing that was sent or typed is lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.editing.drafts import last_change
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.storage.folder import FolderStore
from surveyapp.storage.photos import LIMIT as PHOTO_LIMIT
from surveyapp.storage.sounds import LIMIT as SOUND_LIMIT
from tests.factories import make_survey
from tests.media import samples
from tests.media.pages import a_file, hidden, page_of, played, saved, send, stored
from tests.visitor import Page, Visitor

VIDEO = "https://videos.example.org/overall"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A draft of Olu's team."""
    return make_survey(session, team, state="draft")


def test_a_recording_is_added_played_replaced_and_removed(olu: Visitor, session: Session, survey: Survey) -> None:
    for tone in (440, 880):
        sent = {"recording": a_file(samples.wav(tone=tone), "voice memo.txt")}
        page = olu.follow(send(olu, page_of(olu, survey), "/recording", sent))
        (name,) = saved(session, survey).recordings.values()
        assert played(page) == [f"/media/{name}"]
        assert olu.client.get(f"/media/{name}").data == samples.wav(tone=tone)
    assert "The recordings are saved." in page.text

    page = olu.follow(send(olu, page, "/recording/remove", {}))

    assert played(page) == []
    assert saved(session, survey).recordings == {}


def test_a_change_can_be_undone_and_is_told_in_words(olu: Visitor, session: Session, survey: Survey) -> None:
    send(olu, page_of(olu, survey), "/video", {"video": VIDEO})

    change = last_change(session, stored(session, survey))
    assert change is not None
    assert change.what == "changed the signed video of question 1"


def test_a_kind_that_old_iphones_cannot_play_is_kept_and_told(olu: Visitor, survey: Survey) -> None:
    sent = {"recording": a_file(samples.ogg(), "a.ogg")}
    page = olu.follow(send(olu, page_of(olu, survey), "/recording", sent))

    assert "MP3 and M4A play on every phone." in page.text


def test_a_recording_that_cannot_be_kept_says_what_to_do(olu: Visitor, session: Session, survey: Survey) -> None:
    before = page_of(olu, survey)
    for content, status, sentence in (
        (b"", 422, "Choose a recording first."),
        (samples.mp4(b"vide"), 422, "This is a video."),
        (samples.SVG, 422, "This is not a recording that phones can play."),
        (samples.mp3() + b"\0" * SOUND_LIMIT, 413, "This recording is bigger than 5 MB."),
    ):
        page = send(olu, before, "/recording", {"recording": a_file(content, "voice.mp3")}, status)

        assert page.title.startswith("Error: ")
        assert page.text.count(sentence) == 2
    assert saved(session, survey).recordings == {}


def test_100_megabytes_are_refused_before_they_are_read(olu: Visitor, survey: Survey) -> None:
    said = {"photo": "This photo is bigger than 2 MB.", "recording": "This recording is bigger than 5 MB."}
    for sent, sentence in said.items():
        path = f"/surveys/{survey.id}/media/overall/{sent}"
        told = {"CONTENT_LENGTH": "100000000"}
        page = olu.post(path, {}, 413, content_type="multipart/form-data; boundary=x", environ_overrides=told)
        assert page.text.count(sentence) == 2
    video = f"/surveys/{survey.id}/media/overall/video"
    assert "too much to send at once" in olu.post(video, {}, 413, environ_overrides=told).text


def test_a_photo_needs_words_and_waits_for_them(olu: Visitor, session: Session, survey: Survey) -> None:
    page = send(olu, page_of(olu, survey), "/photo", {"photo": a_file(samples.photo_from_a_phone(), "me.gif")}, 422)
    assert page.text.count("Say in a few words what can be seen on the photo.") == 2
    (name,) = hidden(page, "/photo", "kept")
    assert saved(session, survey).picture is None

    page = olu.follow(send(olu, page, "/photo", {"in_en": "A sunny room"}))

    picture = saved(session, survey).picture
    assert picture is not None
    assert (picture.name, picture.words["en"].standard) == (name, "A sunny room")
    images = [(one.get("src"), one.get("alt")) for one in page.tree.iter("img")]
    assert images == [(f"/media/{name}", "A sunny room")]
    assert b"Telephone" not in olu.client.get(f"/media/{name}").data


def test_a_photo_that_waited_until_it_was_purged_is_asked_for_again(app: Flask, olu: Visitor, survey: Survey) -> None:
    page = send(olu, page_of(olu, survey), "/photo", {"photo": a_file(samples.photo(), "a.jpg")}, 422)
    (name,) = hidden(page, "/photo", "kept")
    assert app.extensions["media_store"].forget(name, datetime.now(UTC) + timedelta(minutes=1))

    page = send(olu, page, "/photo", {"in_en": "A sunny room"}, 422)

    assert page.text.count("Choose a photo first.") == 2
    assert "A sunny room" in page.response.get_data(as_text=True)


def test_a_description_changes_and_a_photo_goes(olu: Visitor, session: Session, survey: Survey) -> None:
    send(olu, page_of(olu, survey), "/photo", {"photo": a_file(samples.photo(), "a.jpg"), "in_en": "A room"})
    send(olu, page_of(olu, survey), "/photo", {"in_en": "A large room"})
    picture = saved(session, survey).picture
    assert picture is not None
    assert picture.words["en"].standard == "A large room"

    send(olu, page_of(olu, survey), "/photo/remove", {})

    assert saved(session, survey).picture is None


def test_a_trap_named_png_is_refused_and_the_words_stay(olu: Visitor, session: Session, survey: Survey) -> None:
    before = page_of(olu, survey)
    for content, status, sentence in (
        (samples.SVG, 422, "This is not a photo that we can show."),
        (samples.gif_bomb(3), 422, "This is not a photo that we can show."),
        (samples.huge_png(), 422, "This photo is too large to open here."),
        (samples.photo() + b"\0" * PHOTO_LIMIT, 413, "This photo is bigger than 2 MB."),
    ):
        page = send(olu, before, "/photo", {"photo": a_file(content, "photo.png"), "in_en": "A room"}, status)

        assert sentence in page.text
        assert hidden(page, "/photo", "in_en") == ["A room"]
    assert saved(session, survey).picture is None


def test_an_address_that_leads_nowhere_safe_is_refused(olu: Visitor, session: Session, survey: Survey) -> None:
    before = page_of(olu, survey)
    for address in ("http://videos.example.org", "javascript:alert(1)", "videos", "https://a b.example"):
        page = send(olu, before, "/video", {"video": address}, 422)

        assert "It begins with https:// and has no spaces." in page.text
        assert hidden(page, "/video", "video") == [address]
    assert saved(session, survey).signed == ""


def test_a_video_is_saved_and_taken_away(olu: Visitor, session: Session, survey: Survey) -> None:
    page = olu.follow(send(olu, page_of(olu, survey), "/video", {"video": f" {VIDEO} "}))
    assert saved(session, survey).signed == VIDEO
    assert VIDEO in page.links()

    send(olu, page, "/video", {"video": ""})

    assert saved(session, survey).signed == ""


def test_whoever_comes_second_is_told_and_loses_nothing(olu: Visitor, session: Session, survey: Survey) -> None:
    send(olu, page_of(olu, survey), "/recording", {"recording": a_file(samples.wav(), "a.wav")})
    send(olu, page_of(olu, survey), "/photo", {"photo": a_file(samples.photo(), "a.jpg"), "in_en": "A room"})
    for action, sent in SENT.items():
        old = page_of(olu, survey)
        stored(session, survey).place = f"Elsewhere, before {action}"
        session.commit()
        before = saved(session, survey)

        page = send(olu, old, action, sent(), 409)

        assert "Somebody else changed this survey" in page.text
        assert saved(session, survey) == before
        again = olu.follow(send(olu, page, action, {}))
        assert "saved." in again.text
        assert saved(session, survey) != before


def test_a_question_that_is_gone_is_not_found(olu: Visitor, survey: Survey) -> None:
    olu.get(f"/surveys/{survey.id}/media/gone", 404)


def test_a_store_that_is_gone_says_so_and_keeps_the_words(
    app: Flask, olu: Visitor, survey: Survey, tmp_path: Path
) -> None:
    page = page_of(olu, survey)
    (tmp_path / "media").write_text("a file where the folder should be")
    app.extensions["media_store"] = FolderStore(tmp_path / "media")

    page = send(olu, page, "/photo", {"photo": a_file(samples.photo(), "a.jpg"), "in_en": "A room"}, 503)

    assert "We can't keep files right now." in page.text
    assert hidden(page, "/photo", "in_en") == ["A room"]


SENT: dict[str, Callable[[], dict[str, Any]]] = {
    "/recording": lambda: {"recording": a_file(samples.mp3(), "b.mp3")},
    "/photo": lambda: {"in_en": "A larger room"},
    "/video": lambda: {"video": VIDEO},
    "/recording/remove": dict,
    "/photo/remove": dict,
}


def players_policy(page: Page) -> str:
    """What the page may do."""
    return page.response.headers["Content-Security-Policy"]


def test_the_list_says_what_each_question_has(olu: Visitor, survey: Survey) -> None:
    send(olu, page_of(olu, survey), "/video", {"video": VIDEO})

    page = olu.get(f"/surveys/{survey.id}/media")

    rows: list[Element] = [one for one in page.tree.iter("li") if one.find("div") is not None]
    said = [" ".join("".join(row.itertext()).split()) for row in rows]
    assert said == [
        "1. How was overall? Video in British Sign Language Add or change: How was overall?",
        "2. What was good? Nothing yet Add or change: What was good?",
    ]
    assert "media-src" not in players_policy(page)
    assert players_policy(page_of(olu, survey)).endswith("; media-src 'self'")
