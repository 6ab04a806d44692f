"""An organiser writes one question: its words in each wording and language, its answers, who sees it."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.editing.library import ready_surveys
from surveyapp.model.questionnaire import Questionnaire, ShowIf, Wording
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.factories import make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Page, Visitor

DRINKS = (make_choice("tea"), make_choice("coffee"), make_choice("water"))


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A draft in English and Urdu."""
    asked = (make_question("drink", "single", choices=DRINKS), make_question("best", "comment"))
    questionnaire = Questionnaire(title={}, questions=asked, languages=("en", "ur"))
    return make_survey(session, team, questionnaire, state="draft")


def now(session: Session, survey: Survey) -> Questionnaire:
    session.rollback()
    session.refresh(survey)
    return survey.questionnaire


def path(survey: Survey, key: str = "drink") -> str:
    return f"/surveys/{survey.id}/edit/{key}"


def send(olu: Visitor, survey: Survey, fields: dict[str, str], status: int = 303) -> Page:
    return olu.submit(olu.get(path(survey)), fields, "/edit/drink", status)


def value(page: Page, name: str) -> str:
    return next(box for box in page.tree.iter("textarea") if box.get("name") == name).text or ""


def test_three_wordings_are_saved(olu: Visitor, survey: Survey, session: Session) -> None:
    typed = {
        "words-standard": "Which drink\r\ndid you have?",
        "words-easy": "What did you drink?",
        "words-short": "Drink",
    }
    page = olu.follow(send(olu, survey, typed))

    assert "Question 1 is saved." in page.text
    assert now(session, survey).question("drink").words == {
        "en": Wording("Which drink did you have?", "What did you drink?", "Drink")
    }


def test_form_sent_untouched_changes_nothing(olu: Visitor, survey: Survey, session: Session) -> None:
    before = survey.draft
    send(olu, survey, {})

    assert now(session, survey).to_json() == before


@pytest.mark.parametrize(
    "refused",
    [
        ("words-standard", "x" * 400, "Use 300 characters or fewer. It is 100 too long."),
        ("words-standard", " ", "Write the question."),
        ("choice-tea-standard", "", "Write the answer, or remove it."),
        ("choice-tea-short", "x" * 61, "Use 60 characters or fewer. It is 1 too long."),
    ],
    ids=lambda refused: f"{refused[0]} {len(refused[1])}",
)
def test_words_that_cannot_be_kept_are_told_at_their_field(
    olu: Visitor, survey: Survey, session: Session, refused: tuple[str, str, str]
) -> None:
    field, typed, sentence = refused
    before = survey.draft
    page = send(olu, survey, {field: typed, "words-easy": "My words"}, 422)

    assert page.title.startswith("Error: ")
    assert page.text.count(sentence) == 2
    assert f"#{field}" in page.links()
    assert value(page, "words-easy") == "My words"
    assert now(session, survey).to_json() == before


def test_words_in_another_language_stand_beside_the_surveys_own(olu: Visitor, survey: Survey, session: Session) -> None:
    listed = olu.get(f"/surveys/{survey.id}/edit")
    assert f"{path(survey)}?language=ur" in listed.links()
    page = olu.get(f"{path(survey)}?language=ur")
    assert "How was drink?" in page.text
    box = next(one for one in page.tree.iter("textarea") if one.get("name") == "words-standard")
    assert (box.get("lang"), box.get("dir")) == ("ur", "rtl")
    olu.submit(page, {"words-standard": "آپ نے کیا پیا؟"}, "/edit/drink")

    words = now(session, survey).question("drink").words
    assert (words["ur"].standard, words["en"].standard) == ("آپ نے کیا پیا؟", "How was drink?")


def test_language_that_the_survey_does_not_have_shows_its_own(olu: Visitor, survey: Survey) -> None:
    assert value(olu.get(f"{path(survey)}?language=fr"), "words-standard") == "How was drink?"


def test_later_one_of_two_is_shown_what_is_saved(olu: Visitor, survey: Survey, session: Session) -> None:
    mine = olu.get(path(survey))
    send(olu, survey, {"words-easy": "Their words", "help-easy": "Their help"})
    page = olu.submit(mine, {"words-easy": "My words"}, "/edit/drink", 409)

    assert "Somebody else changed this question" in page.text
    assert "Saved now: Their words" in page.text
    assert "Saved now: Their help" in page.text
    assert value(page, "words-easy") == "My words"
    olu.submit(page, {"help-easy": "Their help"}, "/edit/drink")
    question = now(session, survey).question("drink")
    assert (question.words["en"].easy, question.help["en"].easy) == ("My words", "Their help")


def test_change_of_another_question_is_no_conflict(olu: Visitor, survey: Survey, session: Session) -> None:
    mine = olu.get(path(survey))
    olu.submit(olu.get(path(survey, "best")), {"words-easy": "Their words"}, "/edit/best")
    olu.submit(mine, {"words-easy": "My words"}, "/edit/drink")

    after = now(session, survey)
    assert [one.words["en"].easy for one in after.questions] == ["My words", "Their words"]


def test_words_typed_into_a_question_that_is_gone_are_given_back(olu: Visitor, survey: Survey) -> None:
    mine = olu.get(path(survey))
    olu.submit(olu.get(f"/surveys/{survey.id}/edit"), {"do": "remove:drink"}, "/edit")
    page = olu.submit(mine, {"words-easy": "My precious words"}, "/edit/drink", 409)

    assert "Somebody else removed this question" in page.text
    assert "My precious words" in page.text
    assert "not there any more" in olu.follow(olu.get(path(survey), 303)).text


