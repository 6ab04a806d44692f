"""A kept tally takes in what is new and nothing twice, and is counted anew when something is gone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from surveyapp.figures.survey_figures import Answered, Audience
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.results import queries
from surveyapp.results.tallies import Tallies
from tests.factories import make_question, make_questionnaire, make_survey
from tests.results.answering import answer, rate, withdraw

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


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many responses each look fetched."""
    counts: list[int] = []
    fetch = queries.finished

    def counting(connection: Connection, survey_id: UUID, keys: frozenset[bytes]) -> Iterator[Answered]:
        counts.append(len(keys))
        return fetch(connection, survey_id, keys)

    monkeypatch.setattr(queries, "finished", counting)
    return counts


def responses(tallies: Tallies, engine: Engine, survey: Survey) -> int:
    """How many responses a look counts."""
    with tallies.now(engine, survey.id) as now:
        return now.results(ORGANISER).figures.responses


def test_second_look_fetches_only_what_is_new(
    engine: Engine, session: Session, survey: Survey, fetched: list[int]
) -> None:
    tallies = Tallies()
    rate(session, survey, [5, 4, 3])
    assert [responses(tallies, engine, survey), responses(tallies, engine, survey)] == [3, 3]
    rate(session, survey, [2])
    assert responses(tallies, engine, survey) == 4
    assert fetched == [3, 1]


def test_many_at_once_are_all_fetched(
    engine: Engine, session: Session, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    tallies = Tallies()
    monkeypatch.setattr(queries, "NAMED", 3)
    rate(session, survey, [5, 4])
    assert responses(tallies, engine, survey) == 2
    rate(session, survey, [5, 4, 3, 2, 1])
    assert responses(tallies, engine, survey) == 7


def test_withdrawn_response_is_counted_no_more(
    engine: Engine, session: Session, survey: Survey, fetched: list[int]
) -> None:
    tallies = Tallies()
    gone = answer(session, survey, {"overall": "1"}, {"overall": "5"})
    assert responses(tallies, engine, survey) == 2
    withdraw(session, survey, gone)
    with tallies.now(engine, survey.id) as now:
        rating = now.results(ORGANISER).figures.questions["overall"]
    assert getattr(rating, "counts", None) == {"5": 0, "4": 0, "3": 0, "2": 0, "1": 1}
    assert fetched == [2, 1]


def test_another_edition_is_counted_with_the_first(engine: Engine, session: Session, survey: Survey) -> None:
    tallies = Tallies()
    rate(session, survey, [5])
    responses(tallies, engine, survey)
    survey.draft = make_questionnaire(make_question("overall"), make_question("food")).to_json()
    survey.publish()
    session.commit()
    answer(session, survey, {"overall": "4", "food": "3"})
    with tallies.now(engine, survey.id) as now:
        questions = now.results(ORGANISER).figures.questions
    assert {key: figures.n for key, figures in questions.items()} == {"overall": 2, "food": 1, "best": 0}
    assert questions["food"].not_shown == 1


def test_error_midway_leaves_nothing_counted_twice(
    engine: Engine, session: Session, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    tallies = Tallies()
    rate(session, survey, [5])
    assert responses(tallies, engine, survey) == 1
    rate(session, survey, [4, 3])
    fetch = queries.finished

    def breaking(connection: Connection, survey_id: UUID, keys: frozenset[bytes]) -> Iterator[Answered]:
        yield next(iter(fetch(connection, survey_id, keys)))
        raise OSError("the database went away")

    with monkeypatch.context() as patched:
        patched.setattr(queries, "finished", breaking)
        with pytest.raises(OSError, match="went away"):
            responses(tallies, engine, survey)
    assert responses(tallies, engine, survey) == 3


def test_people_who_look_at_once_see_the_same(engine: Engine, session: Session, survey: Survey) -> None:
    tallies = Tallies()
    rate(session, survey, [5] * 20)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: responses(tallies, engine, survey), range(12))) == {20}


def test_rehearsed_and_other_surveys_answers_are_not_counted(
    engine: Engine, session: Session, team: Team, survey: Survey
) -> None:
    other = make_survey(session, team)
    survey.cards[1].source = "rehearsal"
    session.commit()
    rate(session, survey, [1])
    rate(session, other, [5])
    tallies = Tallies()
    assert [responses(tallies, engine, one) for one in (survey, other)] == [0, 1]
    with tallies.now(engine, survey.id) as now:
        assert [card.label for card in now.cards] == ["Link"]


def test_only_the_last_surveys_are_kept(engine: Engine, fetched: list[int], session: Session, survey: Survey) -> None:
    tallies = Tallies(size=2)
    rate(session, survey, [5])
    responses(tallies, engine, survey)
    for _ in range(2):
        with tallies.now(engine, uuid4()) as nothing:
            assert nothing.results(ORGANISER).figures.responses == 0
    responses(tallies, engine, survey)
    assert fetched == [1, 1]
