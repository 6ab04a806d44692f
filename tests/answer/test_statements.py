"""How many SQL statements an attendee costs, BEGIN and COMMIT apart: 1 to look, 3 to save, 5 to finish."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from surveyapp.answer.news import new_news_cache
from surveyapp.answer.queries import new_caches
from surveyapp.model.survey import OPENLY, TOGETHER
from surveyapp.model.team import Team
from tests.factories import card_of, every_kind, make_survey
from tests.visitor import Visitor


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement that the app sends from here on."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            seen.append(statement)

    event.listen(app.extensions["engine"], "before_cursor_execute", note)
    yield seen
    event.remove(app.extensions["engine"], "before_cursor_execute", note)


def test_page_costs_one_statement(ana: Visitor, session: Session, team: Team, statements: list[str]) -> None:
    code = card_of(make_survey(session, team, every_kind())).code
    statements.clear()

    ana.get(f"/s/{code}")

    assert len(statements) == 1


def test_page_of_a_card_just_looked_up_costs_none(
    app: Flask, ana: Visitor, session: Session, team: Team, statements: list[str]
) -> None:
    code = card_of(make_survey(session, team, every_kind())).code
    app.extensions["answer_caches"] = new_caches(card_seconds=5.0)
    ana.get(f"/s/{code}")
    statements.clear()

    ana.get(f"/s/{code}?view=easy")

    assert statements == []


def test_save_costs_at_most_three(ana: Visitor, session: Session, team: Team, statements: list[str]) -> None:
    code = card_of(make_survey(session, team, every_kind())).code
    response = str(uuid4())

    for revision in ("1", "2"):
        statements.clear()
        ana.post(f"/s/{code}", {"response": response, "revision": revision, "overall": revision})
        assert len(statements) <= 3


@pytest.mark.parametrize("limit", [(TOGETHER, 5), (OPENLY, 7)])
def test_finish_costs_at_most_five_and_two_more_where_it_is_shown_at_once(
    ana: Visitor, session: Session, team: Team, statements: list[str], limit: tuple[str, int]
) -> None:
    sharing, most = limit
    code = card_of(make_survey(session, team, every_kind(), sharing=sharing)).code
    fields = {"overall": "5", "eq_condition": "yes", "eq_limits": "a_lot", "finish": "1"}
    response = str(uuid4())

    for revision, overall in (("1", "5"), ("2", "4"), ("2", "4")):
        statements.clear()
        ana.post(f"/s/{code}", fields | {"response": response, "revision": revision, "overall": overall})
        assert len(statements) <= most


def test_look_and_paper_cost_one_and_what_tells_of_news_one_more(
    ana: Visitor, session: Session, team: Team, statements: list[str]
) -> None:
    code = card_of(make_survey(session, team)).code

    for page, status, cost in (("look", 200, 1), ("paper", 200, 1), ("thanks", 200, 2), ("news", 404, 2)):
        statements.clear()
        ana.get(f"/s/{code}/{page}", status)
        assert (page, len(statements)) == (page, cost)


def test_news_that_were_just_read_cost_nothing_more(
    app: Flask, ana: Visitor, session: Session, team: Team, statements: list[str]
) -> None:
    code = card_of(make_survey(session, team, state="closed")).code
    app.extensions["answer_news"] = new_news_cache(seconds=5.0)
    ana.get(f"/s/{code}", 410)
    statements.clear()

    ana.get(f"/s/{code}?view=easy", 410)

    assert len(statements) == 1
