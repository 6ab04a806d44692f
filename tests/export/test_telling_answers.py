"""Answers that tell who somebody is stand in the full files alone: in no ordinary file, no figure, no quote."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.export.checking.check import differences
from surveyapp.model.comment_note import CommentNote
from surveyapp.model.questionnaire import Questionnaire, ShowIf
from surveyapp.model.release import release
from surveyapp.model.response import Response
from surveyapp.model.survey import OPENLY, TOGETHER, Survey
from surveyapp.model.team import Team
from tests.export.samples import DAY, file_of, put, records_of
from tests.factories import make_choice, make_question, make_questionnaire, make_survey
from tests.model.test_release import CLOSED_AT
from tests.visitor import Visitor

FILES = ("responses.csv", "answers.csv", "comments.csv", "codebook.csv", "excel.csv", "everything.zip", "safe.zip")
WAYS = (make_choice("no"), make_choice("mail", "Yes, my email is", other_text=True))
KNOWN = (make_choice("amina", "First"), make_choice("bob", "Second"))
ASKED = make_questionnaire(
    make_question("overall"),
    make_question("who", "comment", "What is your name?", asks_who="accepted"),
    make_question("call", "number", "Your phone number", asks_who="accepted"),
    make_question("reply", "single", "Shall we write to you?", choices=WAYS, asks_who="accepted"),
    make_question("which", "single", "Which one are you?", choices=KNOWN, asks_who="accepted"),
    make_question("hangs", "comment", "And then?", show_if=ShowIf("which", ("bob",))),
    make_question("best", "comment", "What was good?"),
    make_question("quote_ok", "yes_no", "May we use your words?"),
)
ANSWERS: dict[str, Any] = {
    "overall": "5", "who": "Zebedee", "call": 7700900, "reply": "mail", "reply__other_text": "zeb@example.org",
    "which": "bob", "hangs": "Dangling", "best": "Lunch", "quote_ok": "yes",
}  # fmt: skip
SECRETS = ("Zebedee", "7700900", "zeb@example.org", "Dangling")


UNMARKED = replace(ASKED, questions=tuple(replace(one, asks_who=None) for one in ASKED.questions))


def answered(session: Session, team: Team, sharing: str, asked: Questionnaire = ASKED) -> Survey:
    """Thirty people have told who they are, and the survey was released."""
    made = make_survey(session, team, asked, sharing=sharing)
    for number in range(30):
        put(session, made, number + 1, ANSWERS, day=DAY)
    for row in session.scalars(select(Response)):
        row.released = sharing == OPENLY
    made.close(CLOSED_AT)
    session.commit()
    release(session, made, CLOSED_AT)
    session.commit()
    return made


@pytest.fixture(params=[TOGETHER, OPENLY])
def survey(request: pytest.FixtureRequest, session: Session, team: Team) -> Survey:
    """A survey of either kind."""
    return answered(session, team, request.param)


def everything_in(file: bytes) -> str:
    if not file.startswith(b"PK"):
        return file.decode()
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize("name", FILES)
def test_no_ordinary_file_has_them(olu: Visitor, survey: Survey, name: str) -> None:
    held = everything_in(file_of(olu, survey, name))

    assert not [secret for secret in SECRETS if secret in held]


def test_columns_stay_and_cells_are_blanked_in_every_row(olu: Visitor, survey: Survey) -> None:
    rows = records_of(file_of(olu, survey, "responses.csv"))
    answers = records_of(file_of(olu, survey, "answers.csv"))

    assert len(rows) == 30
    for column in ("who", "call", "reply", "reply__other_text", "which", "hangs"):
        assert {row[column] for row in rows} == {""}
    assert {row["overall"] for row in rows} == {"5"}
    for key in ("who", "call", "reply", "which", "hangs"):
        assert {row["state"] for row in answers if row["question_key"] == key} == {"blanked"}


def test_full_files_have_them(olu: Visitor, survey: Survey) -> None:
    rows = records_of(file_of(olu, survey, "responses.csv", "?full=1"))

    assert {(row["who"], row["call"], row["reply__other_text"], row["hangs"]) for row in rows} == {
        ("Zebedee", "7700900", "zeb@example.org", "Dangling")
    }
    assert "Zebedee" in everything_in(file_of(olu, survey, "comments.csv", "?full=1"))


@pytest.mark.parametrize("query", ["", "?full=1"])
def test_package_is_whole(olu: Visitor, survey: Survey, tmp_path: Path, query: str) -> None:
    package = tmp_path / "everything.zip"
    package.write_bytes(file_of(olu, survey, "everything.zip", query))

    assert differences(package) == []


def test_no_page_and_no_figure_shows_them(olu: Visitor, survey: Survey) -> None:
    shown = [olu.get(f"/surveys/{survey.id}/{page}").text for page in ("results", "comments", "comments?show=agreed")]
    figures = olu.client.get(f"/surveys/{survey.id}/results.json")

    assert not [secret for secret in SECRETS for text in (*shown, figures.text) if secret in text]
    assert "Its answers tell who somebody is. They are in the full files alone." in shown[0]
    assert "Lunch" in shown[0]
    questions = figures.get_json()["questions"]
    assert questions["overall"]["n"] == 30
    assert all(questions[key]["withheld"] for key in ("who", "call", "reply", "which", "hangs"))


def test_they_are_never_passed_on_as_a_quote(olu: Visitor, session: Session, survey: Survey) -> None:
    for row in session.scalars(select(Response)):
        for question in ("who", "best"):
            note = CommentNote(survey_id=survey.id, response_key=row.key, question=question, is_quote=True)
            note.status = "read"
            session.add(note)
    session.commit()

    held = everything_in(file_of(olu, survey, "safe.zip"))

    assert "Lunch" in held
    assert "Zebedee" not in held


def test_what_was_once_asked_so_stays_blanked(olu: Visitor, session: Session, survey: Survey) -> None:
    questions = (replace(one, asks_who="no" if one.asks_who else None) for one in ASKED.questions)
    survey.draft = replace(ASKED, questions=tuple(questions)).to_json()
    survey.publish()
    session.commit()

    held = everything_in(file_of(olu, survey, "everything.zip"))

    assert not [secret for secret in SECRETS if secret in held]


@pytest.mark.parametrize("sharing", [TOGETHER, OPENLY])
def test_edition_from_before_there_were_marks_keeps_its_figures(
    olu: Visitor, session: Session, team: Team, sharing: str
) -> None:
    made = answered(session, team, sharing, UNMARKED)

    questions = olu.client.get(f"/surveys/{made.id}/results.json").get_json()["questions"]
    shown = olu.get(f"/surveys/{made.id}/results").text
    assert not any(questions[key].get("withheld") for key in ("who", "call", "reply", "which", "hangs"))
    assert "Its answers tell who somebody is." not in shown
    assert "Zebedee" in shown
    assert "Zebedee" in everything_in(file_of(olu, made, "comments.csv"))
    assert {row["call"] for row in records_of(file_of(olu, made, "responses.csv"))} == {"7700900"}


def test_a_later_edition_that_is_marked_counts_for_what_was_answered_before(
    olu: Visitor, session: Session, team: Team
) -> None:
    made = answered(session, team, TOGETHER, UNMARKED)
    made.draft = ASKED.to_json()
    made.publish()
    session.commit()

    held = everything_in(file_of(olu, made, "everything.zip"))

    assert not [secret for secret in SECRETS if secret in held]


def test_page_of_files_says_where_they_are(olu: Visitor, survey: Survey) -> None:
    page = olu.get(f"/surveys/{survey.id}/export")

    assert "What tells who somebody is, such as a name, is" in page.text
    assert f"/surveys/{survey.id}/export?full=1" in page.links()
