"""An organiser changes a survey's details, perhaps while another does the same."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.survey import OPENLY, TOGETHER, Survey
from surveyapp.model.team import AuditEntry, Team
from tests.factories import make_survey, make_team
from tests.visitor import Visitor


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A draft of Olu's team."""
    return make_survey(session, team, state="draft", opens_at=datetime(2030, 7, 1, 8, 0, tzinfo=UTC))


def kept(session: Session) -> Survey:
    session.expire_all()
    survey = session.scalars(select(Survey)).one()
    session.rollback()
    return survey


def edit_path(survey: Survey) -> str:
    return f"/surveys/{survey.id}/details"


def value_of(survey: Survey, olu: Visitor, name: str) -> str | None:
    field = olu.get(edit_path(survey)).tree.find(f".//input[@name='{name}']")
    assert field is not None
    return field.get("value")


def test_form_shows_what_is_saved(olu: Visitor, survey: Survey) -> None:
    assert value_of(survey, olu, "title") == "Carers' day"
    assert value_of(survey, olu, "event_date") == "2026-10-07"
    assert value_of(survey, olu, "opens_at") == "2030-07-01T09:00"


def test_sending_the_form_untouched_changes_nothing(olu: Visitor, survey: Survey, session: Session) -> None:
    before = (survey.title, survey.opens_at, survey.attendance, survey.what_happens_next, survey.help)
    olu.submit(olu.get(edit_path(survey)), {}, "/details")
    after = kept(session)
    assert (after.title, after.opens_at, after.attendance, after.what_happens_next, after.help) == before


def test_changed_details_are_saved_and_written_down(olu: Visitor, survey: Survey, session: Session) -> None:
    page = olu.submit(olu.get(edit_path(survey)), {"title": "Carers' week", "attendance": ""}, "/details")
    assert "The details are saved." in olu.follow(page).text
    assert (kept(session).title, kept(session).attendance) == ("Carers' week", None)
    assert session.scalars(select(AuditEntry.what)).one() == "changed the details"


