"""An organiser arranges a survey's questions: every button, without script."""

from dataclasses import asdict

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.questionnaire import Check, Question, Questionnaire, ShowIf, Wording
from surveyapp.model.survey import Survey
from surveyapp.model.team import AuditEntry, Team
from tests.factories import EVENT_DAY, make_question, make_questionnaire, make_survey
from tests.visitor import Page, Visitor


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A card of three questions and three more, as a draft."""
    return make_survey(session, team, ready_surveys()["quick_card"], state="draft")


def press(olu: Visitor, survey: Survey, do: str) -> Page:
    """Press a button of the list, and see what it says."""
    page = olu.get(f"/surveys/{survey.id}/edit")
    return olu.follow(olu.submit(page, {"do": do}, "/edit"))


def now(session: Session, survey: Survey) -> Questionnaire:
    """The questions as they are stored."""
    session.rollback()
    session.refresh(survey)
    return survey.questionnaire


def keys(session: Session, survey: Survey) -> list[str]:
    return [question.key for question in now(session, survey).questions]


def test_question_moves_and_the_page_says_where_to(olu: Visitor, survey: Survey, session: Session) -> None:
    first, second, *rest = keys(session, survey)
    page = press(olu, survey, f"up:{second}")

    assert "Question 2 moved up. It is now number 1." in page.text
    assert "Undo: moved question 2 up" in page.text
    assert keys(session, survey) == [second, first, *rest]


def test_first_question_stays_and_the_page_says_why(olu: Visitor, survey: Survey, session: Session) -> None:
    before = keys(session, survey)

    assert "Question 1 is the first one already." in press(olu, survey, f"up:{before[0]}").text
    assert keys(session, survey) == before


def test_copy_stands_below_with_a_key_of_its_own(olu: Visitor, survey: Survey, session: Session) -> None:
    first, *rest = keys(session, survey)
    page = press(olu, survey, f"copy:{first}")

    assert "Question 1 is copied. The copy is question 2." in page.text
    after = keys(session, survey)
    assert (after[0], after[2:]) == (first, rest)
    assert after[1] not in (first, *rest)


def test_removed_question_comes_back_by_undo(olu: Visitor, survey: Survey, session: Session) -> None:
    before = survey.draft
    page = press(olu, survey, f"remove:{keys(session, survey)[0]}")
    assert "Question 1 is removed." in page.text

    page = olu.follow(olu.submit(page, {}, "/undo-last"))
    assert "Undone: removed question 1." in page.text
    assert now(session, survey).to_json() == before


def test_undo_of_a_number_without_end_undoes_nothing(olu: Visitor, survey: Survey, session: Session) -> None:
    first, *_rest = keys(session, survey)
    page = press(olu, survey, f"down:{first}")
    moved = keys(session, survey)

    told = olu.follow(olu.submit(page, {"number": "9" * 5_000}, "/undo-last"))
    assert "There is nothing to undo here." in told.text
    assert keys(session, survey) == moved


def test_a_check_whose_day_is_none_shows_what_the_document_says(olu: Visitor, survey: Survey, session: Session) -> None:
    check = Check("en", "easy", by="Speakup", on="in spring")
    survey.draft = survey.questionnaire.to_json() | {"checked": [asdict(check)]}
    session.commit()
    assert "Checked by Speakup on in spring." in olu.get(f"/surveys/{survey.id}/edit").text


def test_undo_of_somebody_elses_newer_change_is_not_done_unseen(olu: Visitor, survey: Survey, session: Session) -> None:
    first, second, *_rest = keys(session, survey)
    old = press(olu, survey, f"down:{first}")
    press(olu, survey, f"remove:{second}")

    assert "There is nothing to undo here." in olu.follow(olu.submit(old, {}, "/undo-last")).text
    assert second not in keys(session, survey)


def test_everybody_sees_what_depended_on_a_removed_question(olu: Visitor, session: Session, team: Team) -> None:
    ate, food = make_question("ate", "yes_no"), make_question("food", show_if=ShowIf("ate", ("yes",)))
    survey = make_survey(session, team, make_questionnaire(ate, food), state="draft")
    assert "so it must stay below" in press(olu, survey, "up:food").text
    page = press(olu, survey, "remove:ate")

    assert "Everybody now sees question 1." in page.text
    assert now(session, survey).question("food").show_if is None


def test_button_of_a_page_that_is_old_works_and_says_that_somebody_was_there(
    olu: Visitor, survey: Survey, session: Session
) -> None:
    first, second, *_rest = keys(session, survey)
    old = olu.get(f"/surveys/{survey.id}/edit")
    press(olu, survey, f"down:{first}")
    page = olu.follow(olu.submit(old, {"do": f"remove:{second}"}, "/edit"))

    assert "Somebody else changed this survey, too." in page.text
    assert second not in keys(session, survey)


def test_question_that_is_gone_is_told_and_nothing_else_happens(olu: Visitor, survey: Survey, session: Session) -> None:
    before = keys(session, survey)

    assert "This question is not there any more." in press(olu, survey, "remove:gone").text
    assert "Press one of the buttons" in press(olu, survey, "explode:gone").text
    assert keys(session, survey) == before


def test_every_change_is_written_down(olu: Visitor, survey: Survey, session: Session) -> None:
    press(olu, survey, f"down:{keys(session, survey)[0]}")

    session.rollback()
    assert session.scalars(select(AuditEntry.what)).all() == ["moved question 1 down"]


def test_scale_of_three_faces_goes_through_the_whole_survey(olu: Visitor, survey: Survey, session: Session) -> None:
    page = olu.follow(olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {"points": "3"}, "/one-scale"))

    assert "Every rating now has 3 faces." in page.text
    ratings = [question for question in now(session, survey).questions if question.kind == "rating5"]
    assert {question.counting_codes for question in ratings} == {("5", "3", "1")}
    assert [choice.words["en"].easy for choice in ratings[0].choices][:3] == ["Good", "OK", "Bad"]


def test_whoever_checked_the_words_is_noted_until_they_change(olu: Visitor, survey: Survey, session: Session) -> None:
    page = olu.get(f"/surveys/{survey.id}/edit")
    page = olu.follow(olu.submit(page, {"by": "Speakup group, Leeds"}, "/checked-by"))
    assert "Checked by Speakup group, Leeds on" in page.text
    (check,) = now(session, survey).checked
    assert isinstance(check, Check)
    assert (check.language, check.view) == ("en", "easy")

    first = keys(session, survey)[0]
    page = olu.get(f"/surveys/{survey.id}/edit/{first}")
    olu.submit(page, {"words-easy": "Was it good?"}, f"/edit/{first}")
    assert now(session, survey).checked == ()


def test_nobody_checked_is_not_noted(olu: Visitor, survey: Survey) -> None:
    page = olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {"by": " "}, "/checked-by", 422)

    assert "Write who checked the words." in page.text


def test_advice_is_shown_and_blocks_nothing(olu: Visitor, session: Session, team: Team) -> None:
    asked = [make_question(f"q{number}", "comment") for number in range(9)]
    survey = make_survey(session, team, make_questionnaire(*asked), state="draft")
    for _ in range(3):
        make_survey(session, team, event_date=EVENT_DAY)
    page = olu.get(f"/surveys/{survey.id}/edit")

    assert "There are 9 questions about the event." in page.text
    assert "People are asked to write 9 times." in page.text
    assert "Your team asks 4 surveys within 90 days. Don't over-use people." in page.text
    olu.submit(olu.get(f"/surveys/{survey.id}"), {}, "/open")


def test_survey_without_any_advice_shows_none(olu: Visitor, survey: Survey) -> None:
    assert "Worth a look" not in olu.get(f"/surveys/{survey.id}/edit").text


def test_wording_check_speaks_in_the_list_and_beside_the_words(olu: Visitor, session: Session, team: Team) -> None:
    """K2: errors withhold the mark of easy-read wording, not the survey."""
    hard = Question("food", "comment", {"en": Wording("How was the catering?", "To what extent was the catering OK?")})
    survey = make_survey(session, team, make_questionnaire(hard), state="draft")
    page = olu.get(f"/surveys/{survey.id}/edit")
    assert "The easy words need another look." in page.text
    assert "Say how many minutes it takes." in page.text
    assert "Easy-read wording complete" not in page.text
    assert "Easy words:" in olu.get(f"/surveys/{survey.id}/edit/food").text

    page = olu.get(f"/surveys/{survey.id}/edit/food")
    olu.submit(page, {"words-easy": "How was the food?"}, "/edit/food")
    page = olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {"minutes": "5"}, "/how-long")
    assert "Easy-read wording complete" in olu.follow(page).text
    other = make_survey(session, team, make_questionnaire(hard), state="draft", title="With errors")
    page = olu.follow(olu.submit(olu.get(f"/surveys/{other.id}"), {}, "/open"))
    assert "The survey is open." in page.text


def test_minutes_that_are_no_number_are_told_what_to_write(olu: Visitor, survey: Survey) -> None:
    page = olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {"minutes": "a few"}, "/how-long")

    assert "Write the minutes in figures" in olu.follow(page).text


def test_language_is_taken_up_and_given_up_with_undo(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(
        session, team, make_questionnaire(make_question("tea", label="How was the tea?")), state="draft"
    )
    page = olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {"languages": ["cy", "ur"]}, "/languages")
    page = olu.follow(page)
    assert "The languages are saved." in page.text
    assert f"/surveys/{survey.id}/edit/tea?language=ur" in page.links(), "what is missing leads to where it is written"
    assert now(session, survey).languages == ("en", "cy", "ur")
    olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {"languages": []}, "/languages")
    assert now(session, survey).languages == ("en",)
    olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {}, "/undo-last")
    assert now(session, survey).languages == ("en", "cy", "ur")
    page = olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {"languages": ["tlh"]}, "/languages")
    assert "Choose languages from the list." in olu.follow(page).text


def test_new_question_has_the_words_that_we_know_in_each_language(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, ready_surveys()["quick_card"], state="draft")
    form = olu.get(f"/surveys/{survey.id}/edit/new-question")
    olu.submit(form, {"words": "How was the food and drink?", "kind": "rating5"}, "/new-question")
    session.refresh(survey)
    made = survey.questionnaire.questions[-1]
    assert made.choices[0].words["pl"].standard == "Bardzo dobrze"
