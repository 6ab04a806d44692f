"""After a withdrawal nothing brings the answers back, no phone keeps them, and no figure or file shows them."""

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.response import Response
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import card_of, make_survey
from tests.visitor import Page, Visitor

FIRST = {"revision": "3", "overall": "5", "best": "My own words", "finish": "1"}
LATER = {
    "the same again": FIRST,
    "an older save": {"revision": "2", "best": "My own"},
    "a save with more": {"revision": "4", "best": "My own words and more"},
    "other answers, finished": FIRST | {"revision": "999999999", "best": "Other words"},
    "answers without a revision": {"best": "My own words", "finish": "1"},
}


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """An open survey."""
    return make_survey(session, team)


def send(ana: Visitor, survey: Survey, response: str, fields: dict[str, str]) -> Page:
    """A phone's script sends its answers."""
    script = {"Accept": "application/json"}
    return ana.post(f"/s/{card_of(survey).code}", {"response": response, **fields}, 200, headers=script)


def withdrawn(ana: Visitor, survey: Survey) -> str:
    """The id of somebody who finished and took their answers back."""
    response = str(uuid4())
    answer = send(ana, survey, response, FIRST).response.json
    assert answer is not None
    ana.post("/withdraw", {"receipt": answer["receipt"], "sure": "1"})
    return response


@pytest.mark.parametrize("later", LATER)
def test_nothing_brings_answers_back_and_the_phone_may_forget_them(
    ana: Visitor, session: Session, survey: Survey, later: str
) -> None:
    response = withdrawn(ana, survey)
    session.rollback()

    answer = send(ana, survey, response, LATER[later])

    assert [row.answers for row in session.scalars(select(Response))] == [{}]
    saved, revision = answer.response.headers["X-Saved"].split(":")
    assert saved == response
    assert int(revision) >= int(LATER[later].get("revision", "0"))
    assert answer.response.json is not None
    assert answer.response.json["finished"] is True
    assert survey.cards[1].finished_count == 0
    session.refresh(survey.cards[1])
    assert survey.cards[1].finished_count == 1


def test_browser_without_script_that_sends_again_is_told_the_truth(ana: Visitor, survey: Survey) -> None:
    response = withdrawn(ana, survey)

    page = ana.follow(ana.post(f"/s/{card_of(survey).code}", {"response": response, **FIRST}))

    assert page.h1 == "Your answers are deleted."


def test_id_that_was_withdrawn_opens_an_empty_page(ana: Visitor, survey: Survey) -> None:
    response, code = withdrawn(ana, survey), card_of(survey).code

    page = ana.follow(ana.get(f"/s/{code}?response={response}", 303))

    assert response not in page.response.get_data(as_text=True)


def test_figures_and_files_drop_it(ana: Visitor, olu: Visitor, survey: Survey) -> None:
    receipt = (send(ana, survey, str(uuid4()), FIRST).response.json or {})["receipt"]
    send(ana, survey, str(uuid4()), FIRST | {"overall": "1", "best": "Another person"})
    address = f"/surveys/{survey.id}"
    before = olu.get(f"{address}/results.json").response.json

    ana.post("/withdraw", {"receipt": receipt, "sure": "1"})

    after = olu.get(f"{address}/results.json").response.json
    assert before is not None
    assert after is not None
    assert (before["responses"], after["responses"]) == (2, 1)
    assert after["questions"]["overall"]["counts"] == {"5": 0, "4": 0, "3": 0, "2": 0, "1": 1}
    assert "My own words" not in olu.get(f"{address}/results").text
    for name in ("responses.csv", "answers.csv"):
        exported = olu.client.get(f"{address}/export/{name}").get_data(as_text=True)
        assert "Another person" in exported
        assert "My own words" not in exported
