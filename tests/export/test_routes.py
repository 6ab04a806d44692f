"""Who may take which file, and how it arrives."""

import csv
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.export.routes import FILES
from surveyapp.model.team import Team
from tests.export.samples import file_of, put, records_of
from tests.factories import card_of, make_survey
from tests.visitor import Visitor

IDS = [UUID(int=number * 0x1234567_89ABCDEF, version=4) for number in range(1, 121)]


@pytest.mark.parametrize("name", FILES)
def test_every_file_comes_as_an_attachment(olu: Visitor, session: Session, team: Team, name: str) -> None:
    """EX1: every file comes as an attachment, and the page leads to each."""
    survey = make_survey(session, team)

    answer = olu.get(f"/surveys/{survey.id}/export/{name}").response

    assert answer.headers["Content-Type"] == FILES[name].media_type
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_data().startswith(b"\xef\xbb\xbf") is (name == "excel.csv")


def test_page_leads_to_every_file_there_is(olu: Visitor, session: Session, team: Team) -> None:
    """EX1: every file comes as an attachment, and the page leads to each."""
    survey = make_survey(session, team)
    put(session, survey, 1, {"overall": "5", "best": "Tea"})

    page = olu.get(f"/surveys/{survey.id}/export")

    files = [link for link in page.links() if "/export/" in link]
    assert files == [f"/surveys/{survey.id}/export/{name}" for name in FILES]
    assert "1 finished response is in these files." in page.text
    for link in files:
        assert len(olu.get(link).response.get_data().splitlines()) > 1


def test_page_offers_unfinished_responses_where_there_are_some(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, is_released=True)
    for start in range(5):
        put(session, survey, start, {"overall": "5"}, finished=False, day=None)

    page = olu.get(f"/surveys/{survey.id}/export")

    first, *others = [link for link in page.links() if link.endswith("?unfinished=1")]
    assert len(others) == len(FILES) - 2  # figures that may be passed on are of finished responses alone
    assert "The same, with 5 unfinished responses too" in page.text
    assert len(records_of(olu.get(first).response.get_data())) == 5


def test_other_teams_survey_is_not_found(petra: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)

    petra.get(f"/surveys/{survey.id}/export", 404)
    for name in FILES:
        petra.get(f"/surveys/{survey.id}/export/{name}", 404)


def test_anybody_else_is_asked_to_sign_in(app: Flask, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    stranger = Visitor(app.test_client())

    for path in ("", "/responses.csv"):
        page = stranger.get(f"/surveys/{survey.id}/export{path}", 303, headers={"Accept": "text/html"})
        assert "/sign-in" in page.location


def test_unknown_files_and_surveys_are_not_found(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)

    olu.get(f"/surveys/{survey.id}/export/people.csv", 404)
    olu.get(f"/surveys/{uuid4()}/export/responses.csv", 404)


def test_draft_without_an_edition_gives_the_fixed_columns(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="draft")

    assert records_of(file_of(olu, survey, "responses.csv")) == []
    assert file_of(olu, survey, "responses.csv").endswith(b",late,follows\r\n")


def test_order_of_rows_is_by_response_id_and_not_by_arrival(
    olu: Visitor, ana: Visitor, session: Session, team: Team
) -> None:
    survey = make_survey(session, team)
    code = card_of(survey).code
    for number, response in enumerate(IDS):
        ana.post(f"/s/{code}", {"response": str(response), "best": f"{number}", "overall": "5", "finish": "1"})

    records = list(csv.DictReader(file_of(olu, survey, "responses.csv").decode().splitlines()))

    arrivals = [int(record["best"]) for record in records]
    assert sorted(arrivals) == list(range(len(IDS)))
    assert [record["response_id"] for record in records] == sorted(record["response_id"] for record in records)
    assert abs(_rank_correlation(arrivals)) < 0.2
    assert file_of(olu, survey, "responses.csv") == file_of(olu, survey, "responses.csv")


def _rank_correlation(ranks: list[int]) -> float:
    """Spearman's rho between places and ranks."""
    count = len(ranks)
    squares = sum((place - rank) ** 2 for place, rank in enumerate(ranks))
    return 1 - 6 * squares / (count * (count**2 - 1))
