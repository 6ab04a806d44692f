"""Organisers see what they tried out themselves, on results and in files, marked, until the survey opens."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from surveyapp.export.checking.check import differences
from surveyapp.model.questionnaire import AsksWho
from surveyapp.model.survey import OPENLY, TOGETHER, Survey
from surveyapp.model.team import Team
from surveyapp.model.validation import FIXED_NAMES
from tests.export.samples import DAY, file_of, put, records_of
from tests.factories import every_kind, make_question, make_questionnaire, make_survey
from tests.visitor import Page, Visitor

FILES = ("responses.csv", "answers.csv", "comments.csv", "codebook.csv", "excel.csv", "excel.xlsx", "everything.zip")
MARKED = "Rehearsal: these are your own tries. They are deleted from view when the survey opens."
TRIED = {"overall": "5", "drink": "tea", "visits": 3, "best": "Only trying"}
SINGLE_USE = "Somebody's own words"


@pytest.fixture(params=[TOGETHER, OPENLY])
def survey(request: pytest.FixtureRequest, session: Session, team: Team) -> Survey:
    """A draft of either kind that its organisers tried out twice, with two versions of the draft."""
    made = make_survey(session, team, every_kind(), state="draft", sharing=request.param)
    for number in (1, 2):
        put(session, made, number, TRIED, edition=-number, source="rehearsal", day=DAY)
    return made


def results(olu: Visitor, survey: Survey) -> Page:
    return olu.get(f"/surveys/{survey.id}/results")


def opened_for_a_moment(session: Session, survey: Survey, opens_at: datetime | None) -> None:
    """Opened by a way that forgets to sweep: what is shown must not hang on that."""
    survey.open(datetime.now(UTC), "carers-day")
    survey.opens_at = opens_at
    session.commit()


def test_results_show_the_tries_and_say_that_they_are(olu: Visitor, survey: Survey) -> None:
    text = results(olu, survey).text

    assert MARKED in text
    assert "Only trying" in text
    assert "Results of the rehearsal" in text


def test_results_do_not_say_that_the_team_saw_them_as_they_came(olu: Visitor, survey: Survey) -> None:
    text = results(olu, survey).text

    assert "How this was worked out" in text
    assert "Your team saw these answers as they came." not in text


@pytest.mark.parametrize("mark", [None, "accepted"])
def test_results_say_of_a_name_what_the_real_page_will_say(
    olu: Visitor, session: Session, team: Team, mark: AsksWho | None
) -> None:
    name = make_question("who", "comment", "What is your name?", asks_who=mark)
    survey = make_survey(session, team, make_questionnaire(make_question(), name), state="draft")
    put(session, survey, 1, {"overall": "5", "who": "Zebedee"}, edition=-1, source="rehearsal", day=DAY)

    text = results(olu, survey).text

    assert "Its answers tell who somebody is. They are in the full files alone." in text
    assert "Zebedee" not in text


@pytest.mark.parametrize("name", FILES)
def test_files_hold_them_under_a_name_that_says_so(olu: Visitor, survey: Survey, name: str) -> None:
    page = olu.get(f"/surveys/{survey.id}/export")
    assert MARKED in page.text
    address = next(link for link in page.links() if link.endswith(f"/export/{name}?rehearsal=1"))

    given = olu.get(address).response

    assert given.headers["Content-Disposition"] == f"attachment; filename=rehearsal-{name}"
    assert given.get_data()


def test_rows_have_the_contracts_columns(olu: Visitor, survey: Survey) -> None:
    rows = records_of(file_of(olu, survey, "responses.csv", "?rehearsal=1"))

    assert [(row["overall"], row["drink"], row["visits"], row["best"]) for row in rows] == [
        ("5", "tea", "3", "Only trying")
    ] * 2
    assert {(row["source"], row["edition"]) for row in rows} == {("rehearsal", "1")}
    assert list(rows[0])[: len(FIXED_NAMES)] == list(FIXED_NAMES)


def test_workbook_and_package_are_whole(olu: Visitor, survey: Survey, tmp_path: Path) -> None:
    package = tmp_path / "everything.zip"
    package.write_bytes(file_of(olu, survey, "everything.zip", "?rehearsal=1"))
    sheet = load_workbook(io.BytesIO(file_of(olu, survey, "excel.xlsx", "?rehearsal=1")))["Answers"]

    assert differences(package) == []
    with zipfile.ZipFile(package) as archive:
        assert b"Rehearsal: Carers" in b"".join(archive.read(name) for name in archive.namelist())
    assert len(list(sheet.rows)) == 3


def test_without_asking_for_them_files_are_as_they_were(olu: Visitor, survey: Survey) -> None:
    status = 200 if survey.shows_openly else 409

    assert "Only trying" not in olu.get(f"/surveys/{survey.id}/export/comments.csv", status).text
    assert olu.client.get(f"/surveys/{survey.id}/results.json").get_json()["answered"] == 0
    assert "Only trying" not in olu.client.get(f"/surveys/{survey.id}/results.json").text


@pytest.mark.parametrize("what", ["safe.zip?rehearsal=1", "responses.csv?rehearsal=1&series=1"])
def test_tries_are_not_passed_on_nor_put_beside_others(olu: Visitor, survey: Survey, what: str) -> None:
    assert "What you tried out comes by itself" in olu.get(f"/surveys/{survey.id}/export/{what}", 409).text


def test_tries_follow_the_draft(olu: Visitor, session: Session, survey: Survey) -> None:
    survey.draft = make_questionnaire(
        make_question("overall"),
        make_question("drink", "comment", "What?"),
        make_question("best", "number", "How many?"),
    ).to_json()
    session.commit()

    rows = records_of(file_of(olu, survey, "responses.csv", "?rehearsal=1"))

    assert {(row["overall"], row["drink"], row["best"]) for row in rows} == {("5", "tea", "")}
    assert "tea" in results(olu, survey).text


def test_tries_are_there_until_the_set_time_and_no_longer(olu: Visitor, session: Session, survey: Survey) -> None:
    opened_for_a_moment(session, survey, datetime.now(UTC) + timedelta(hours=1))
    assert "Only trying" in results(olu, survey).text

    survey.opens_at = datetime.now(UTC) - timedelta(seconds=1)
    session.commit()

    for page in ("results", "export", "comments", "results.json"):
        assert "Only trying" not in olu.get(f"/surveys/{survey.id}/{page}").text
        assert MARKED not in olu.get(f"/surveys/{survey.id}/{page}").text
    assert "The survey has opened." in olu.get(f"/surveys/{survey.id}/export/answers.csv?rehearsal=1", 409).text


def test_where_somebody_answered_tries_are_shown_no_more(olu: Visitor, session: Session, survey: Survey) -> None:
    opened_for_a_moment(session, survey, datetime.now(UTC) + timedelta(hours=1))
    survey.cards[0].finished_count = 1
    put(session, survey, 9, {"best": SINGLE_USE})
    session.commit()

    assert "Only trying" not in results(olu, survey).text
    refused = olu.get(f"/surveys/{survey.id}/export/responses.csv?rehearsal=1", 409)
    assert SINGLE_USE not in refused.text


def test_nobody_elses_answers_are_among_the_tries(olu: Visitor, session: Session, survey: Survey) -> None:
    put(session, survey, 9, {"best": SINGLE_USE})

    for name in ("responses.csv", "comments.csv", "answers.csv"):
        assert SINGLE_USE not in file_of(olu, survey, name, "?rehearsal=1").decode()
    assert SINGLE_USE not in results(olu, survey).text


def test_a_draft_that_nobody_tried_is_as_it_was(olu: Visitor, session: Session, team: Team) -> None:
    draft = make_survey(session, team, every_kind(), state="draft", sharing=TOGETHER)

    assert MARKED not in results(olu, draft).text
    assert MARKED not in olu.get(f"/surveys/{draft.id}/export").text
