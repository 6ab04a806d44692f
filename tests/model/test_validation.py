"""Every rule of a document, broken once: the sentence says which question and what about it."""

from dataclasses import replace
from typing import Any

import pytest

from surveyapp.model.questionnaire import Picture, Question, Questionnaire, ShowIf
from surveyapp.model.validation import FIXED_NAMES, FORM_FIELDS, faults
from tests.factories import NOT_APPLICABLE, RATING, every_kind, make_choice, make_question, make_questionnaire


def only_fault(questionnaire: Questionnaire) -> str:
    """The one thing that is wrong."""
    (fault,) = faults(questionnaire)
    return fault


def test_a_questionnaire_of_every_kind_keeps_every_rule() -> None:
    assert faults(every_kind()) == []


def test_the_published_coding_5_4_3_4_5_is_refused() -> None:
    scale = tuple(make_choice(code) for code in "54345")

    found = faults(make_questionnaire(make_question("overall", choices=scale)))

    assert found == [
        "Question “overall” has the code “5” twice.",
        "Question “overall” has the code “4” twice.",
        "Question “overall”: a rating's codes must fall from the best to the worst, each used once.",
    ]


@pytest.mark.parametrize("codes", ["12345", "53421", "5"])
def test_a_scale_that_does_not_fall_is_refused(codes: str) -> None:
    scale = (*(make_choice(code) for code in codes), NOT_APPLICABLE)

    fault = only_fault(make_questionnaire(make_question("overall", choices=scale)))

    assert fault == "Question “overall”: a rating's codes must fall from the best to the worst, each used once."


@pytest.mark.parametrize("code", ["0", "6", "not_applicable", "good"])
def test_a_scale_with_a_stranger_that_counts_is_refused(code: str) -> None:
    scale = (*RATING, make_choice(code))

    fault = only_fault(make_questionnaire(make_question("overall", choices=scale)))

    assert fault == "Question “overall”: a rating's answers are coded 5 to 1; others must be marked as missing."


def test_a_scale_of_three_that_falls_is_taken() -> None:
    scale = tuple(make_choice(code) for code in "531")

    assert faults(make_questionnaire(make_question("overall", choices=scale))) == []


def test_two_questions_of_one_key_are_refused() -> None:
    fault = only_fault(make_questionnaire(make_question("best", "comment"), make_question("best", "nps")))

    assert fault == "Two questions have the key “best”."


@pytest.mark.parametrize("key", ["", "Best", "1st", "a__b", "_a", "a_", "a-b", "é", "a" * 33, "a\n"])
def test_a_key_that_cannot_name_a_column_is_refused(key: str) -> None:
    fault = only_fault(make_questionnaire(make_question(key, "comment")))

    assert fault == f"The key “{key}” must be small letters, digits and single underscores, at most 32."


@pytest.mark.parametrize("key", sorted({*FIXED_NAMES, *FORM_FIELDS}))
def test_a_key_of_a_fixed_column_or_field_is_refused(key: str) -> None:
    fault = only_fault(make_questionnaire(make_question(key, "comment")))

    assert fault == f"The key “{key}” is the name of a fixed column or field."


@pytest.mark.parametrize("code", ["", "Tea", "a__b", "a b", "other_text", "t" * 33])
def test_a_code_that_cannot_be_used_is_refused(code: str) -> None:
    drinks = (make_choice(code), make_choice("coffee"))

    fault = only_fault(make_questionnaire(make_question("drink", "single", choices=drinks)))

    assert fault == f"Question “drink” has a code that can't be used: “{code}”."