def test_details_of_an_open_survey_can_change(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    olu.submit(olu.get(edit_path(survey)), {"place": "York"}, "/details")
    assert kept(session).place == "York"


def refused_edit(olu: Visitor, survey: Survey, **typed: str) -> str:
    """Save an edit that is refused; the words of the page."""
    return olu.submit(olu.get(edit_path(survey)), typed, "/details", status=422).text


def test_together_never_becomes_openly_once_it_was_opened(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, sharing=TOGETHER)

    said = refused_edit(olu, survey, sharing=OPENLY)

    assert "The survey was opened, and people may have read when answers are seen." in said
    assert kept(session).sharing == TOGETHER


def test_openly_becomes_together_as_long_as_nobody_answered(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, sharing=OPENLY)

    olu.submit(olu.get(edit_path(survey)), {"sharing": TOGETHER}, "/details")

    assert kept(session).sharing == TOGETHER


def test_an_open_survey_never_closes_in_the_past(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)

    said = refused_edit(olu, survey, closes_at="2026-10-07T09:00", opens_at="2026-10-07T08:00")

    assert "This time is over. Choose one that is still to come, or close it by hand." in said
    assert kept(session).closes_at is None


@pytest.mark.parametrize("change", [{"place": "York"}, {"time_zone": "Asia/Kolkata"}])
def test_a_survey_that_the_clock_closed_can_be_put_right_and_stays_closed(
    olu: Visitor, session: Session, team: Team, change: dict[str, str]
) -> None:
    closed = datetime(2026, 10, 7, 18, 0, 30, tzinfo=UTC)
    survey = make_survey(session, team, closes_at=closed)

    olu.submit(olu.get(edit_path(survey)), change, "/details")

    assert kept(session).closes_at == closed
    assert all(getattr(kept(session), name) == value for name, value in change.items())


def test_a_time_that_comes_twice_stays_the_one_that_it_is(olu: Visitor, session: Session, team: Team) -> None:
    first = datetime(2040, 10, 28, 0, 30, tzinfo=UTC)  # 1:30 by summer time, an hour before 1:30 by winter time
    survey = make_survey(session, team, closes_at=first)

    olu.submit(olu.get(edit_path(survey)), {"place": "York"}, "/details")

    assert kept(session).closes_at == first


def test_a_later_closing_time_opens_the_survey_again_and_says_so(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, closes_at=datetime(2026, 10, 7, 18, tzinfo=UTC))
    survey.is_released = True
    session.commit()

    page = olu.follow(olu.submit(olu.get(edit_path(survey)), {"closes_at": "2040-10-07T09:00"}, "/details"))

    assert "The survey is open. People can answer now." in page.text
    assert not kept(session).is_released


def test_answers_can_be_kept_until_a_day_that_is_not_before_the_event(
    olu: Visitor, survey: Survey, session: Session
) -> None:
    page = olu.submit(olu.get(edit_path(survey)), {"keep_until": "2025-12-31"}, "/details", 422)
    assert "Choose a day after the event" in page.text
    olu.submit(page, {"keep_until": "2027-12-31"}, "/details")
    assert kept(session).keep_until == date(2027, 12, 31)
    assert value_of(survey, olu, "keep_until") == "2027-12-31"


def test_refused_edit_keeps_what_was_typed_and_what_is_saved(olu: Visitor, survey: Survey, session: Session) -> None:
    page = olu.submit(olu.get(edit_path(survey)), {"title": "", "place": "York"}, "/details", 422)
    assert page.title.startswith("Error: ")
    field = page.tree.find(".//input[@name='place']")
    assert field is not None
    assert field.get("value") == "York"
    assert kept(session).place == "Leeds"


def test_second_of_two_organisers_is_told_what_the_first_saved(olu: Visitor, survey: Survey, session: Session) -> None:
    mine = olu.get(edit_path(survey))
    olu.submit(olu.get(edit_path(survey)), {"title": "Their title"}, "/details")
    page = olu.submit(mine, {"title": "My title"}, "/details", 409)
    assert "Somebody else changed this survey" in page.text
    assert "Saved now: Their title" in page.text
    field = page.tree.find(".//input[@name='title']")
    assert field is not None
    assert field.get("value") == "My title"
    assert kept(session).title == "Their title"


def test_saving_again_after_being_told_keeps_the_typed_words(olu: Visitor, survey: Survey, session: Session) -> None:
    mine = olu.get(edit_path(survey))
    olu.submit(olu.get(edit_path(survey)), {"title": "Their title"}, "/details")
    told = olu.submit(mine, {"title": "My title"}, "/details", 409)
    olu.submit(told, {}, "/details")
    assert kept(session).title == "My title"


def test_conflict_names_only_the_details_that_differ(olu: Visitor, survey: Survey) -> None:
    mine = olu.get(edit_path(survey))
    olu.submit(olu.get(edit_path(survey)), {"default_view": "easy", "help": "Ask Sam."}, "/details")
    page = olu.submit(mine, {"help": "Ask Sam."}, "/details", 409)
    told = ["".join(term.itertext()) for term in page.tree.iter("dt")]
    assert told == ["How the questions look at first"]


def test_edit_without_its_version_overwrites_nothing(olu: Visitor, survey: Survey, session: Session) -> None:
    olu.submit(olu.get(edit_path(survey)), {"title": "My title", "version": ""}, "/details", 409)
    assert kept(session).title == "Carers' day"


def test_a_survey_joins_a_series_that_its_team_has(olu: Visitor, survey: Survey, session: Session, team: Team) -> None:
    make_survey(session, team, series="Carers' days")
    make_survey(session, make_team(session, "Elsewhere"), series="Not ours")
    page = olu.get(edit_path(survey))

    assert [option.get("value") for option in page.tree.findall(".//datalist/option")] == ["Carers' days"]
    olu.submit(page, {"series": " Carers' days "}, "/details")
    session.expire_all()
    assert survey.series == "Carers' days"
