"""A new survey starts from last time's, from pasted text, from a spreadsheet or from our own document."""

import json

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.app import BODY_LIMIT
from surveyapp.editing.library import module, ready_surveys
from surveyapp.importing.detect import questionnaire_from_file, written_document
from surveyapp.importing.imported import MOST_BYTES
from surveyapp.model.questionnaire import Picture, Questionnaire
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import every_kind, make_question, make_questionnaire, make_survey, words
from tests.importing.workbooks import DEFINITIONS, definition, form
from tests.visitor import Page, Visitor, filled_in

PASTED = "How was the day?\n- Very good\n- Good\n- OK\n- Bad\n- Very bad\nWhat was good?"
DETAILS = {"title": "Carers' day"}
REAL = sorted(path.name for path in DEFINITIONS.iterdir())


def paste(olu: Visitor, text: str, status: int = 200) -> Page:
    """Send pasted questions."""
    return olu.submit(olu.get("/surveys/new/paste"), {"text": text}, "/surveys/new/paste", status)


def upload(olu: Visitor, content: bytes, status: int = 200, name: str = "form.xlsx") -> Page:
    """Send a file as a browser does."""
    (token,) = filled_in(olu.get("/surveys/new/file").form("/surveys/new/file"))["csrf_token"]
    parts = [
        b'name="csrf_token"\r\n\r\n' + token.encode(),
        f'name="file"; filename="{name}"\r\n\r\n'.encode() + content,
    ]
    body = b"".join(b"--edge\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    response = olu.client.post("/surveys/new/file", data=body, content_type="multipart/form-data; boundary=edge")
    return olu._checked(response, status)


def finished(olu: Visitor, session: Session, page: Page, **details: str) -> Survey:
    """Go on with what was read, give the details, and make the survey."""
    form = olu.submit(page, {}, "/surveys/new", 200)
    olu.follow(olu.submit(form, DETAILS | details, "/surveys/new"))
    return session.scalars(select(Survey).order_by(Survey.created_on)).all()[-1]


def made(session: Session) -> int:
    """How many surveys there are."""
    return session.scalar(select(func.count()).select_from(Survey)) or 0


def test_every_way_to_start_is_offered(olu: Visitor) -> None:
    page = olu.get("/surveys/new")

    assert {"/surveys/new/again", "/surveys/new/paste", "/surveys/new/file"} <= set(page.links())
    for link in ("again", "paste", "file"):
        assert "/surveys/new" in olu.get(f"/surveys/new/{link}").links()


def test_pasted_questions_are_shown_before_anything_is_made(olu: Visitor, session: Session) -> None:
    page = paste(olu, PASTED)

    assert "We read 2 questions" in page.text
    assert "Very good · Good · OK · Bad · Very bad" in page.text
    assert page.tree.findtext(".//textarea[@name='text']", "").strip() == PASTED
    assert made(session) == 0


def test_pasted_questions_become_a_draft(olu: Visitor, session: Session) -> None:
    survey = finished(olu, session, paste(olu, PASTED))

    assert (survey.state, survey.title) == ("draft", "Carers' day")
    assert [question.kind for question in survey.questionnaire.questions] == ["rating5", "comment"]
    assert survey.what_happens_next.startswith("We read every answer.")


@pytest.mark.parametrize(
    ("text", "sentence", "status"),
    [
        ("", "Paste or type your questions.", 422),
        ("# Only a title", "Write one question a line", 422),
        ("x" * 300_000, "more text than a survey can hold", 413),
    ],
)
def test_a_text_that_cannot_be_read_stays_with_a_sentence(olu: Visitor, text: str, sentence: str, status: int) -> None:
    page = paste(olu, text, status)

    assert page.title.startswith("Error: ")
    assert page.text.count(sentence) == 2
    assert page.tree.findtext(".//textarea[@name='text']", "").strip() == text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # how a file is read does not depend on it
@pytest.mark.parametrize("name", REAL)
def test_a_real_file_is_read_or_refused_with_a_sentence(olu: Visitor, session: Session, name: str) -> None:
    refused = not name.endswith(".xlsx") or "really_xls" in name
    page = upload(olu, definition(name), 422 if refused else 200)

    if refused:
        assert "can't be read here" in page.text
        assert made(session) == 0
    else:
        read = questionnaire_from_file(definition(name))
        assert all(" ".join(sentence.split()) in page.text for sentence in read.left_out)
        survey = finished(olu, session, page, languages=list(read.questionnaire.languages[1:]))  # type: ignore[arg-type]  # one or more
        assert survey.questionnaire == read.questionnaire


def test_our_own_document_comes_back_whole(olu: Visitor, session: Session) -> None:
    survey = finished(olu, session, upload(olu, written_document(every_kind()).encode(), name="photo.png"))

    assert survey.questionnaire == every_kind()


def test_pictures_that_are_not_here_are_left_out_and_told(olu: Visitor, session: Session) -> None:
    photo = Picture(f"{'a' * 64}.jpg", words("A hall"))
    asked = make_questionnaire(make_question(picture=photo, recordings={"en": f"{'b' * 64}.mp3"}), make_question("two"))
    page = upload(olu, written_document(asked).encode())

    assert "Pictures and recordings that are not here; add them again: “How was overall?”." in page.text
    assert finished(olu, session, page).questionnaire == make_questionnaire(make_question(), make_question("two"))


def test_no_file_asks_for_one(olu: Visitor) -> None:
    page = olu.submit(olu.get("/surveys/new/file"), {}, "/surveys/new/file", 422)

    assert page.text.count("Choose the file with your questions.") == 2


def test_a_file_above_the_limit_is_too_large(olu: Visitor, session: Session) -> None:
    page = upload(olu, b"PK\x03\x04" + b"\0" * MOST_BYTES, 413)

    assert page.text.count("The file is larger than 5 MB.") == 2
    assert made(session) == 0


@pytest.mark.parametrize("path", ["/surveys/new/file", "/surveys/new/paste", "/surveys/new"])
def test_a_hundred_megabytes_are_refused_by_what_they_say_of_themselves(olu: Visitor, path: str) -> None:
    said = {"CONTENT_LENGTH": str(100 * BODY_LIMIT)}
    page = olu.post(path, {"text": "Why?"}, 413, environ_overrides=said)

    assert "That is larger than 5 MB. Send only the questions." in page.text


def test_a_document_that_was_tampered_with_is_refused(olu: Visitor, session: Session) -> None:
    page = paste(olu, PASTED)
    forged = json.dumps(every_kind().to_json()).replace('"rating5"', '"rating9"')

    assert "Expected one of rating5" in olu.submit(page, {"document": forged}, "/surveys/new", 422).text
    assert made(session) == 0


def test_details_that_are_refused_keep_the_questions(olu: Visitor, session: Session) -> None:
    form = olu.submit(paste(olu, PASTED), {}, "/surveys/new", 200)
    refused = olu.submit(form, {"title": "", "place": "Leeds"}, "/surveys/new", 422)
    olu.submit(refused, {"title": "At last"}, "/surveys/new")

    survey = session.scalars(select(Survey)).one()
    assert (survey.place, len(survey.questionnaire.questions)) == ("Leeds", 2)


def test_last_time_is_asked_again_with_the_same_keys_and_without_its_dates(
    olu: Visitor, session: Session, team: Team
) -> None:
    last = make_survey(session, team, every_kind(), state="closed", default_view="easy")
    assert f"/surveys/new?again={last.id}" in olu.get("/surveys/new/again").links()
    olu.submit(olu.get(f"/surveys/new?again={last.id}"), {"title": "Carers' day 2027"}, "/surveys/new")

    new = session.scalars(select(Survey).where(Survey.id != last.id)).one()
    session.refresh(last)
    assert new.questionnaire == last.questionnaire
    assert (new.place, new.default_view, new.help, new.state) == (last.place, "easy", last.help, "draft")
    assert (new.event_date, new.attendance, new.opens_at, new.event_key) == (None, None, None, None)
    assert new.series == last.series == "Carers' day"


def test_a_third_time_joins_the_same_series(olu: Visitor, session: Session, team: Team) -> None:
    last = make_survey(session, team, state="closed", series="Carers' days")
    olu.submit(olu.get(f"/surveys/new?again={last.id}"), {}, "/surveys/new")

    assert set(session.scalars(select(Survey.series))) == {"Carers' days"}


def test_equality_questions_are_not_added_twice(olu: Visitor, session: Session, team: Team) -> None:
    asked: Questionnaire = ready_surveys()["quick_card"].extended_by(module("equality"))
    last = make_survey(session, team, asked)
    page = olu.get(f"/surveys/new?again={last.id}")
    olu.submit(page, {"equality": "y"}, "/surveys/new")

    assert "Ask equality questions" not in page.text
    assert session.scalars(select(Survey).where(Survey.id != last.id)).one().questionnaire == asked


def test_another_teams_survey_cannot_be_asked_again(petra: Visitor, vic: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)

    petra.get(f"/surveys/new?again={survey.id}", 404)
    vic.get(f"/surveys/new?again={survey.id}", 403)
    assert str(survey.id) not in petra.get("/surveys/new/again").response.text
    petra.get("/surveys/new?again=not-an-id")


@pytest.mark.parametrize("name", ["questions.xlsx", "questions.json"])
def test_questions_are_taken_along_and_brought_back(
    app: Flask, vic: Visitor, session: Session, team: Team, name: str
) -> None:
    survey = make_survey(session, team, every_kind())
    taken = vic.client.get(f"/surveys/{survey.id}/{name}")

    assert taken.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert f"/surveys/{survey.id}/{name}" in vic.get(f"/surveys/{survey.id}").links()
    assert questionnaire_from_file(taken.data).questionnaire == every_kind()


def test_a_form_without_questions_can_still_be_gone_on_with(olu: Visitor, session: Session) -> None:
    page = upload(olu, form(("calculate", "a", "A")))

    assert "We read 0 questions" in page.text
    assert finished(olu, session, page).questionnaire.questions == ()
