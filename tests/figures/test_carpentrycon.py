"""The questionnaire for a real conference's published answers has a question for each of its columns."""

import csv
import json
from pathlib import Path

from surveyapp.model.document import questionnaire_from_text

MATERIAL = Path(__file__).parents[1] / "material"
QUESTIONNAIRE = questionnaire_from_text((MATERIAL / "carpentrycon_questionnaire.json").read_bytes())


def test_every_column_is_a_question_in_the_same_order() -> None:
    with (MATERIAL / "responses" / "carpentrycon_2020_raw.csv").open(encoding="utf-8", newline="") as raw:
        columns = next(csv.reader(raw))
    assert [question.key for question in QUESTIONNAIRE.questions] == columns


def test_every_expected_rating_can_be_answered_as_not_applicable() -> None:
    expected = json.loads((MATERIAL / "expected.json").read_text(encoding="utf-8"))["carpentrycon2020"]["questions"]
    for key in expected:
        assert QUESTIONNAIRE.question(key).codes == ("5", "4", "3", "2", "1", "not_applicable")
