"""Before the release people of the team read how many answered and when the rest comes; Show now shows all, once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.release import move_waiting
from surveyapp.model.survey import TOGETHER, Survey
from surveyapp.model.team import AuditEntry, Team
from tests.factories import every_kind, make_survey
from tests.results.answering import answer, rate, results_of
from tests.visitor import Visitor, filled_in

WORDS = "Only I could have said this"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey of the kind together."""
    return make_survey(session, team, every_kind(), sharing=TOGETHER)


def close(session: Session, survey: Survey) -> None:
    """The organiser closed it a moment ago."""
    survey.close(datetime.now(UTC))
    session.commit()


def figures_of(olu: Visitor, survey: Survey) -> dict[str, Any]:
    """What `results.json` says."""
    read: dict[str, Any] = olu.get(f"{results_of(survey)}.json").response.json or {}
    return read


def press(olu: Visitor, survey: Survey, what: str, **fields: str) -> str:
    """Send one of the forms of the results, on the page or from an older one; the words of the page that follows."""
    token = filled_in(olu.get(results_of(survey)).form("/sign-out"))
    return olu.follow(olu.post(f"/surveys/{survey.id}/{what}", {**token, **fields})).text


def show_now(olu: Visitor, survey: Survey) -> str:
    """Press Show now; the words of the page that follows."""
    return press(olu, survey, "release")


def test_open_survey_shows_how_many_and_nothing_that_anybody_said(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    """RJ1: while it is open, `results.json` is how many and one headline."""
    answer(session, survey, *({"overall": "4", "best": WORDS} for _ in range(4)))

    page = olu.get(results_of(survey))

    assert "4 people have answered" in page.text
    assert "Nobody can see the answers until the survey is over." in page.text
    for address in (results_of(survey), f"/surveys/{survey.id}/comments", f"/surveys/{survey.id}/actions"):
        assert WORDS not in olu.get(address).text
    assert figures_of(olu, survey) == {
        "attendance": 81,
        "answered": 4,
        "released": False,
        "headline": None,
        "questions": {},
    }


def test_while_nobody_knows_how_many_came_the_pages_say_how_many_are_expected(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    survey.expected = 40
    session.commit()
    assert "expected" not in olu.get(results_of(survey)).text
    survey.attendance = None
    session.commit()

    assert "40 people are expected" in olu.get(results_of(survey)).text
    assert "of 40 people you expect" in olu.get(f"/surveys/{survey.id}").text


def test_headline_comes_from_moved_answers_alone(olu: Visitor, session: Session, survey: Survey) -> None:
    rate(session, survey, [4] * 12)
    before = figures_of(olu, survey)["headline"]
    move_waiting(session, survey)
    session.commit()

    after = figures_of(olu, survey)["headline"]

    assert before is None
    assert (after["question"], after["n"], after["mean"]) == ("overall", 7, "4.0")
    assert "From 7 answers, chosen at random." in olu.get(results_of(survey)).text


def test_headline_stays_the_rating_it_was_however_the_draft_is_changed(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    rate(session, survey, [4] * 12)
    move_waiting(session, survey)
    survey.draft = {**survey.draft, "questions": [*reversed(survey.draft["questions"])]}
    session.commit()

    assert figures_of(olu, survey)["headline"]["question"] == "overall"


def test_show_now_again_says_that_it_was_done(olu: Visitor, session: Session, survey: Survey) -> None:
    answer(session, survey, *({"overall": "4", "best": WORDS} for _ in range(6)))
    close(session, survey)
    show_now(olu, survey)

    assert "The answers are shown already." in show_now(olu, survey)


@pytest.mark.parametrize("name", ["responses.csv", "answers.csv", "comments.csv", "everything.zip", "safe.zip"])
def test_no_file_is_given_before_the_release(olu: Visitor, session: Session, survey: Survey, name: str) -> None:
    """EX4: no file of answers before the final release."""
    answer(session, survey, *({"overall": "4", "best": WORDS} for _ in range(12)))

    refused = olu.get(f"/surveys/{survey.id}/export/{name}", 409)

    assert "Nobody can see the answers until the survey is over." in refused.text
    assert WORDS not in refused.text


def test_show_now_shows_everything_and_is_written_down(olu: Visitor, session: Session, survey: Survey) -> None:
    answer(session, survey, *({"overall": "4", "best": WORDS} for _ in range(6)))
    close(session, survey)
    assert "Show now" in olu.get(results_of(survey)).text

    page = show_now(olu, survey)

    assert "6 answers are shown now." in page
    assert WORDS in page
    figures = figures_of(olu, survey)
    assert (figures["released"], figures["answered"], figures["responses"]) == (True, 6, 6)
    session.rollback()
    assert "showed the answers" in session.scalars(select(AuditEntry.what)).all()


def test_show_now_while_people_can_answer_says_what_to_do(olu: Visitor, session: Session, survey: Survey) -> None:
    rate(session, survey, [4] * 8)

    page = show_now(olu, survey)

    assert "People can still answer. Close the survey first" in page
    assert not figures_of(olu, survey)["released"]


def test_fewer_than_five_are_told_in_number_and_reason_and_stay_hidden(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    answer(session, survey, *({"overall": "4", "best": WORDS} for _ in range(4)))
    close(session, survey)

    page = olu.get(results_of(survey))
    assert "4 people answered." in page.text
    assert "Answers are shown when five or more have answered, so that nobody can be found out." in page.text
    assert "Show now</button>" not in page.text
    assert WORDS not in show_now(olu, survey)
    assert not figures_of(olu, survey)["released"]


def test_release_is_put_off_to_a_day_and_no_further_than_thirty(olu: Visitor, session: Session, survey: Survey) -> None:
    rate(session, survey, [4] * 8)
    close(session, survey)
    today = datetime.now(UTC).date()

    for day, told in (
        (today + timedelta(days=10), "The answers are shown on that day."),
        (today + timedelta(days=60), "Choose a day after today, and at most 30 days after the survey closed."),
    ):
        assert told in press(olu, survey, "put-off", until=day.isoformat())
    session.refresh(survey)
    assert survey.release_at is not None
    assert survey.release_at.astimezone(survey.zone).date() == today + timedelta(days=10)


def test_what_comes_after_a_reopening_waits_beside_what_was_shown(
    olu: Visitor, session: Session, survey: Survey
) -> None:
    rate(session, survey, [4] * 6)
    close(session, survey)
    show_now(olu, survey)
    session.refresh(survey)
    survey.open(datetime.now(UTC), "again")
    session.commit()
    answer(session, survey, {"overall": "1", "best": WORDS})

    page = olu.get(results_of(survey))

    assert "1 more person has answered since." in page.text
    assert WORDS not in page.text
    assert figures_of(olu, survey)["responses"] == 6
    assert "Show the newest answers" not in page.text
