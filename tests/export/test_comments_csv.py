"""`comments.csv`: every comment under its name, and whether its words may be used."""

from sqlalchemy.orm import Session

from surveyapp.editing.library import module
from surveyapp.model.comments import comment_id
from surveyapp.model.team import Team
from tests.export.samples import file_of, put, records_of
from tests.factories import COMMENT_KEY, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

HEADER = "comment_id,response_id,question_key,language,text,quote_ok,theme,status,action_id"


def test_comments_are_as_the_layout_says_to_the_byte(olu: Visitor, session: Session, team: Team) -> None:
    best, improve = make_question("best", "comment"), make_question("improve", "comment")
    survey = make_survey(
        session, team, make_questionnaire(best, improve, make_question()).extended_by(module("quote_permission"))
    )
    put(session, survey, 2, {"best": '=The "tea",\r\nكل', "improve": "Nothing", "quote_ok": "no"}, language="ar")
    put(session, survey, 1, {"improve": "Chairs", "overall": "5"})
    put(session, survey, 3, {"overall": "5", "quote_ok": "yes"})

    one, two = "01ababababababab", "02ababababababab"
    assert file_of(olu, survey, "comments.csv").decode().split("\r\n") == [
        HEADER,
        f"{comment_id(COMMENT_KEY, one, 'improve')},{one},improve,en,Chairs,,,new,",
        f'{comment_id(COMMENT_KEY, two, "best")},{two},best,ar,"\'=The ""tea"",',
        'كل",no,,new,',
        f"{comment_id(COMMENT_KEY, two, 'improve')},{two},improve,ar,Nothing,no,,new,",
        "",
    ]


def test_where_nobody_was_asked_for_permission_it_is_empty(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    put(session, survey, 1, {"best": "Tea"})

    (comment,) = records_of(file_of(olu, survey, "comments.csv"))

    assert (comment["text"], comment["quote_ok"], comment["status"]) == ("Tea", "", "new")


def test_comment_to_a_question_that_is_gone_stays(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)
    put(session, survey, 1, {"best": "Tea"})
    survey.draft = make_questionnaire(make_question()).to_json()
    survey.publish()
    session.commit()
    put(session, survey, 2, {"overall": "4"}, edition=2)

    assert [comment["text"] for comment in records_of(file_of(olu, survey, "comments.csv"))] == ["Tea"]
