"""A spreadsheet with questions in one column and answers beside or below them is read like a paste."""

import pytest

from surveyapp.importing.detect import questionnaire_from_file
from tests.importing.workbooks import Rows, workbook

BESIDE: Rows = [
    ("No", "Question", "Type", "Answer 1", "Answer 2"),
    (1, "How was the room?", None, "Warm", "Cold"),
    (2, "Which talks?", "Checkboxes", "Morning", "Evening"),
    (3, "How many came with you", "Number", None, None),
    (4, "What else?", "Open text", None, None),
]
BELOW: Rows = [
    ("How was the room?", "Warm"),
    (None, "Cold"),
    ("Which talks? (choose all)", "Morning; Evening"),
    ("How many came with you (number)?", None),
    ("What else?", None),
]


@pytest.mark.parametrize("rows", [BESIDE, BELOW], ids=["beside", "below"])
def test_questions_and_answers_are_read(rows: Rows) -> None:
    questions = questionnaire_from_file(workbook({"Sheet1": rows})).questionnaire.questions

    assert [(one.kind, [choice.words["en"].standard for choice in one.choices]) for one in questions[:2]] == [
        ("single", ["Warm", "Cold"]),
        ("multiple", ["Morning", "Evening"]),
    ]
    assert [one.words["en"].standard for one in questions][3:] == ["What else?"]
