"""Any survey's figures by page, by JSON, from the files, and by a program that knows nothing of ours, are the same."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveyapp.model.kinds.reading import Answer
from surveyapp.model.questionnaire import MISSING_CODES, KindName, Question, Questionnaire
from surveyapp.model.team import Team
from tests.export.packages import package_of
from tests.export.samples import put
from tests.factories import RATING, make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

PROGRAM = Path(__file__).with_name("independent.py")
KINDS: tuple[KindName, ...] = ("rating5", "yes_no", "single", "multiple", "number", "nps", "comment")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", range(6))
def test_figures_agree_whoever_works_them_out(
    olu: Visitor, session: Session, team: Team, tmp_path: Path, seed: int
) -> None:
    dice = Random(seed)  # noqa: S311 -- the same survey in every run
    asked = drawn(dice)
    survey = make_survey(session, team, asked)
    for start in range(dice.randrange(40, 90)):
        put(session, survey, start, {"first": "5"} | answers_to(asked, dice))
    for name, content in package_of(olu, survey).items():
        (tmp_path / name).write_bytes(content)

    run = [sys.executable, "-I", str(PROGRAM), str(tmp_path)]
    theirs = json.loads(subprocess.run(run, capture_output=True, check=True).stdout)  # noqa: S603 -- our own example
    shown = olu.get(f"/surveys/{survey.id}/results.json").response.get_json()["questions"]
    page = olu.get(f"/surveys/{survey.id}/results").text

    assert theirs.keys() == shown.keys()
    for key, figures in theirs.items():
        assert figures["n"] == shown[key]["n"], key
        if shown[key]["n"] >= 10:
            check(figures, shown[key], page)


def check(theirs: dict[str, Any], shown: dict[str, Any], page: str) -> None:
    """One question's figures; what both have."""
    if "counts" in shown:
        assert theirs["counts"] == {code: n for code, n in shown["counts"].items() if n}
    if "shares" in shown:
        assert theirs["shares"] == {code: share for code, share in shown["shares"].items() if shown["counts"][code]}
    for name in ("mean", "score"):
        if shown.get(name):
            assert theirs[name] == shown[name]
            assert shown[name].replace("-", "−") in page or shown[name] in page


def drawn(dice: Random) -> Questionnaire:
    """A rating, and some questions of any kinds with any choices."""
    questions = [make_question("first", "rating5")]
    for place in range(dice.randrange(3, 9)):
        kind = dice.choice(KINDS)
        none = tuple(make_choice(code, missing=True) for code in sorted(MISSING_CODES) if dice.random() < 0.5)
        some = tuple(make_choice(f"c{number}") for number in range(dice.randrange(2, 6)))
        choices = {"rating5": (*RATING, *none), "single": (*some, *none), "multiple": (*some, *none)}.get(kind)
        more: dict[str, Any] = {"choices": choices} if choices else {}
        questions.append(make_question(f"q{place}", kind, **more))
    return make_questionnaire(*questions)


def answers_to(asked: Questionnaire, dice: Random) -> dict[str, Answer]:
    """One person's answers; each question is skipped by a third."""
    return {question.key: answer(question, dice) for question in asked.linked if dice.random() < 0.67}


def answer(question: Question, dice: Random) -> Answer:
    """An answer to a question."""
    if question.kind == "multiple":
        return [code for code in question.codes if dice.random() < 0.4] or [question.codes[0]]
    if question.choices:
        return dice.choice(question.codes)
    return "Good, and kind" if question.kind == "comment" else dice.randrange(11)