def test_button_does_its_work_and_saves_the_words(olu: Visitor, survey: Survey, session: Session) -> None:
    page = olu.follow(send(olu, survey, {"words-easy": "My words", "do": "add", "answer": "Hot chocolate"}))
    assert "The answer “Hot chocolate” is added." in page.text
    page = olu.follow(olu.submit(page, {"do": "ready:prefer_not_to_say"}, "/edit/drink"))
    page = olu.follow(olu.submit(page, {"do": "drop:tea"}, "/edit/drink"))
    assert "The answer “Tea” is removed." in page.text
    page = olu.follow(olu.submit(page, {"do": "up:hot_chocolate"}, "/edit/drink"))
    olu.submit(page, {"do": "copy:coffee"}, "/edit/drink")

    question = now(session, survey).question("drink")
    assert question.codes == ("coffee", "coffee_2", "hot_chocolate", "water", "prefer_not_to_say")
    assert question.words["en"].easy == "My words"


@pytest.mark.parametrize(
    ("do", "sentence"),
    [
        ("add", "Write the new answer."),
        ("up:tea", "This answer is the first of its kind already."),
        ("up:gone", "This answer is not there any more."),
        ("ready:nonsense", "This answer can't be added to this question."),
        ("copy:gone", "This answer is not there any more."),
    ],
)
def test_button_that_can_do_nothing_says_why_and_keeps_what_was_typed(
    olu: Visitor, survey: Survey, session: Session, do: str, sentence: str
) -> None:
    page = send(olu, survey, {"words-easy": "My words", "do": do}, 422)

    assert sentence in page.text
    assert value(page, "words-easy") == "My words"


def test_question_is_shown_only_after_an_answer_to_an_earlier_one(
    olu: Visitor, survey: Survey, session: Session
) -> None:
    page = olu.get(f"{path(survey, 'best')}/condition?after=drink")
    token = next(one for one in page.tree.iter("input") if one.get("name") == "csrf_token").get("value", "")
    chosen = {"csrf_token": token, "after": "drink"}
    refused = olu.post(f"{path(survey, 'best')}/condition", chosen, 422)
    assert "Choose one or more answers." in refused.text
    olu.post(f"{path(survey, 'best')}/condition", {**chosen, "codes": ["tea"]})

    assert now(session, survey).question("best").show_if == ShowIf("drink", ("tea",))
    assert "Only for people who answered “Tea” to question 1." in olu.get(f"/surveys/{survey.id}/edit").text


def test_question_can_depend_on_no_later_one(olu: Visitor, survey: Survey, session: Session) -> None:
    page = olu.get(f"{path(survey)}/condition?after=best")
    assert "No earlier question has answers to choose from" in page.text
    page = olu.submit(page, {"after": "drink", "codes": "tea"}, "/condition", 422)

    assert "Choose a question that comes earlier" in page.text
    assert now(session, survey).question("drink").show_if is None


def test_wording_that_is_fixed_cannot_be_changed(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, ready_surveys()["fft_2020"], state="draft")
    before = survey.questionnaire.question("fft")
    page = olu.get(path(survey, "fft"))
    assert "NHS England fixes the full wording" in page.text
    olu.submit(page, {"words-standard": "Other words", "words-easy": "Was it good?"}, "/edit/fft")

    after = now(session, survey).question("fft")
    assert after.words["en"] == Wording(before.words["en"].standard, "Was it good?", before.words["en"].short)


def test_numbers_have_their_smallest_and_greatest(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team, make_questionnaire(make_question("visits", "number")), state="draft")
    page = olu.get(path(survey, "visits"))
    refused = olu.submit(page, {"minimum": "9", "maximum": "1"}, "/edit/visits", 422)
    assert "The smallest number is greater than the greatest." in refused.text
    olu.submit(page, {"minimum": "0", "maximum": "1,000"}, "/edit/visits")

    question = now(session, survey).question("visits")
    assert (question.minimum, question.maximum) == (0, 1000)


def test_preview_shows_words_that_are_not_saved(olu: Visitor, survey: Survey, session: Session) -> None:
    form = olu.get(path(survey))
    token = next(one for one in form.tree.iter("input") if one.get("name") == "csrf_token").get("value", "")
    typed = {"csrf_token": token, "words-easy": "What did you drink?", "view": "easy"}
    page = olu.post(f"{path(survey)}/preview", typed, 200)

    assert "What did you drink?" in page.text
    assert "form-action 'none'" in page.response.headers["Content-Security-Policy"]
    assert now(session, survey).question("drink").words["en"].easy == "How was drink?"


def test_buttons_that_lead_on_save_first(olu: Visitor, survey: Survey, session: Session) -> None:
    for button, place in (("symbol:tea", "/symbol?choice=tea"), ("condition", "/condition"), ("media", "/media/drink")):
        page = send(olu, survey, {"words-easy": f"Saved by {button}", "do": button})
        assert page.location.endswith(place)
        olu.follow(page)
        assert now(session, survey).question("drink").words["en"].easy == f"Saved by {button}"


def test_page_says_what_stands_beside_a_question_and_a_note_has_no_place_for_it(
    olu: Visitor, session: Session, team: Team
) -> None:
    spoken = make_question("best", "comment", recordings={"en": f"{'a' * 64}.mp3"}, signed="https://example.org/bsl")
    asked = make_questionnaire(make_question("hello", "note"), make_question("drink"), spoken)
    survey = make_survey(session, team, asked, state="draft")
    said = "Recording: English · Video in British Sign Language"

    assert said in olu.get(path(survey, "best")).text
    assert said in olu.get(f"/surveys/{survey.id}/edit").text
    assert "Sound, signing and a photo Nothing yet." in olu.get(path(survey, "drink")).text
    assert "Sound, signing and a photo" not in olu.get(path(survey, "hello")).text
