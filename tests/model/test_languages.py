"""A survey offers only the languages that its own questions have."""

from dataclasses import replace

import pytest

from surveyapp.editing.library import module, originals, ready_surveys
from surveyapp.editing.library.translation import Translation, phrase_key, translated
from surveyapp.model.document import read_questionnaire
from surveyapp.model.languages import LANGUAGES, in_languages, lacking, offered
from surveyapp.model.questionnaire import VIEWS, Check, Question, Questionnaire, Wording
from tests.factories import every_kind, make_question, make_questionnaire


def in_welsh(question: Question) -> Question:
    """A question with a Welsh wording of everything it says."""
    return replace(
        question,
        words={**question.words, "cy": Wording("Sut oedd y bwyd?")},
        choices=tuple(replace(one, words={**one.words, "cy": Wording("Da")}) for one in question.choices),
    )


def bilingual(*questions: Question) -> Questionnaire:
    """A questionnaire that says it is there in Welsh, too."""
    return replace(make_questionnaire(*questions), languages=("en", "cy"))


def test_a_language_in_which_everything_is_said_is_offered() -> None:
    survey = bilingual(in_welsh(make_question("food")))

    assert lacking(survey, "cy") == ()
    assert offered(survey).languages == ("en", "cy")


@pytest.mark.parametrize(
    "question",
    [
        replace(in_welsh(make_question("food")), words={"en": Wording("How was the food?")}),
        replace(in_welsh(make_question("food")), help={"en": Wording("Think of lunch.")}),
        replace(in_welsh(make_question("food")), choices=make_question("food").choices),
        replace(in_welsh(make_question("food")), words={"en": Wording("How?"), "cy": Wording(" ")}),
        replace(make_question("hello", "note", "Some more."), help={}),
    ],
    ids=["question", "help", "choices", "blank", "note"],
)
def test_a_language_that_lacks_words_is_not_offered(question: Question) -> None:
    survey = bilingual(in_welsh(make_question("venue")), question)

    assert lacking(survey, "cy") == (question.key,)
    assert offered(survey).languages == ("en",)


def test_help_that_says_nothing_in_any_language_needs_no_translation() -> None:
    question = replace(in_welsh(make_question("food")), help={"en": Wording("")})

    assert lacking(bilingual(question), "cy") == ()


def test_the_language_it_was_written_in_always_stays() -> None:
    survey = replace(bilingual(in_welsh(make_question("food"))), checked=(Check("cy", "easy", "Mair", "2026-11-01"),))

    alone = in_languages(survey, ["pl"])

    assert alone.languages == ("en",)
    assert alone.checked == ()
    assert {tag for words in alone.texts() for tag in words} == {"en"}
    assert in_languages(survey, ["cy"]).checked == survey.checked


def test_a_ready_survey_takes_the_words_of_a_language_that_is_whole() -> None:
    question = make_question("food", help={"en": Wording("", "Think of lunch.")})
    said = {
        phrase_key(words["en"]): f"{phrase_key(words['en'])}!"
        for words in make_questionnaire(question).texts()
        if words
    }
    welsh = Translation("cy", said, {"food.5": "Campus | Da"}, "Mair", "2026-11-01")

    food = translated(make_questionnaire(question), [welsh]).questions[0]

    assert food.words["cy"] == Wording("How was food?", short="food!")
    assert food.help["cy"] == Wording("", "Think of lunch.!")
    assert food.choice("5").words["cy"] == Wording("Campus", short="Da")
    assert food.choice("4").words["cy"] == Wording("Good!")
    assert [check.view for check in translated(make_questionnaire(question), [welsh]).checked] == list(VIEWS)


def test_a_ready_survey_passes_over_a_language_that_lacks_a_word() -> None:
    welsh = Translation("cy", {"How was food? | food": "Bwyd? | Bwyd"}, {})
    survey = make_questionnaire(make_question("food"))

    assert translated(survey, [welsh]) is survey


def test_every_ready_survey_reads_back_with_its_languages() -> None:
    for survey in (*ready_surveys().values(), module("equality")):
        assert set(survey.languages) <= set(LANGUAGES)
        assert offered(survey) == survey
        assert read_questionnaire(survey.to_json()) == survey
        assert in_languages(survey, []) in originals()


def test_a_document_of_every_kind_in_one_language_stays_as_it_is() -> None:
    assert offered(every_kind()) == every_kind()
    assert in_languages(every_kind(), ["en"]) == every_kind()
