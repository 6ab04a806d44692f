"""Closing time passing while somebody is on question 3 loses nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from surveyapp.answer.opened_token import make_opened_token, read_opened_token
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.conftest import SECRET
from tests.factories import card_of, make_question, make_questionnaire, make_survey
from tests.stored import stored_columns
from tests.visitor import Visitor

NOW = datetime.now(UTC)
ANSWER = {"overall": "5", "finish": "1"}


def _note(survey: Survey, opened: datetime, edition: int = 1) -> dict[str, str]:
    return {"opened": make_opened_token(SECRET.encode(), survey.id, edition, opened)}


def _closed(session: Session, team: Team, ago: timedelta) -> Survey:
    return make_survey(session, team, closes_at=NOW - ago)


def test_page_opened_before_the_close_may_still_send_and_is_marked_late(
    ana: Visitor, session: Session, team: Team
) -> None:
    survey = _closed(session, team, timedelta(minutes=5))

    ana.post(f"/s/{card_of(survey).code}", ANSWER | _note(survey, NOW - timedelta(minutes=20)))

    assert stored_columns(session, "late")[0][0] is True


def test_answer_in_time_is_not_late(ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, closes_at=NOW + timedelta(hours=1))

    ana.submit(ana.get(f"/s/{card_of(survey).code}"), ANSWER)

    assert stored_columns(session, "late")[0][0] is False


@pytest.mark.parametrize(
    ("closed_ago", "opened_ago"),
    [(timedelta(minutes=5), timedelta(minutes=4)), (timedelta(days=31), timedelta(days=32))],
    ids=["opened after the close", "closed for over 30 days"],
)
def test_answer_that_comes_too_late_can_still_be_copied(
    ana: Visitor, session: Session, team: Team, closed_ago: timedelta, opened_ago: timedelta
) -> None:
    survey = _closed(session, team, closed_ago)
    fields = ANSWER | _note(survey, NOW - opened_ago) | {"best": "My own words"}

    page = ana.post(f"/s/{card_of(survey).code}", fields, 410)

    assert "My own words" in page.text
    assert stored_columns(session, "key") == []


@pytest.mark.parametrize("note", ["", "1.1760000000.0000", "9.9.9", "\u0661.x.y", "." * 500])
def test_note_that_is_not_ours_opens_nothing(ana: Visitor, session: Session, team: Team, note: str) -> None:
    survey = _closed(session, team, timedelta(minutes=5))

    ana.post(f"/s/{card_of(survey).code}", ANSWER | {"opened": note}, 410)


def test_note_that_is_not_ours_costs_nobody_an_answer_while_it_is_open(
    ana: Visitor, session: Session, team: Team
) -> None:
    survey = make_survey(session, team)
    other_key = make_opened_token(b"the key of before", survey.id, 1, NOW)

    ana.post(f"/s/{card_of(survey).code}", ANSWER | {"opened": other_key})

    assert stored_columns(session, "edition") == [(1,)]


def test_closed_by_hand_counts_from_that_moment(ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    survey.close(NOW - timedelta(minutes=1))
    session.commit()
    code = card_of(survey).code

    ana.post(f"/s/{code}", ANSWER | _note(survey, NOW - timedelta(minutes=2)))
    ana.post(f"/s/{code}", {"overall": "1", "finish": "1"}, 410)

    assert stored_columns(session, "late")[0][0] is True


def test_answers_are_read_by_the_edition_that_the_page_showed(ana: Visitor, session: Session, team: Team) -> None:
    """SA11: answers are read by the edition that the page was opened with."""
    survey = make_survey(session, team)
    page = ana.get(f"/s/{card_of(survey).code}")
    survey.draft = make_questionnaire(make_question("food")).to_json()
    survey.open(NOW, "unused")
    session.commit()

    ana.submit(page, {"overall": "5", "best": "Old page", "finish": "1"})
    ana.post(f"/s/{card_of(survey).code}", {"food": "3", "finish": "1"})

    rows = sorted(stored_columns(session, "edition", "answers"), key=lambda row: int(row[0]))
    assert [tuple(row) for row in rows] == [(1, {"overall": "5", "best": "Old page"}), (2, {"food": "3"})]


def test_draft_takes_nothing(ana: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, state="draft")

    ana.post(f"/s/{card_of(survey).code}", ANSWER, 409)


def test_note_is_read_back_and_only_for_its_survey(session: Session, team: Team) -> None:
    survey, other = make_survey(session, team), make_survey(session, team, title="Another")
    note = make_opened_token(SECRET.encode(), survey.id, 7, NOW)

    opening = read_opened_token(SECRET.encode(), survey.id, note)

    assert opening is not None
    assert (opening.edition, opening.at) == (7, NOW.replace(microsecond=0))
    assert read_opened_token(SECRET.encode(), other.id, note) is None
