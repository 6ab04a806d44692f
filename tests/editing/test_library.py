"""The ready surveys: every document reads, and can be answered by somebody who hardly reads."""

import re

import pytest

from surveyapp.editing.library import MODULES, READY, module, ready_surveys
from surveyapp.model.document import read_questionnaire
from surveyapp.model.kinds.rating5 import RATINGS
from surveyapp.model.questionnaire import Choice, Question, Questionnaire, Wording
from surveyapp.model.symbols import SYMBOLS

DOCUMENTS = {**ready_surveys(), **{name: module(name) for name in MODULES}}
FACES = ("very_good", "good", "okay", "bad", "very_bad")

each_document = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
each_question = pytest.mark.parametrize(
    "question",
    [
        pytest.param(question, id=f"{name}-{question.key}")
        for name, document in DOCUMENTS.items()
        for question in document.questions
    ],
)


def wording(part: Question | Choice) -> Wording:
    """A question's or choice's English words."""
    return part.words["en"]


def parts(question: Question) -> list[Question | Choice]:
    """A question and its choices."""
    return [question, *question.choices]


def sentences(text: str) -> list[str]:
    """A text's sentences, cut where one ends and another begins."""
    return re.split(r"(?<=[.?!])\s+", text)


def test_eight_surveys_are_offered_shortest_first() -> None:
    assert tuple(ready_surveys()) == READY
    assert [len(survey.asking) for survey in ready_surveys().values()] == [4, 16, 13, 11, 6, 12, 11, 4]


def test_a_module_that_is_not_there_is_not_looked_for_on_the_disk() -> None:
    with pytest.raises(KeyError):
        module("../quick_card")


@each_document
def test_a_document_is_named_as_its_file_and_reads_back_equal(document: Questionnaire) -> None:
    assert DOCUMENTS[document.key] is document
    assert read_questionnaire(document.to_json()) == document
    assert document.title["en"].easy


@each_question
def test_a_question_and_its_choices_have_all_three_wordings_and_a_symbol(question: Question) -> None:
    for part in parts(question):
        words = wording(part)
        assert words.standard
        assert words.easy
        assert 1 <= len(words.short.split()) <= 3
        assert part.symbol in SYMBOLS


@each_question
def test_no_two_choices_look_or_sound_alike(question: Question) -> None:
    for seen in (
        question.codes,
        [choice.symbol for choice in question.choices],
        [wording(choice).short for choice in question.choices],
    ):
        assert len(set(seen)) == len(seen)


@each_document
def test_no_two_questions_of_a_survey_look_or_sound_alike(document: Questionnaire) -> None:
    for seen in (
        [question.symbol for question in document.questions],
        [wording(question).short for question in document.questions],
    ):
        assert len(set(seen)) == len(seen)


@each_question
def test_easy_words_come_in_sentences_of_twelve_words_at_most(question: Question) -> None:
    easy = [wording(question).easy, *(wording(choice).easy for choice in question.choices)]
    easy += [words.easy for words in question.help.values()]
    for text in easy:
        assert max(len(sentence.split()) for sentence in sentences(text)) <= 12


@each_question
def test_a_rating_is_said_by_faces_and_sureness_by_a_glass(question: Question) -> None:
    scale = {choice.code: choice.symbol for choice in question.choices if not choice.missing}
    if question.kind == "rating5":
        glasses = tuple(f"level_{code}" for code in RATINGS)
        assert scale == dict(zip(RATINGS, glasses if question.key.startswith("sure_") else FACES, strict=True))


@pytest.mark.parametrize("name", ["equality", "equality_more"])
def test_equality_questions_are_only_counted_apart(name: str) -> None:
    assert module(name).linked == ()
    assert module(name).unlinked


def test_religion_and_orientation_are_asked_only_when_asked_for() -> None:
    assert [question.key for question in module("equality_more").questions] == ["eq_religion", "eq_orientation"]
    assert not {"eq_religion", "eq_orientation"} & {question.key for question in module("equality").questions}


def test_a_module_goes_at_the_end_of_every_survey_whose_keys_it_does_not_use() -> None:
    for survey in ready_surveys().values():
        extended = survey.extended_by(module("equality")).extended_by(module("equality_more"))
        assert read_questionnaire(extended.to_json()) == extended


@pytest.mark.parametrize(
    ("survey", "key", "standard", "easy"),
    [
        ("quick_card", "change", "What should we change?", "What should we change?"),
        ("patients_carers_conference", "guidance", "How good was the information we sent you before the event?",
         "We sent you information before the day. How was it?"),
        ("coproduction_workshop", "support",
         "How good was the practical support (travel, expenses, breaks, quiet space)?",
         "How was our help with travel, money and breaks?"),
        ("fft_2020", "fft_lead", "Thinking about our service...", "Think about our service."),
        ("fft_2020", "fft", "Overall, how was your experience of our service?", "How was our service?"),
        ("course_end", "sure_before",
         "Before the course, how confident were you about managing your health or caring role?",
         "Think back to before the course. How sure did you feel?"),
        ("equality", "eq_condition",
         "Do you have a physical or mental health condition or illness that has lasted, or will last,"
         " 12 months or more?", "Do you have a health problem or disability? Has it lasted a year, or will it?"),
    ],
)  # fmt: skip
def test_the_words_are_the_ones_that_were_agreed(survey: str, key: str, standard: str, easy: str) -> None:
    words = wording(DOCUMENTS[survey].question(key))
    assert (words.standard, words.easy) == (standard, easy)


def test_the_friends_and_family_question_is_fixed_and_scored_its_own_way() -> None:
    question = ready_surveys()["fft_2020"].question("fft")
    assert question.fixed_wording
    assert question.scoring == "fft"
    assert [wording(choice).standard for choice in question.choices] == [
        "Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "Don't know",
    ]  # fmt: skip
