"""An organiser makes a survey from a ready one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.editing.library import module, ready_surveys
from surveyapp.model.languages import in_languages
from surveyapp.model.survey import Survey
from surveyapp.model.team import Account, AuditEntry, Membership, Team
from tests.factories import make_team
from tests.visitor import Page, Visitor

DETAILS = {
    "title": "Carers' day",
    "event_date": "2030-10-07",
    "place": "Leeds",
    "attendance": "81",
    "opens_at": "2030-10-07T09:00",
    "closes_at": "2030-10-21T18:00",
}


def make(olu: Visitor, ready: str = "quick_card", status: int = 303, **fields: str | Sequence[str]) -> Page:
    form = olu.get(f"/surveys/new?ready={ready}")
    return olu.submit(form, DETAILS | fields, "/surveys/new", status)


def test_eight_ready_surveys_can_be_chosen(olu: Visitor) -> None:
    page = olu.get("/surveys/new")
    offered = [radio.get("value") for radio in page.tree.iter("input") if radio.get("name") == "ready"]
    assert offered == list(ready_surveys())
    assert len(offered) == 8


def test_a_ready_survey_tells_its_purpose_and_its_length(olu: Visitor) -> None:
    quick = ready_surveys()["quick_card"]
    page = olu.get("/surveys/new")
    assert quick.purpose in page.text
    assert f"{len(quick.asking)} questions" in page.text


def test_going_on_without_a_choice_asks_for_one(olu: Visitor) -> None:
    page = olu.get("/surveys/new?choose=1", 422)
    assert page.title.startswith("Error: ")
    assert "Choose a survey to start from." in page.text


@pytest.mark.parametrize("ready", list(ready_surveys()))
def test_every_ready_survey_becomes_a_draft(olu: Visitor, session: Session, ready: str) -> None:
    olu.follow(make(olu, ready))
    survey = session.scalars(select(Survey)).one()
    assert survey.state == "draft"
    assert survey.questionnaire == in_languages(ready_surveys()[ready], [])


def test_new_survey_keeps_what_was_typed(olu: Visitor, session: Session) -> None:
    make(olu, default_view="easy", help="Ask Sam.\nOr Ann.")
    survey = session.scalars(select(Survey)).one()
    assert (survey.title, survey.place, survey.attendance) == ("Carers' day", "Leeds", 81)
    assert survey.event_date == date(2030, 10, 7)
    assert survey.opens_at == datetime(2030, 10, 7, 8, 0, tzinfo=UTC)
    assert survey.closes_at == datetime(2030, 10, 21, 17, 0, tzinfo=UTC)
    assert survey.help == "Ask Sam.\nOr Ann."
    assert survey.default_view == "easy"
    assert survey.what_happens_next.startswith("We read every answer.")


def test_new_survey_has_one_card_for_a_link(olu: Visitor, session: Session) -> None:
    make(olu)
    (card,) = session.scalars(select(Survey)).one().cards
    assert (card.label, card.source) == ("Link", "link")


def test_equality_questions_stand_at_the_end_when_asked_for(olu: Visitor, session: Session) -> None:
    make(olu, equality="y")
    asked = session.scalars(select(Survey)).one().questionnaire
    assert asked == in_languages(ready_surveys()["quick_card"].extended_by(module("equality")), [])
    assert asked.unlinked


def test_times_are_read_in_the_zone_that_was_chosen(olu: Visitor, session: Session) -> None:
    make(olu, time_zone="Asia/Kolkata")
    assert session.scalars(select(Survey)).one().opens_at == datetime(2030, 10, 7, 3, 30, tzinfo=UTC)


def test_making_a_survey_is_written_down(olu: Visitor, session: Session) -> None:
    make(olu)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.what, entry.survey_id) == ("created the survey", session.scalars(select(Survey.id)).one())


def test_member_of_two_teams_chooses_one(olu: Visitor, session: Session, team: Team) -> None:
    second = make_team(session, "Second team")
    account = session.scalars(select(Account)).one()
    session.add(Membership(team_id=second.id, account_id=account.id, role="editor"))
    session.commit()
    make(olu, team=str(second.id))
    assert session.scalars(select(Survey)).one().team_id == second.id


def test_team_of_somebody_else_cannot_be_chosen(olu: Visitor, session: Session) -> None:
    other = make_team(session, "Other team")
    page = make(olu, team=str(other.id), status=422)
    assert "Choose one from the list." in page.text
    assert session.scalars(select(Survey)).all() == []


def test_ready_survey_that_is_not_there_leads_back_to_the_choice(olu: Visitor) -> None:
    page = olu.get("/surveys/new?ready=quick_card")
    answer = olu.submit(page, DETAILS | {"ready": "made_up"}, "/surveys/new")
    assert olu.follow(answer, 422).h1 == "New survey"


def test_new_survey_speaks_the_languages_that_were_chosen(olu: Visitor, session: Session) -> None:
    whole = ready_surveys()["quick_card"]
    chosen = whole.languages[1:3]

    form = olu.get("/surveys/new?ready=quick_card")
    offered = [box.get("value") for box in form.tree.iter("input") if box.get("name") == "languages"]
    make(olu, languages=chosen)

    assert offered == list(whole.languages[1:])
    assert session.scalars(select(Survey)).one().questionnaire == in_languages(whole, chosen)


def test_new_survey_refuses_a_language_that_it_does_not_have(olu: Visitor, session: Session) -> None:
    page = make(olu, status=422, languages=["tlh"])

    assert "Choose among these." in page.text
    assert session.scalars(select(Survey)).all() == []
