"""Results are those of the moment of the look, whether the answers are counted yet or not."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.figures.survey_figures import Audience, Figures
from surveyapp.model.due import run_due
from surveyapp.model.installation import Installation
from surveyapp.model.response import Response
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.results.current import results_now
from tests.factories import make_question, make_questionnaire, make_survey
from tests.results.answering import answer, rate, results_of
from tests.visitor import Visitor

ORGANISER = Audience(public=False)


@pytest.fixture
def engine(app: Flask) -> Engine:
    """The app's database."""
    made: Engine = app.extensions["engine"]
    return made


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey with one rating and one comment."""
    return make_survey(session, team)


def figures(engine: Engine, survey: Survey) -> Figures:
    """What a look shows."""
    return results_now(engine, survey.id).results(ORGANISER).figures


def count(engine: Engine) -> None:
    """The routine comes by."""
    run_due(db.writing(engine), datetime.now(UTC), rewrite=False)


def test_counting_changes_nothing_that_is_shown(engine: Engine, session: Session, survey: Survey) -> None:
    rate(session, survey, [5, 4, 3], "Morning")
    answer(session, survey, {"best": "Tea"}, {"best": "None."})
    before = results_now(engine, survey.id)

    count(engine)

    after = results_now(engine, survey.id)
    assert after.stamp == before.stamp
    assert after.results(ORGANISER) == before.results(ORGANISER)


def test_answers_that_come_after_counting_are_seen_at_once(engine: Engine, session: Session, survey: Survey) -> None:
    rate(session, survey, [5, 4])
    count(engine)

    rate(session, survey, [3])

    assert figures(engine, survey).responses == 3


def test_another_edition_is_counted_with_the_first(engine: Engine, session: Session, survey: Survey) -> None:
    rate(session, survey, [5])
    count(engine)
    survey.draft = make_questionnaire(make_question("overall"), make_question("food")).to_json()
    survey.publish()
    session.commit()
    answer(session, survey, {"overall": "4", "food": "3"})

    questions = figures(engine, survey).questions

    assert {key: one.n for key, one in questions.items()} == {"overall": 2, "food": 1, "best": 0}
    assert questions["food"].not_shown == 1


def test_rehearsed_and_other_surveys_answers_are_not_counted(
    engine: Engine, session: Session, team: Team, survey: Survey
) -> None:
    other = make_survey(session, team)
    survey.cards[1].source = "rehearsal"
    session.commit()
    rate(session, survey, [1])
    rate(session, other, [5])
    count(engine)

    assert [figures(engine, one).responses for one in (survey, other)] == [0, 1]
    assert [card.label for card in results_now(engine, survey.id).cards] == ["Link"]


def test_a_survey_that_is_gone_has_no_figures(engine: Engine) -> None:
    assert results_now(engine, uuid4()).results(ORGANISER).figures.responses == 0


def test_the_stamp_tells_nothing_without_the_installations_key(
    engine: Engine, session: Session, survey: Survey
) -> None:
    rate(session, survey, [5, 4])
    stamp = results_now(engine, survey.id).stamp
    session.query(Installation).update({"comment_key": b"another key"})
    session.commit()

    assert results_now(engine, survey.id).stamp != stamp


def test_a_page_of_counted_answers_reads_no_row(olu: Visitor, engine: Engine, session: Session, survey: Survey) -> None:
    rate(session, survey, [5] * 20)
    count(engine)
    read: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        read.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        for address in (results_of(survey), results_of(survey) + ".json"):
            olu.get(address)
    finally:
        event.remove(engine, "before_cursor_execute", note)

    of_rows = [statement for statement in read if f"FROM {Response.__tablename__}" in statement]
    assert of_rows
    assert [one for one in of_rows if " IN (SELECT response" not in one and "count(*)" not in one] == []


def test_very_many_comments_are_counted_and_two_hundred_listed(
    olu: Visitor, engine: Engine, session: Session, survey: Survey
) -> None:
    answer(session, survey, *({"best": f"Comment {n}"} for n in range(230)), {"best": "Nothing"})
    before = olu.get(results_of(survey) + ".json").response.get_json()["questions"]["best"]
    count(engine)
    page, document = olu.get(results_of(survey)), olu.get(results_of(survey) + ".json").response.get_json()

    assert document["questions"]["best"] == before
    assert (before["n"], before["nothing_to_add"], len(before["comments"])) == (231, 1, 200)
    assert "230 comments" in page.text
