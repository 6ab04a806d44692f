"""An organiser sees every survey of the team, and what to do next."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from surveyapp.model.team import Team
from tests.factories import card_of, make_survey
from tests.visitor import Page, Visitor

TOMORROW = datetime.now(UTC) + timedelta(days=1)
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def rows_under(page: Page, heading: str) -> list[str]:
    """The lines under a heading, spaces folded."""
    for section in page.tree.iter("section"):
        if section.findtext("h2") == heading:
            return [" ".join("".join(row.itertext()).split()) for row in section.iter("li")]
    return []


def test_team_without_surveys_is_told_how_to_begin(olu: Visitor) -> None:
    page = olu.get("/surveys")
    assert "There is no survey yet." in page.text
    assert "/surveys/new" in page.links()


def test_surveys_stand_under_their_state(olu: Visitor, session: Session, team: Team) -> None:
    make_survey(session, team, title="Now")
    make_survey(session, team, title="Soon", opens_at=TOMORROW)
    make_survey(session, team, title="Begun", state="draft")
    make_survey(session, team, title="Shut", state="closed", closed_at=YESTERDAY)
    make_survey(session, team, title="Over", closes_at=YESTERDAY)
    page = olu.get("/surveys")
    assert [row.split()[0] for row in rows_under(page, "Open")] == ["Now"]
    assert sorted(row.split()[0] for row in rows_under(page, "Upcoming")) == ["Begun", "Soon"]
    assert sorted(row.split()[0] for row in rows_under(page, "Past")) == ["Over", "Shut"]


def test_a_line_tells_date_place_state_and_answers(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    card_of(survey).finished_count = 1
    session.commit()
    (row,) = rows_under(olu.get("/surveys"), "Open")
    assert row.startswith("Carers' day 7 October 2026 · Leeds Open 1 answer ")


def test_latest_event_comes_first(olu: Visitor, session: Session, team: Team) -> None:
    for title, day in (("Old", date(2026, 1, 5)), ("New", date(2026, 9, 5)), ("Undated", None)):
        make_survey(session, team, title=title, event_date=day)
    titles = [row.split()[0] for row in rows_under(olu.get("/surveys"), "Open")]
    assert titles == ["Undated", "New", "Old"]


def test_next_event_comes_first_of_those_to_come(olu: Visitor, session: Session, team: Team) -> None:
    for title, day in (("Late", date(2026, 12, 5)), ("Undated", None), ("Soon", date(2026, 11, 5))):
        make_survey(session, team, state="draft", title=title, event_date=day)
    titles = [row.split()[0] for row in rows_under(olu.get("/surveys"), "Upcoming")]
    assert titles == ["Undated", "Soon", "Late"]


def test_surveys_are_found_by_name_and_place(olu: Visitor, session: Session, team: Team) -> None:
    for title, place in (("Listening day", "Leeds"), ("Carers' day", "York"), ("Carers' week", "Leeds")):
        make_survey(session, team, title=title, place=place)
    assert 'name="find"' not in olu.get("/surveys").response.get_data(as_text=True)
    make_survey(session, team, title="<Fourth>", place="")
    page = olu.get("/surveys?find=CARERS+leeds")
    assert [row.split(" 7 ")[0] for row in rows_under(page, "Open")] == ["Carers' week"]
    assert "No survey has “<nowhere>” in its name or place." in olu.get("/surveys?find=%3Cnowhere%3E").text
    assert "/surveys" in page.links()


def test_survey_is_put_away_and_brought_back(olu: Visitor, ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="closed", closed_at=YESTERDAY)
    address = f"/surveys/{survey.id}"
    gone = olu.follow(olu.submit(olu.get(address), {}, "/archive"))
    assert "“Carers' day” is put away. Nothing is deleted." in gone.text
    assert rows_under(gone, "Past") == []
    assert "1 survey is put away" in gone.text
    assert len(rows_under(olu.get("/surveys?away=1"), "Past")) == 1
    ana.get(f"/s/{card_of(survey).code}", 410)
    olu.submit(olu.get(address), {}, "/archive")
    assert len(rows_under(olu.get("/surveys"), "Past")) == 1
    assert "Nothing is put away." in olu.get("/surveys?away=1").text


def test_survey_that_is_open_is_not_put_away(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="closed", closed_at=YESTERDAY)
    page = olu.get(f"/surveys/{survey.id}")
    survey.state, survey.closed_at = "open", None
    session.commit()
    assert "Close the survey first." in olu.follow(olu.submit(page, {}, "/archive")).text
    assert len(rows_under(olu.get("/surveys"), "Open")) == 1


def test_every_page_of_a_survey_tells_the_next_step(olu: Visitor, vic: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="draft")
    for page in ("cards", "results", "preview", "export"):
        assert "Next: Check and open" in olu.get(f"/surveys/{survey.id}/{page}").text
        assert "Next:" not in vic.get(f"/surveys/{survey.id}/{page}").text
    assert "Next:" not in olu.get(f"/surveys/{survey.id}").text


def test_draft_that_lacks_something_leads_to_its_details(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="draft", what_happens_next="")
    page = olu.get("/surveys")
    assert "Finish the details" in page.text
    assert f"/surveys/{survey.id}/details" in page.links()


def test_draft_that_lacks_nothing_leads_to_opening(olu: Visitor, session: Session, team: Team) -> None:
    make_survey(session, team, state="draft")
    assert "Check and open" in olu.get("/surveys").text


def test_surveys_of_another_team_are_not_listed(petra: Visitor, session: Session, team: Team) -> None:
    make_survey(session, team)
    assert "Carers' day" not in petra.get("/surveys").text


def test_list_takes_as_many_statements_however_long_it_is(
    app: Flask, olu: Visitor, session: Session, team: Team
) -> None:
    make_survey(session, team)
    of_one = statements_of(app, lambda: olu.get("/surveys"))
    for number in range(9):
        make_survey(session, team, title=f"Event {number}")
    assert statements_of(app, lambda: olu.get("/surveys")) == of_one


def statements_of(app: Flask, action: Callable[[], object]) -> int:
    """How many statements an action sends to the database."""
    seen: list[str] = []

    def note(*about: Any) -> None:
        seen.append(about[2])

    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", note)
    action()
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)
