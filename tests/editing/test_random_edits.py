"""Any sequence of edits keeps every rule of a document, and no name is ever given twice."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.editing.questions import CannotEditError, UsedCodes, past_of
from surveyapp.model.document import read_questionnaire
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.validation import faults
from tests.editing.random_edits import edit
from tests.model.random_questionnaires import questionnaires


def edited(data: st.DataObject, questionnaire: Questionnaire, past: UsedCodes) -> Questionnaire:
    """After one edit, or unchanged with a sentence."""
    made = data.draw(edit(questionnaire, past))
    with suppress(CannotEditError):
        return made(questionnaire)
    return questionnaire


@settings(max_examples=60, deadline=None)
@given(questionnaires(), st.integers(1, 12), st.data())
def test_any_sequence_of_edits_keeps_the_document_sound(
    questionnaire: Questionnaire, length: int, data: st.DataObject
) -> None:
    for _ in range(length):
        questionnaire = edited(data, questionnaire, UsedCodes())
        assert faults(questionnaire) == []
        assert read_questionnaire(questionnaire.to_json()) == questionnaire


@settings(max_examples=40, deadline=None)
@given(questionnaires(), st.integers(1, 12), st.data())
def test_whatever_is_edited_after_opening_no_key_or_code_comes_to_mean_something_else(
    opened: Questionnaire, length: int, data: st.DataObject
) -> None:
    past, now = past_of([opened]), opened
    for _ in range(length):
        now = edited(data, now, past)
    before = {question.key: question for question in opened.questions}
    for question in now.questions:
        if question.key in before:
            was = before[question.key]
            assert (question.kind, question.linked, question.scoring) == (was.kind, was.linked, was.scoring)
            kept = [choice.code for choice in question.choices if choice.code in was.codes]
            assert all(question.choice(code).missing == was.choice(code).missing for code in kept)
