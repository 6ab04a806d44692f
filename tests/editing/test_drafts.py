"""Undo brings back the very same document, for the last ten changes."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.editing.drafts import KEPT, FormerDraft, change_draft, forget_changes, last_change, undo
from surveyapp.editing.questions import UsedCodes, moved, removed
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.editing.test_random_edits import edited
from tests.factories import every_kind, make_survey
from tests.model.random_questionnaires import questionnaires


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A draft of every kind of question."""
    return make_survey(session, team, every_kind(), state="draft")


def undone(session: Session, survey: Survey) -> Iterator[str]:
    """Undo until there is nothing to undo, telling each."""
    while (last := last_change(session, survey)) is not None:
        yield undo(session, survey, last.number) or ""
        session.commit()
        session.refresh(survey)


def change(session: Session, survey: Survey, questionnaire: Questionnaire, what: str) -> None:
    change_draft(session, survey, questionnaire, what)
    session.commit()
    session.refresh(survey)


def test_a_change_is_undone_to_the_letter(session: Session, survey: Survey) -> None:
    before = survey.draft
    change(session, survey, moved(survey.questionnaire, "drink", -1), "moved question 3")

    assert survey.draft != before
    assert list(undone(session, survey)) == ["moved question 3"]
    assert survey.draft == before


def test_the_last_ten_changes_can_be_undone(session: Session, survey: Survey) -> None:
    drafts = []
    for number in range(KEPT + 3):
        drafts.append(survey.draft)
        change(session, survey, moved(survey.questionnaire, "overall", 1 if number % 2 == 0 else -1), f"move {number}")

    assert list(undone(session, survey)) == [f"move {number}" for number in range(12, 2, -1)]
    assert survey.draft == drafts[3]


def test_what_somebody_else_undid_meanwhile_is_not_undone_again(session: Session, survey: Survey) -> None:
    for _ in range(2):
        change(session, survey, removed(survey.questionnaire, survey.questionnaire.questions[0].key), "removed")
    seen = last_change(session, survey)
    assert seen is not None
    undo(session, survey, seen.number)
    session.commit()

    assert undo(session, survey, seen.number) is None


def test_nothing_is_undone_over_a_draft_that_changed_in_another_way(session: Session, survey: Survey) -> None:
    change(session, survey, moved(survey.questionnaire, "overall", 1), "moved")
    survey.draft = every_kind().extended_by(Questionnaire(title={})).to_json() | {"purpose": "Another"}
    session.commit()

    assert last_change(session, survey) is None


def test_a_change_that_changes_nothing_is_not_kept(session: Session, survey: Survey) -> None:
    change(session, survey, survey.questionnaire, "saved")

    assert last_change(session, survey) is None


def test_changes_of_one_survey_are_not_anothers(session: Session, survey: Survey, team: Team) -> None:
    other = make_survey(session, team, every_kind(), state="draft")
    change(session, other, moved(other.questionnaire, "overall", 1), "moved")

    assert last_change(session, survey) is None
    forget_changes(session, survey)
    assert last_change(session, other) is not None


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questionnaires(), st.integers(1, 9), st.data())
def test_undo_brings_back_the_very_same_document_after_any_edits(
    session: Session, survey: Survey, first: Questionnaire, length: int, data: st.DataObject
) -> None:
    survey.draft = first.to_json()
    forget_changes(session, survey)
    change_count = 0
    for _ in range(length):
        after = edited(data, survey.questionnaire, UsedCodes())
        change_count += after.to_json() != survey.draft
        change(session, survey, after, "edited")

    assert len(list(undone(session, survey))) == change_count
    assert survey.questionnaire == first
    assert session.scalar(select(func.count()).select_from(FormerDraft)) == 0
