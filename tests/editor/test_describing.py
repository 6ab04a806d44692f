"""The mark that a question describes people: preset by its words, shown on its page, kept in the document."""

from sqlalchemy.orm import Session

from surveyapp.model.describing import describes_people
from surveyapp.model.document import read_questionnaire
from surveyapp.model.team import Team
from surveyapp.model.validation import faults
from tests.factories import make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

ROLE = make_question("role", "single", "Which of these describes you best?")
DRINK = make_question("drink", "single", "What did you drink?")
ASKED = make_questionnaire(ROLE, DRINK, make_question("best", "comment", "What was good?"))


def test_words_preset_it() -> None:
    assert [describes_people(question) for question in ASKED.questions] == [True, False, False]


def test_the_mark_is_kept_by_the_document() -> None:
    for mark in (None, True, False):
        marked = make_questionnaire(make_question("drink", "single", describes_people=mark))
        assert read_questionnaire(marked.to_json()) == marked


def test_a_comment_cannot_describe_people() -> None:
    assert faults(make_questionnaire(make_question("best", "comment", describes_people=True))) == [
        "Question “best” can't describe people: its answers are in no row, or are no choice or number."
    ]


def test_organiser_sees_and_changes_it(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, ASKED, state="draft")
    page = f"/surveys/{survey.id}/edit/drink"

    olu.submit(olu.get(page), {"describes": "1"}, page)

    session.refresh(survey)
    assert survey.questionnaire.question("drink").describes_people is True
    assert olu.get(page).tree.find(".//input[@id='describes']").get("checked") is not None  # type: ignore[union-attr]  # it is there
