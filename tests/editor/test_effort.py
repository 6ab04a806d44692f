"""What a change of a survey of 40 questions costs the server: statements are held, times are printed."""

import time
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.editor.test_list import statements_of
from tests.factories import make_question, make_questionnaire, make_survey
from tests.visitor import Visitor, filled_in

STATEMENTS = 5  # and SQLite's BEGIN
CHANGE_MS, KEYSTROKE_MS = 100, 50
SLACK = 4  # other tests run beside this one


@pytest.fixture(params=["draft", "open"])
def survey(request: pytest.FixtureRequest, session: Session, team: Team) -> Survey:
    """Forty ratings, before anybody could answer and after."""
    asked = (make_question(f"q{number}", "rating5" if number % 2 else "single") for number in range(40))
    return make_survey(session, team, make_questionnaire(*asked), state=request.param)


def milliseconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def test_change_of_forty_questions_costs_five_statements(
    app: Flask, olu: Visitor, survey: Survey, capsys: pytest.CaptureFixture[str]
) -> None:
    base = f"/surveys/{survey.id}/edit"
    listed = filled_in(olu.get(base).form("/edit"))
    words = [filled_in(olu.get(f"{base}/q{place}").form(f"/edit/q{place}")) for place in range(0, 12, 2)]
    places = iter(range(0, 12, 2))

    def add_an_answer(place: int) -> None:
        typed = {"words-easy": "Easy?", "do": "add", "answer": "Milk"}
        answer = olu.client.post(f"{base}/q{place}", data={**words[place // 2], **typed})
        assert answer.status_code == 303

    changes: dict[str, Callable[[], object]] = {
        "move": lambda: olu.client.post(base, data={**listed, "do": "down:q9"}),
        "copy": lambda: olu.client.post(base, data={**listed, "do": "copy:q9"}),
        "words and an answer": lambda: add_an_answer(next(places)),
        "preview": lambda: olu.client.post(f"{base}/q3/preview", data={**listed, "words-easy": "E?", "view": "easy"}),
    }
    for name, change in changes.items():
        sent = statements_of(app, change)
        took = min(milliseconds(change) for _ in range(5))
        with capsys.disabled():
            print(f"\n{app.extensions['engine'].dialect.name} {survey.state} {name}: {sent} statements, {took:.0f} ms")  # noqa: T201 -- a measurement
        begins = app.extensions["engine"].dialect.name == "sqlite"
        assert sent <= STATEMENTS + begins, name
        assert took < SLACK * (KEYSTROKE_MS if name == "preview" else CHANGE_MS)
