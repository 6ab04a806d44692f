"""An organiser opens a survey, closes it, and opens it again."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import Survey
from surveyapp.model.team import AuditEntry, Team
from tests.factories import card_of, make_question, make_questionnaire, make_survey
from tests.visitor import Page, Visitor, filled_in

TOMORROW = datetime.now(UTC) + timedelta(days=1)
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def press(olu: Visitor, survey: Survey, what: str, status: int = 303) -> Page:
    return olu.submit(olu.get(f"/surveys/{survey.id}"), {}, what, status)


def kept(session: Session, survey: Survey) -> Survey:
    session.expire_all()
    found = session.get_one(Survey, survey.id)
    _ = found.editions
    session.rollback()
    return found


def test_draft_opens_for_attendees(olu: Visitor, ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="draft")
    code = card_of(survey).code
    assert "How was overall?" not in ana.get(f"/s/{code}").text
    page = olu.follow(press(olu, survey, "/open"))
    assert "The survey is open. People can answer now." in page.text
    assert "How was overall?" in ana.get(f"/s/{code}").text


def test_opening_makes_the_first_edition_and_the_event_key(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="draft")
    press(olu, survey, "/open")
    opened = kept(session, survey)
    assert [edition.number for edition in opened.editions] == [1]
    assert opened.event_key == "carers-day-2026-10-07"


def test_second_event_of_the_same_name_and_day_gets_its_own_key(olu: Visitor, session: Session, team: Team) -> None:
    make_survey(session, team)
    survey = make_survey(session, team, state="draft")
    press(olu, survey, "/open")
    assert kept(session, survey).event_key == "carers-day-2026-10-07-2"


def test_survey_that_does_not_say_what_happens_next_stays_closed(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="draft", what_happens_next="")
    page = press(olu, survey, "/open", 422)
    assert page.title.startswith("Error: ")
    assert "The survey can't open yet" in page.text
    assert f"/surveys/{survey.id}/details#what_happens_next" in page.links()
    assert kept(session, survey).state == "draft"


def test_survey_without_questions_cannot_open(olu: Visitor, session: Session, team: Team) -> None:
    note = Questionnaire(title={}, questions=(make_question("hello", "note", "Hello."),))
    survey = make_survey(session, team, note, state="draft")
    assert "This survey asks nothing yet." in press(olu, survey, "/open", 422).text


def test_survey_with_an_opening_time_waits_for_it(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="draft", opens_at=TOMORROW)
    token = filled_in(olu.get(f"/surveys/{survey.id}").form("/sign-out"))["csrf_token"]
    page = olu.follow(olu.post(f"/surveys/{survey.id}/open", {"csrf_token": token}))
    assert "The survey is ready. Opens " in page.text
    assert "Ready: it opens by itself" in page.text


def test_survey_with_an_opening_time_can_open_now(olu: Visitor, ana: Visitor, session: Session, team: Team) -> None:
    for state in ("draft", "open"):
        survey = make_survey(session, team, state=state, opens_at=TOMORROW)
        page = olu.get(f"/surveys/{survey.id}")
        token = filled_in(page.form("/sign-out"))["csrf_token"]
        done = olu.follow(olu.post(f"/surveys/{survey.id}/open", {"csrf_token": token, "at_once": "1"}))
        assert "The survey is open. People can answer now." in done.text
        assert kept(session, survey).opens_at is None
        assert "How was overall?" in ana.get(f"/s/{card_of(survey).code}").text


def test_open_survey_is_closed_by_hand(olu: Visitor, ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    page = olu.follow(press(olu, survey, "/close"))
    assert "The survey is closed." in page.text
    ana.get(f"/s/{card_of(survey).code}", 410)


def test_closed_survey_opens_again_with_the_same_key(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    press(olu, survey, "/close")
    press(olu, survey, "/open")
    opened = kept(session, survey)
    assert (opened.state, opened.closed_at, opened.event_key) == ("open", None, survey.event_key)
    assert [edition.number for edition in opened.editions] == [1]


def test_opening_after_the_closing_time_says_that_it_is_taken_away(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, closes_at=YESTERDAY)
    page = olu.follow(press(olu, survey, "/open"))
    assert "Its closing time had passed, and is taken away." in page.text
    assert kept(session, survey).closes_at is None


def test_opening_and_closing_are_written_down(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="draft")
    press(olu, survey, "/open")
    press(olu, survey, "/close")
    written = session.scalars(select(AuditEntry).order_by(AuditEntry.at)).all()
    assert [entry.what for entry in written] == ["opened the survey", "closed the survey"]
    assert {entry.survey_id for entry in written} == {survey.id}


def test_overview_counts_finished_answers_by_card(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, make_questionnaire())
    card_of(survey).finished_count = 7
    card_of(survey, "Link").finished_count = 30
    survey.add_card("Rehearsal", source="rehearsal").finished_count = 5
    session.commit()
    page = olu.get(f"/surveys/{survey.id}")
    assert "37 of 81 people" in page.text
    rows = [list(row.itertext()) for row in page.tree.findall(".//tbody/tr")]
    assert rows == [["Link", "30"], ["Table 1", "7"]]


def test_times_that_come_twice_are_told(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="draft")
    page = olu.get(f"/surveys/{survey.id}/details")
    typed = {"opens_at": "2026-10-25T01:30", "closes_at": "2026-10-25T01:45", "time_zone": "Europe/London"}
    done = olu.follow(olu.submit(page, typed, "/details"))
    assert "the opening time comes twice. The first of the two is meant." in done.text
    assert "the closing time comes twice. The second of the two is meant." in done.text
    assert "It is set to open Sunday 25 October at 1:30 am, British Summer Time." in done.text
    assert "It is set to close at 1:45 am, Greenwich Mean Time." in done.text
    again = olu.follow(olu.submit(olu.get(f"/surveys/{survey.id}/details"), {}, "/details"))
    assert "It is set to close at 1:45 am, Greenwich Mean Time." in again.text
