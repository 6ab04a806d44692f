"""A document reads from and writes to plain JSON, and whatever is wrong is told in a sentence."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings

from surveyapp.model.document import DocumentError, questionnaire_from_text, read_questionnaire
from surveyapp.model.questionnaire import Questionnaire, ShowIf, localized
from tests.factories import every_kind, make_question, make_questionnaire, words
from tests.model.random_questionnaires import questionnaires


@given(questionnaires())
@settings(max_examples=150, deadline=None)
def test_any_document_that_is_written_reads_back_equal(questionnaire: Questionnaire) -> None:
    assert read_questionnaire(questionnaire.to_json()) == questionnaire


@given(questionnaires())
@settings(max_examples=100, deadline=None)
def test_any_document_survives_being_a_text(questionnaire: Questionnaire) -> None:
    text = json.dumps(questionnaire.to_json())

    again = questionnaire_from_text(text)

    assert again == questionnaire
    assert json.dumps(again.to_json()) == text


def test_a_document_says_what_differs_from_the_usual_and_nothing_else() -> None:
    shown = make_question("why", "comment", show_if=ShowIf("overall", ("1", "2")))

    written = make_questionnaire(make_question(), shown).to_json()["questions"][1]

    assert written == {
        "key": "why",
        "kind": "comment",
        "words": {"en": {"standard": "How was why?", "easy": "How was why?", "short": "why"}},
        "symbol": "event",
        "show_if": {"key": "overall", "in": ["1", "2"]},
    }


def test_a_question_counted_apart_is_still_counted_apart_when_read_again() -> None:
    again = read_questionnaire(every_kind().to_json())

    assert [question.key for question in again.unlinked] == ["eq_condition", "eq_limits"]


def test_a_smallest_value_of_nought_is_kept() -> None:
    again = read_questionnaire(every_kind().to_json())

    assert again.question("visits").minimum == 0


def test_words_fall_back_to_the_fuller_wording_and_another_language() -> None:
    spoken = words("How was it?", "How?", "It")

    assert localized(spoken, "en", "symbols") == ("It", "en")
    assert localized(spoken, "en", "easy") == ("How?", "en")
    assert localized(spoken, "cy", "standard") == ("How was it?", "en")
    assert localized({}, "cy", "standard") == ("", "cy")


def document() -> dict[str, Any]:
    """A plain document to break."""
    return deepcopy(every_kind().to_json())


def broken(path: str, value: Any) -> dict[str, Any]:
    """The document with one value set, by a path such as `questions.0.key`."""
    data: Any = document()
    place, *steps = path.split(".")[::-1]
    at = data
    for step in reversed(steps):
        at = at[int(step)] if step.isdigit() else at[step]
    at[int(place) if place.isdigit() else place] = value
    whole: dict[str, Any] = data
    return whole


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("format", "surveyapp-questionnaire/2", "does not say surveyapp-questionnaire/1"),
        ("colour", "red", "Unknown in the document: colour."),
        ("questions.0.colour", "red", "Unknown in question “overall”: colour."),
        ("questions.0.choices.0.score", 5, "Unknown in choice “5” of question “overall”: score."),
        ("questions.0.words.en.long", "…", "Unknown in question “overall”: long."),
        ("questions.0.show_if", {"key": "hello", "is": []}, "Unknown in show_if of question “overall”: is."),
        ("questions", {}, "Expected a list for questions."),
        ("questions.0", "overall", "Expected an object for a question."),
        ("questions.0.kind", "rating7", "Expected one of rating5, yes_no"),
        ("questions.0.kind", ["rating5"], "Expected one of rating5, yes_no"),
        ("questions.0.report", "loud", "Expected one of headline, rating"),
        ("questions.0.linked", 1, "Expected true or false for linked of question “overall”."),
        ("questions.0.choices.0.code", 5, "Expected text for a code of question “overall”."),
        ("questions.0.choices.0.missing", "yes", "Expected true or false for missing of question “overall”."),
        ("questions.0.words", "How was it?", "Expected an object for question “overall”."),
        ("questions.0.words.en", "How was it?", "Expected an object for question “overall”."),
        ("questions.5.min", True, "Expected a whole number for min of question “visits”."),
        ("questions.5.max", 1.5, "Expected a whole number for max of question “visits”."),
        ("languages", "en", "Expected a list for languages."),
        ("languages", [1], "Expected text for languages."),
        ("title", ["Feedback"], "Expected an object for the title."),
        ("minutes", "3", "Expected a number for minutes."),
        ("minutes", float("nan"), "Expected a number from 0 to 1000 for minutes."),
        ("minutes", float("inf"), "Expected a number from 0 to 1000 for minutes."),
        ("minutes", 10**400, "Expected a number from 0 to 1000 for minutes."),
        ("key", None, "Expected text for key."),
        ("title.en.standard", "Feed\0back", "A character of the title can't be stored."),
        ("questions.0.words.en.easy", "\ud800", "A character of question “overall” can't be stored."),
        ("questions.0.words.e\0n", {"standard": "x"}, "A language of question “overall” is not a language tag."),
        ("title.\udc80", {"standard": "x"}, "A language of the title is not a language tag."),
        ("questions.0.\udc80", 1, "Unknown in question “overall”: ?."),
    ],
)
def test_a_broken_document_is_refused_with_a_sentence(path: str, value: Any, sentence: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_questionnaire(broken(path, value))

    assert sentence in str(refused.value)
    assert str(refused.value).encode()


@pytest.mark.parametrize("value", [None, 5, "text", [], True])
def test_a_value_that_is_no_object_is_refused(value: Any) -> None:
    with pytest.raises(DocumentError, match="Expected an object for the document"):
        read_questionnaire(value)


@pytest.mark.parametrize("text", ["", "{", "hello", b"\xff\xfe", "[" * 100_000, "1" * 10_000])
def test_a_text_that_is_not_json_is_refused(text: str | bytes) -> None:
    with pytest.raises(DocumentError):
        questionnaire_from_text(text)


def test_nesting_beyond_a_documents_depth_is_refused() -> None:
    deep: Any = "x"
    for _ in range(500):
        deep = {"en": deep}

    with pytest.raises(DocumentError):
        read_questionnaire(broken("title", deep))


def test_a_broken_rule_refuses_the_document() -> None:
    with pytest.raises(DocumentError, match="has the code “5” twice"):
        read_questionnaire(broken("questions.0.choices.1.code", "5"))
