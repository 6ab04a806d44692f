"""The wording check of a whole survey: what lacks, what is found, and when the mark may stand."""

from dataclasses import replace

import pytest

from surveyapp.editing.easyread import WordingFinding, found_in, is_complete, texts_without_easy_words
from surveyapp.editing.library import ready_surveys
from surveyapp.model.questionnaire import Check, Choice, Picture, Question, Questionnaire, Wording


def said(easy: str, short: str = "") -> dict[str, Wording]:
    """English words in full and in easy words."""
    return {"en": Wording("In full", easy, short)}


QUESTION = Question(
    "food",
    "single",
    said("How was the food?"),
    symbol="food",
    choices=(Choice("good", said("Good"), symbol="good"), Choice("bad", said("Bad"), symbol="bad")),
)
SURVEY = Questionnaire(
    said("Our day"), (QUESTION,), minutes=2, checked=(Check("en", "easy", "Ten people of People First", "2026-10-01"),)
)


def with_question(**changes: object) -> Questionnaire:
    """The survey with its question changed."""
    return replace(SURVEY, questions=(replace(QUESTION, **changes),))  # type: ignore[arg-type]  # whatever a test changes


def rules(survey: Questionnaire) -> list[int]:
    """The rules that it breaks."""
    return [finding.remark.rule for finding in found_in(survey)]


def test_a_survey_that_keeps_every_rule_is_complete() -> None:
    assert found_in(SURVEY) == []
    assert is_complete(SURVEY)


@pytest.mark.parametrize(
    ("survey", "rule"),
    [
        (replace(SURVEY, title=said("Our workshop"), questions=(replace(QUESTION, help=said("The event.")),)), 4),
        (with_question(symbol=""), 16),
        (with_question(choices=(Choice("good", said("Good")), QUESTION.choices[1])), 16),
        (with_question(picture=Picture("a" * 64 + ".webp", {})), 17),
        (replace(SURVEY, questions=tuple(replace(QUESTION, key=f"food{n}") for n in range(9))), 18),
        (replace(SURVEY, minutes=None), 21),
        (replace(SURVEY, checked=()), 22),
        (replace(SURVEY, checked=(Check("cy", "easy", "Somebody", "2026-10-01"),)), 22),
        (with_question(choices=(Choice("a", said("I do not want to say"), "no"), QUESTION.choices[1])), 1),
    ],
)
def test_what_concerns_pictures_or_the_whole_is_found(survey: Questionnaire, rule: int) -> None:
    assert rules(survey) == [rule]


def test_a_finding_says_where_it_is() -> None:
    survey = with_question(choices=(QUESTION.choices[0], Choice("bad", said("Awful/bad"), symbol="bad")))

    (finding,) = found_in(survey)

    assert isinstance(finding, WordingFinding)
    assert (finding.question, finding.part, finding.choice, finding.remark.rule) == ("food", "choice", "bad", 12)


def test_easy_words_that_lack_are_named_and_withhold_the_mark() -> None:
    survey = with_question(words={"en": Wording("How was the food?")}, help={"en": Wording("In full only.")})

    assert texts_without_easy_words(survey) == [("food", ""), ("food", "")]
    assert not is_complete(survey)
    assert not is_complete(SURVEY, "cy")


def test_an_error_withholds_the_mark_and_a_warning_does_not() -> None:
    assert not is_complete(with_question(words=said("Do you agree about the food?")))
    assert is_complete(with_question(words=said("Did you enjoy the food?")))


@pytest.mark.parametrize("name", sorted(ready_surveys()))
def test_the_ready_surveys_break_no_rule_but_some_their_length(name: str) -> None:
    found = found_in(ready_surveys()[name])

    assert [finding for finding in found if finding.remark.severity == "error" and finding.remark.rule != 18] == []
