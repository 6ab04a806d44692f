"""An open page asks by itself: it hears of new answers, and of nothing else."""

from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import make_survey
from tests.results.answering import answer, rate, results_of, withdraw
from tests.visitor import Visitor

HTMX = {"HX-Request": "true"}


def stamp(visitor: Visitor, survey: Survey) -> str:
    """What an open page would ask with."""
    seen = visitor.get(results_of(survey)).tree.find(".//input[@id='seen']")
    assert seen is not None
    return seen.get("value", "")


def ask(visitor: Visitor, survey: Survey, seen: str) -> tuple[int, str]:
    """The answer to a page that asks by itself."""
    answer = visitor.client.get(results_of(survey), query_string={"seen": seen}, headers=HTMX)
    return answer.status_code, answer.get_data(as_text=True)


def test_page_is_told_that_one_more_answered(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    rate(session, survey, [5])
    seen = stamp(olu, survey)
    assert ask(olu, survey, seen) == (204, "")
    rate(session, survey, [4])
    status, part = ask(olu, survey, seen)
    assert status == 200
    assert "<p>2 people answered. 1 more than before.</p>" in part
    assert "<html" not in part


def test_page_is_told_that_somebody_took_their_answers_back(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    gone = answer(session, survey, {"overall": "5"}, {"overall": "4"})
    seen = stamp(olu, survey)
    withdraw(session, survey, gone)
    assert "<p>1 person answered. 1 fewer than before.</p>" in ask(olu, survey, seen)[1]


def test_one_gone_and_one_more_is_news_without_a_sentence(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    gone = answer(session, survey, {"overall": "5"})
    seen = stamp(olu, survey)
    withdraw(session, survey, gone)
    rate(session, survey, [1])
    status, part = ask(olu, survey, seen)
    assert status == 200
    assert 'id="status"' not in part


def test_new_attendance_is_news(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    seen = stamp(olu, survey)
    survey.attendance = 40
    session.commit()
    assert ask(olu, survey, seen)[0] == 200


def test_stamp_that_is_none_gets_the_figures(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    rate(session, survey, [5])
    for seen in ("x", "-", "١-2", "9" * 5000, "<b>"):
        assert "<p>1 person answered.</p>" in ask(olu, survey, seen)[1]


def test_without_script_a_link_shows_the_newest(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    page = olu.get(results_of(survey))
    assert results_of(survey) in page.links()
    stopped = olu.get(results_of(survey) + "?live=off")
    assert "Stop updating by itself" in page.text
    assert "Update by itself again" in stopped.text
    assert results_of(survey) + "?live=off" in stopped.links()
    assert not [form for form in stopped.tree.iter("form") if form.get("hx-trigger")]


def test_closed_survey_is_not_asked_again(olu: Visitor, session: Session, team: Team) -> None:
    page = olu.get(results_of(make_survey(session, team, state="closed")))
    assert not [form for form in page.tree.iter("form") if form.get("hx-trigger")]
    assert "updating by itself" not in page.text