SENTENCES = [
    (
        make_question("drink", "single", choices=(make_choice("tea"),)),
        "Question “drink” needs two or more choices.",
    ),
    (
        make_question("best", "comment", choices=(make_choice("tea"), make_choice("coffee"))),
        "Question “best” can't have choices: it is a comment.",
    ),
    (
        make_question("drink", "single", choices=(make_choice("tea", missing=True), make_choice("coffee"))),
        "Question “drink”: “tea” can't be left out of figures; only dont_know, not_applicable, not_sure, "
        "prefer_not_to_say can.",
    ),
    (
        make_question("drink", "single", choices=(make_choice("tea", exclusive=True), make_choice("coffee"))),
        "Question “drink”: only a question with several answers can have one that excludes the others.",
    ),
    (
        make_question(
            "drink", "single", choices=(make_choice("tea", other_text=True), make_choice("other", other_text=True))
        ),
        "Question “drink”: only one choice can ask for other words.",
    ),
    (
        make_question(
            "drink", "single", linked=False, choices=(make_choice("tea"), make_choice("other", other_text=True))
        ),
        "Question “drink” is only counted, so it can't ask for words.",
    ),
    (
        make_question("best", "comment", linked=False),
        "Question “best” is only counted, so it must have choices.",
    ),
    (
        make_question("heard", "yes_no", choices=(make_choice("yes"), make_choice("maybe"))),
        "Question “heard” needs the codes yes and no, and may have dont_know, not_applicable, not_sure, "
        "prefer_not_to_say.",
    ),
    (
        make_question("best", "comment", minimum=0),
        "Question “best”: only a number has a smallest and a greatest value.",
    ),
    (
        make_question("visits", "number", minimum=9, maximum=8),
        "Question “visits”: the smallest value is greater than the greatest.",
    ),
]


@pytest.mark.parametrize(("question", "sentence"), SENTENCES)
def test_a_question_that_breaks_one_rule_is_told_so(question: Question, sentence: str) -> None:
    assert only_fault(make_questionnaire(question)) == sentence


FIRST = make_question("first", "single")
APART = make_question("apart", "single", linked=False)


@pytest.mark.parametrize(
    ("earlier", "condition", "sentence"),
    [
        (FIRST, ShowIf("nobody", ("tea",)), "can only depend on an earlier question that has choices."),
        (FIRST, ShowIf("later", ("tea",)), "can only depend on an earlier question that has choices."),
        (make_question("first", "nps"), ShowIf("first", ("9",)), "can only depend on an earlier question"),
        (FIRST, ShowIf("first", ("milk",)), "depends on an answer that “first” does not have."),
        (FIRST, ShowIf("first", ()), "depends on an answer that “first” does not have."),
        (APART, ShowIf("apart", ("tea",)), "can't depend on “apart”, whose answers are kept apart."),
    ],
)
def test_a_condition_that_cannot_hold_is_refused(earlier: Question, condition: ShowIf, sentence: str) -> None:
    later = make_question("later", "single", show_if=condition)

    fault = only_fault(make_questionnaire(earlier, later))

    assert fault.startswith("Question “later” ")
    assert sentence in fault


def test_a_question_counted_apart_may_depend_on_another_one() -> None:
    later = replace(APART, key="later", show_if=ShowIf("apart", ("tea",)))

    assert faults(make_questionnaire(APART, later)) == []


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (
            {"picture": Picture("../secret.png", {})},
            "names a picture or a recording that can't be kept under that name",
        ),
        ({"recordings": {"en": "hello.mp3"}}, "names a picture or a recording that can't be kept under that name"),
        ({"recordings": {"English": "a" * 64 + ".mp3"}}, "has a recording in a language that is not a language tag"),
        ({"signed": "javascript:alert(1)"}, "the address of a signed video must begin with https://"),
        ({"signed": "https://example.org/a b"}, "the address of a signed video must begin with https://"),
    ],
)
def test_media_that_could_lead_elsewhere_are_refused(how: dict[str, Any], sentence: str) -> None:
    fault = only_fault(make_questionnaire(replace(make_question("overall"), **how)))

    assert sentence in fault


@pytest.mark.parametrize("tag", ["English", "e", "en_GB", "", "../etc"])
def test_a_language_that_is_no_tag_is_refused(tag: str) -> None:
    fault = only_fault(replace(make_questionnaire(), languages=("en", tag)))

    assert fault == f"“{tag}” is not a language tag."


def test_a_language_named_twice_is_refused() -> None:
    fault = only_fault(replace(make_questionnaire(), languages=("en", "cy", "en")))

    assert fault == "The language “en” is named twice."
