"""124 real evaluations of a conference, sent as phones send them, come out with the figures that others counted.

The file is The Carpentries' (CC BY 4.0): 35 sessions, ratings of 1 to 5, an undocumented 6 read as "not applicable",
one stray 0 that no form could have sent, and NPS. `expected.json` was counted apart from the product.
"""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveyapp.model.document import questionnaire_from_text
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import make_survey
from tests.visitor import Visitor

MATERIAL = Path(__file__).parents[1] / "material"
EXPECTED = json.loads((MATERIAL / "expected.json").read_text(encoding="utf-8"))["carpentrycon2020"]
CONFERENCE = questionnaire_from_text((MATERIAL / "carpentrycon_questionnaire.json").read_bytes())
RAW = (MATERIAL / "responses" / "carpentrycon_2020_raw.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(io.StringIO(RAW, newline="")))
SESSIONS = sorted({row["session"] for row in ROWS})
LARGE = EXPECTED["presenters_prepared_by_session"]
SMALL = [name[:60] for name, rated in Counter(row["session"] for row in ROWS).items() if rated < 5]
NO_SUCH_CODE = "0"
RATINGS = list(EXPECTED["questions"])


def as_sent(row: dict[str, str], questionnaire: Questionnaire) -> dict[str, str]:
    """A row as the form sends it: 6 is the choice "not applicable", what the form can't send is left empty."""
    sent = {"finish": "1"}
    for question in questionnaire.asking:
        value = row[question.key]
        is_six = value == "6" and question.kind == "rating5"
        sent[question.key] = "not_applicable" if is_six else "" if value == NO_SUCH_CODE and question.choices else value
    return sent


@pytest.fixture
def replayed(ana: Visitor, session: Session, team: Team) -> Survey:
    """A survey with a card for each session, from which all 124 have answered."""
    survey = make_survey(session, team, CONFERENCE, title="CarpentryCon @ Home 2020", attendance=None, labels=())
    codes = {name: survey.add_card(name[:60], group=name[:60]).code for name in SESSIONS}
    session.commit()
    for row in ROWS:
        ana.post(f"/s/{codes[row['session']]}", as_sent(row, CONFERENCE))
    return survey


def test_the_figures_are_those_that_others_counted(replayed: Survey, olu: Visitor) -> None:
    shown = olu.get(f"/surveys/{replayed.id}/results.json").response.get_json()

    questions, groups = shown["questions"], shown["groups"]
    assert (shown["responses"], shown["unfinished"], shown["follow_ups"]) == (124, 0, 0)
    assert {key: figures_of(questions[key]) for key in RATINGS} == {key: published(key) for key in RATINGS}
    assert (questions["nps"]["n"], questions["nps"]["score"]) == (124, EXPECTED["nps"]["nps"])
    assert {name: prepared_in(groups[name]) for name in LARGE} == LARGE
    assert {prepared_in(groups[name])["mean"] for name in SMALL} == {None}


def prepared_in(group: dict[str, Any]) -> dict[str, Any]:
    """What a session's people said of its presenters."""
    question = group["questions"]["presenters_prepared"]
    return {"n": question["n"], "mean": question["mean"]}


def figures_of(question: dict[str, Any]) -> tuple[int, str, int, int]:
    """n, mean, how many said it did not apply, how many skipped."""
    return (question["n"], question["mean"], question["not_counted"]["not_applicable"], question["skipped"])


def published(key: str) -> tuple[int, str, int, int]:
    """The same as counted by others; what is left of the 124 was skipped."""
    counted = EXPECTED["questions"][key]
    skipped = EXPECTED["rows"] - counted["n_1_to_5"] - counted["n_code_6"]
    return (counted["n_1_to_5"], counted["mean_1_to_5"], counted["n_code_6"], skipped)


def test_the_exported_files_alone_give_the_same_figures(replayed: Survey, olu: Visitor) -> None:
    rows = exported(olu, replayed, "responses.csv")
    answers = exported(olu, replayed, "answers.csv")

    states = Counter((row["question_key"], row["state"]) for row in answers)
    found = {
        key: (*n_and_mean([row[key] for row in rows]), states[key, "not_applicable"], states[key, "skipped"])
        for key in RATINGS
    }
    assert len(rows) == EXPECTED["rows"]
    assert found == {key: published(key) for key in RATINGS}
    assert score([int(row["nps"]) for row in rows]) == EXPECTED["nps"]["nps"]
    assert Counter(row["country"] for row in rows) == Counter(row["country"] for row in ROWS)
    assert Counter(row["group"] for row in rows) == Counter(row["session"][:60] for row in ROWS)


def exported(olu: Visitor, survey: Survey, name: str) -> list[dict[str, str]]:
    """The rows of an exported file."""
    export = olu.get(f"/surveys/{survey.id}/export/{name}").response.get_data().decode("utf-8")
    return list(csv.DictReader(io.StringIO(export, newline="")))


def n_and_mean(column: list[str]) -> tuple[int, str]:
    """How many rated, and their mean, worked out with nothing of the product."""
    ratings = [int(value) for value in column if value]
    hundredths = (200 * sum(ratings) + len(ratings)) // (2 * len(ratings))
    return (len(ratings), f"{hundredths // 100}.{hundredths % 100:02}")


def score(answers: list[int]) -> str:
    """The net promoter score of whole answers, half up."""
    net = sum(answer >= 9 for answer in answers) - sum(answer <= 6 for answer in answers)
    return str((200 * net + len(answers)) // (2 * len(answers)))


def test_each_card_counted_its_session(replayed: Survey, session: Session) -> None:
    session.expire_all()

    counted = {card.group: card.finished_count for card in replayed.cards}
    assert counted == Counter(row["session"][:60] for row in ROWS)


def test_the_stray_nought_is_refused_where_it_is_sent(ana: Visitor, session: Session, team: Team) -> None:
    code = make_survey(session, team, CONFERENCE).cards[0].code
    stray = next(row for row in ROWS if row["presenters_clear"] == NO_SUCH_CODE)

    ana.post(f"/s/{code}", {**as_sent(stray, CONFERENCE), "presenters_clear": NO_SUCH_CODE}, 422)
