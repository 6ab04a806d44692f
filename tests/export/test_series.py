"""A series: events of one team stacked in one file, each line with its event's key."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.export.checking.check import differences
from surveyapp.export.routes import FILES, SAFE
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.export.packages import json_of, unzipped
from tests.export.samples import file_of, put, records_of
from tests.factories import make_question, make_questionnaire, make_survey, make_team
from tests.visitor import Visitor

SERIES = "Carers' days"


@pytest.fixture
def last_year(session: Session, team: Team) -> Survey:
    """The first event: a rating, and a comment that the second no longer asks."""
    asked = make_questionnaire(make_question(), make_question("old", "comment", "What was new?"))
    return make_survey(session, team, asked, series=SERIES, event_date=date(2025, 10, 8))


@pytest.fixture
def this_year(session: Session, team: Team, last_year: Survey) -> Survey:
    """The second event: the rating in other words, and a number."""
    asked = make_questionnaire(make_question("visits", "number"), make_question(label="How was your day?"))
    made = make_survey(session, team, asked, series=SERIES)
    put(session, last_year, 2, {"overall": "4", "old": "All of it"})
    put(session, last_year, 1, {"overall": "5"})
    put(session, made, 1, {"overall": "not_applicable", "visits": 3})
    return made


def test_events_stand_one_after_the_other_with_their_keys(olu: Visitor, last_year: Survey, this_year: Survey) -> None:
    file = file_of(olu, last_year, "responses.csv", "?series=1")

    header, *lines = file.decode().split("\r\n")
    assert header.partition("follows,")[2] == "visits,overall,old"
    assert [line.split(",")[:4] + line.split(",")[-3:] for line in lines[:-1]] == [
        ["01ababababababab", "carers-day-2025-10-08", "1", "2026-10-07", "", "5", ""],
        ["02ababababababab", "carers-day-2025-10-08", "1", "2026-10-07", "", "4", "All of it"],
        ["01ababababababab", "carers-day-2026-10-07", "1", "2026-10-07", "3", "", ""],
    ]
    assert file_of(olu, this_year, "responses.csv", "?series=1") == file


def test_every_file_holds_all_events_and_the_newest_words(olu: Visitor, last_year: Survey, this_year: Survey) -> None:
    codebook = records_of(file_of(olu, last_year, "codebook.csv", "?series=1"))
    columns = {line["column"]: line for line in codebook if not line["value"]}
    long = records_of(file_of(olu, last_year, "answers.csv", "?series=1"))

    assert (columns["overall"]["question"], columns["overall"]["n_answered"]) == ("How was your day?", "2")
    assert (columns["old"]["question"], columns["old"]["n_answered"], columns["old"]["n_missing"]) == (
        "What was new?",
        "1",
        "2",
    )
    assert [line["question_key"] for line in long] == ["overall", "old", "overall", "old", "visits", "overall"]
    for name in FILES.keys() - {SAFE}:
        answer = olu.get(f"/surveys/{this_year.id}/export/{name}?series=1").response
        assert answer.headers["Content-Disposition"] == f"attachment; filename=series-{name}"
        assert answer.get_data() != file_of(olu, this_year, name)


def test_page_offers_the_series_where_there_is_one(
    olu: Visitor, session: Session, team: Team, last_year: Survey, this_year: Survey
) -> None:
    page = olu.get(f"/surveys/{last_year.id}/export")
    alone = olu.get(f"/surveys/{make_survey(session, team).id}/export")

    assert "The same, of all 2 events of the series “Carers' days”" in page.text
    assert f"/surveys/{last_year.id}/export/everything.zip?series=1" in page.links()
    assert this_year.event_key
    assert not [link for link in alone.links() if "series" in link]


def test_package_of_a_series_is_whole_and_counts_by_event(
    olu: Visitor, last_year: Survey, this_year: Survey, tmp_path: Path
) -> None:
    package = tmp_path / "series.zip"
    package.write_bytes(file_of(olu, this_year, "everything.zip", "?series=1"))

    manifest = json_of(unzipped(package.read_bytes()), "manifest.json")

    assert differences(package) == []
    assert manifest["survey"] == {"title": SERIES, "event_key": "carers-days"}
    assert [event["event_key"] for event in manifest["events"]] == [last_year.event_key, this_year.event_key]
    assert manifest["responses_by_edition"] == {"carers-day-2025-10-08 1": 2, "carers-day-2026-10-07 1": 1}
    assert manifest["answers"] == {"overall": 3, "old": 1, "visits": 1}


def test_other_teams_and_drafts_are_in_no_series(
    olu: Visitor, session: Session, team: Team, last_year: Survey, this_year: Survey
) -> None:
    elsewhere = make_survey(session, make_team(session, "Elsewhere"), series=SERIES)
    put(session, elsewhere, 9, {"overall": "1"})
    make_survey(session, team, series=SERIES, state="draft")
    make_survey(session, team, series="")

    lines = records_of(file_of(olu, this_year, "responses.csv", "?series=1"))

    assert {line["event_key"] for line in lines} == {last_year.event_key, this_year.event_key}


def test_survey_without_others_in_its_series_is_told_so(olu: Visitor, session: Session, team: Team) -> None:
    alone = make_survey(session, team, series=SERIES)
    without = make_survey(session, team)
    make_survey(session, team)

    for survey in (alone, without):
        page = olu.get(f"/surveys/{survey.id}/export/responses.csv?series=1", 409)
        assert "This survey is in no series with others that have opened." in page.text


def test_question_of_two_kinds_is_named_and_nothing_is_mixed(
    olu: Visitor, session: Session, team: Team, last_year: Survey
) -> None:
    other = make_survey(session, team, make_questionnaire(make_question("old", "number")), series=SERIES)

    page = olu.get(f"/surveys/{other.id}/export/responses.csv?series=1", 409)

    assert "“old” is another kind of question in carers-day-2025-10-08 than in carers-day-2026-10-07" in page.text
    assert file_of(olu, other, "responses.csv").decode().partition("\r\n")[0].endswith(",old")


def test_totals_that_are_counted_apart_come_event_by_event(olu: Visitor, this_year: Survey) -> None:
    page = olu.get(f"/surveys/{this_year.id}/export/everything.zip?series=1&equality=1", 409)

    assert "come one event at a time" in page.text


def test_another_team_finds_nothing(petra: Visitor, this_year: Survey) -> None:
    petra.get(f"/surveys/{this_year.id}/export/responses.csv?series=1", 404)


def test_token_for_one_event_does_not_open_the_series(
    app: Flask, session: Session, olu: Visitor, last_year: Survey, this_year: Survey
) -> None:
    secret, one_more = (made_token(olu, opens) for opens in (f"survey:{this_year.id}", f"team:{this_year.team_id}"))

    assert taken_with(app, secret, this_year, "") == 200
    assert taken_with(app, secret, this_year, "?series=1") == 404
    assert taken_with(app, one_more, this_year, "?series=1") == 200


def made_token(olu: Visitor, opens: str) -> str:
    """A new token, as its page shows it."""
    page = olu.submit(olu.get("/account/tokens"), {"name": opens, "opens": opens, "days": "90"}, "/account/tokens", 200)
    return page.tree.findtext(".//p[@class='secret']/code") or ""


def taken_with(app: Flask, secret: str, survey: Survey, query: str) -> int:
    """The status that a program gets which asks for a file with a token."""
    path = f"/surveys/{survey.id}/export/responses.csv{query}"
    answer = app.test_client().get(path, headers={"Authorization": f"Bearer {secret}"})
    answer.get_data()
    return answer.status_code


def begin(session: Session, survey: Survey) -> None:
    """Five people begin: they wait, or where it was released already, their copies are there."""
    for start in range(20, 25):
        put(session, survey, start, {"overall": "1"}, finished=False)


def test_unfinished_answers_of_a_series_wait_until_each_of_its_events_may_show_them(
    olu: Visitor, session: Session, last_year: Survey, this_year: Survey
) -> None:
    path = f"/surveys/{last_year.id}/export/responses.csv?series=1&unfinished=1"
    last_year.is_released = True
    begin(session, last_year)
    begin(session, this_year)

    olu.get(path, status=409)

    this_year.is_released = True
    begin(session, this_year)
    assert len(records_of(olu.get(path).response.get_data())) == 13
