"""Next time beside last time: each figure with its number, and how it stands to the time before."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import make_question, make_questionnaire, make_survey
from tests.report.samples import close_and_show
from tests.results.answering import rate
from tests.visitor import Visitor


def held(session: Session, team: Team, day: date, ratings: list[int], **fields: Any) -> Survey:
    """An event of the series that is over and shown; `asked` is its questionnaire."""
    asked = fields.pop("asked", None)
    survey = make_survey(session, team, asked, event_date=day, series="Carers' days", **fields)
    rate(session, survey, ratings)
    close_and_show(session, survey)
    return survey


def cells(visitor: Visitor, survey: Survey) -> list[list[str]]:
    """What stands beside each question."""
    table = visitor.get(f"/series/{survey.id}").tree.find(".//table")
    assert table is not None
    rows = [[" ".join("".join(cell.itertext()).split()) for cell in row.iter("td")] for row in table.iter("tr")]
    return [row for row in rows if row]


def test_a_rise_is_higher_and_a_small_one_is_about_the_same(olu: Visitor, session: Session, team: Team) -> None:
    held(session, team, date(2026, 3, 1), [3] * 20 + [4] * 10)
    held(session, team, date(2026, 5, 1), [5] * 20 + [4] * 10)
    last = held(session, team, date(2026, 9, 1), [5] * 19 + [4] * 11)

    assert cells(olu, last) == [["3.33 (30)", "4.67 (30) higher", "4.63 (30) about the same"]]


def test_an_event_that_was_renamed_stays_in_its_series(olu: Visitor, session: Session, team: Team) -> None:
    held(session, team, date(2026, 3, 1), [5] * 12, title="Spring day")
    last = held(session, team, date(2026, 9, 1), [1] * 12, title="Autumn day")

    assert cells(olu, last) == [["5.00 (12)", "1.00 (12) lower"]]
    assert "Spring day, 1 March 2026" in olu.get(f"/series/{last.id}").text


def test_a_question_that_was_changed_is_not_compared(olu: Visitor, session: Session, team: Team) -> None:
    held(session, team, date(2026, 3, 1), [5] * 12)
    other = make_questionnaire(make_question("overall", label="How was the food?"))
    last = held(session, team, date(2026, 9, 1), [1] * 12, asked=other)

    assert cells(olu, last) == [["5.00 (12)", "1.00 (12) asked differently: not compared"]]


def test_few_answers_are_not_compared(olu: Visitor, session: Session, team: Team) -> None:
    held(session, team, date(2026, 3, 1), [5] * 12)
    last = held(session, team, date(2026, 9, 1), [1] * 7)

    assert cells(olu, last) == [["5.00 (12)", "7 answers too few answers to compare"]]


def test_a_series_of_one_event_says_what_to_do(olu: Visitor, session: Session, team: Team) -> None:
    only = held(session, team, date(2026, 3, 1), [5] * 12)
    assert "Put the next one into the same series" in olu.get(f"/series/{only.id}").text


def test_an_event_that_is_open_tells_nothing(olu: Visitor, session: Session, team: Team) -> None:
    only = held(session, team, date(2026, 3, 1), [5] * 12)
    now_open = make_survey(session, team, title="Next day", event_date=date(2026, 9, 1), series="Carers' days")
    rate(session, now_open, [1] * 12)
    text = olu.get(f"/series/{only.id}").text
    assert "Next day, 1 September 2026: no report yet" in text
    assert "1.00" not in text


def test_another_team_does_not_see_it(petra: Visitor, session: Session) -> None:
    survey = load_demo(session).last_time
    session.commit()
    petra.get(f"/series/{survey.id}", 404)
