"""The kept page is answered in front of Flask, and is the page that Flask would have sent."""

import gzip
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, request
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from surveyapp.answer.front import takes_gzip
from surveyapp.answer.queries import new_caches
from surveyapp.model.team import Team
from tests.factories import card_of, every_kind, make_survey

OWN = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|value="\d+\.\d+\.[0-9a-f]{20}"')


@pytest.fixture
def reached(app: Flask) -> Iterator[list[str]]:
    """The paths that reached Flask, in an app that keeps cards as the shipped one does."""
    app.extensions["answer_caches"] = new_caches(card_seconds=60.0)
    paths: list[str] = []
    app.before_request(lambda: paths.append(request.path))
    yield paths
    app.before_request_funcs[None].pop()


def get(app: Flask, path: str, **headers: str) -> TestResponse:
    """One GET, in a client that keeps nothing."""
    return app.test_client(use_cookies=False).get(path, headers=headers)


def same_page(first: TestResponse, second: TestResponse) -> bool:
    """Whether two answers differ in nothing but the response's id and the note of when it was opened."""
    pages = [OWN.sub("own", answer.get_data(as_text=True)) for answer in (first, second)]
    heads = [dict(answer.headers) | {"Content-Length": "-"} for answer in (first, second)]
    return pages[0] == pages[1] and heads[0] == heads[1] and first.status == second.status


def test_the_second_look_at_a_card_does_not_reach_flask_and_is_the_same(
    app: Flask, session: Session, team: Team, reached: list[str]
) -> None:
    code = card_of(make_survey(session, team, every_kind())).code

    first, second, capitals = (get(app, path) for path in (f"/s/{code}", f"/s/{code}", f"/S/{code.upper()}"))

    assert reached == [f"/s/{code}"]
    assert same_page(first, second)
    assert same_page(first, capitals)
    assert OWN.search(first.get_data(as_text=True)).group() not in second.get_data(as_text=True)  # type: ignore[union-attr]  # the page carries one


def test_a_phone_that_takes_gzip_gets_the_same_page_in_gzip(
    app: Flask, session: Session, team: Team, reached: list[str]
) -> None:
    code = card_of(make_survey(session, team, every_kind())).code
    by_flask = get(app, f"/s/{code}", **{"Accept-Encoding": "gzip, br"})

    in_front = get(app, f"/s/{code}", **{"Accept-Encoding": "gzip, br"})

    plain = get(app, f"/s/{code}").get_data(as_text=True)
    assert len(reached) == 1
    for answer in (by_flask, in_front):
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Content-Length"] == str(len(answer.get_data()))
        assert OWN.sub("own", gzip.decompress(answer.get_data()).decode()) == OWN.sub("own", plain)


@pytest.mark.parametrize("query", ["?view=easy", "?response=5ca1ab1e-0000-4000-8000-00000000beef", "/thanks", "/look"])
def test_everything_else_is_left_to_flask(
    app: Flask, session: Session, team: Team, reached: list[str], query: str
) -> None:
    code = card_of(make_survey(session, team, every_kind())).code
    get(app, f"/s/{code}")
    reached.clear()

    get(app, f"/s/{code}{query}")

    assert len(reached) == 1


def test_a_survey_that_closes_meanwhile_is_closed_at_once(
    app: Flask, session: Session, team: Team, reached: list[str]
) -> None:
    survey = make_survey(session, team, closes_at=datetime.now(UTC) + timedelta(seconds=5))
    code = card_of(survey).code
    assert get(app, f"/s/{code}").status_code == 200

    while datetime.now(UTC) < survey.closes_at:  # type: ignore[operator]  # it was given one
        time.sleep(0.01)

    assert get(app, f"/s/{code}").status_code == 410
    assert len(reached) == 2


def test_words_that_are_no_code_reach_flask(app: Flask, reached: list[str]) -> None:
    for path in ("/s/", "/s/hello", "/s/222222", "/s"):
        assert get(app, path).status_code == 404

    assert len(reached) == 4


@pytest.mark.parametrize(
    ("accepts", "takes"),
    [
        ("", False), ("gzip", True), ("br;q=1.0, gzip;q=0.8, *;q=0.1", True), ("gzip;q=0", False), ("br", False),
        ("identity", False), ("*", True), ("GZIP", True), ("deflate, gzip;q=0, *", False), ("\0;;=,", False),
    ],
)  # fmt: skip
def test_gzip_is_sent_only_where_it_is_taken(accepts: str, takes: bool) -> None:
    assert takes_gzip(accepts) is takes
