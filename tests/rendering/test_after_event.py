"""After the event every page of a survey says what is done, what is left, and what comes next."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from surveyapp.model.comment_note import CommentNote
from surveyapp.model.public_report import published
from surveyapp.model.response import Response
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import make_entry, make_question, make_questionnaire, make_survey
from tests.report.samples import close_and_show
from tests.results.answering import answer
from tests.visitor import Visitor

ASKED = make_questionnaire(make_question("overall"), make_question("best", "comment"))
PAGES = ("", "/cards", "/results", "/comments", "/actions", "/report", "/export")


def thread(visitor: Visitor, survey: Survey, page: str = "/results") -> list[str]:
    """The summary, then each step."""
    found = visitor.get(f"/surveys/{survey.id}{page}").tree.find(".//details[@class='thread']")
    if found is None:
        return []
    return [" ".join("".join(one.itertext()).split()) for one in (*found.iter("summary"), *found.iter("li"))]


def test_while_people_answer_there_is_no_thread(olu: Visitor, session: Session, team: Team) -> None:
    assert thread(olu, make_survey(session, team)) == []


def test_after_closing_the_first_thing_left_comes_next_on_each_page(
    olu: Visitor, vic: Visitor, session: Session, team: Team
) -> None:
    survey = make_survey(session, team, ASKED, attendance=None)
    people: list[dict[str, str]] = [{"overall": "5", "best": f"The tea {number}"} for number in range(3)]
    answer(session, survey, *people, *[{"overall": "4"} for _ in range(9)])
    close_and_show(session, survey)

    for page in PAGES:
        assert thread(olu, survey, page)[0] == "After the event: 1 of 8 done. Next: Write down how many people came"
    assert "To do: Read the comments (0 of 3 read)" in thread(olu, survey)
    assert thread(vic, survey) == []


def test_what_is_done_is_said(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, ASKED, keep_until=date(2027, 1, 31), series="Days")
    answer(session, survey, {"overall": "5", "best": "The tea"}, *[{"overall": "4"} for _ in range(9)])
    close_and_show(session, survey)
    key = next(one.key for one in session.query(Response).filter_by(survey_id=survey.id).all() if "best" in one.answers)
    session.add(CommentNote(survey_id=survey.id, response_key=key, question="best", status="read", is_quote=True))
    session.add_all([make_entry(survey), published(survey.id, datetime.now(UTC).date())])
    make_survey(session, team, ASKED, event_date=date(2027, 5, 1), series="Days")
    session.commit()

    said = thread(olu, survey)

    assert said[0] == "After the event: 8 of 8 done."
    assert said[3:6] == [
        "Done: Read the comments (1 of 1 read)",
        "Done: Choose quotes (1 chosen)",
        "Done: Say what you did (1 published)",
    ]
    assert said[-1] == "Done: Say when answers are deleted (on 31 January 2027)"
