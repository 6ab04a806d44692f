"""Keys and codes are made once, from the words as they first were, and say what the words say."""

import pytest

from surveyapp.editing.questions import UsedCodes
from surveyapp.editing.wordings import new_question
from surveyapp.importing.pasted import read_pasted
from surveyapp.importing.scales import Option, coded
from surveyapp.model.names import Names, code_from_words, key_from_name, key_from_words
from tests.factories import make_questionnaire

ANSWERS = [
    "Not at all",
    "A bit at home",
    "Not much good",
    "Did not go",
    "None of these",
    "Other (please say)",
    "Not sure",
]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Not at all", "not_at_all"),
        ("Not all", "not_all"),
        ("At home", "at_home"),
        ("Home", "home"),
        ("I did", "i_did"),
        ("I don’t", "i_dont"),
        ("Straße 5", "strasse_5"),
        ("لا", "answer"),
        ("", "answer"),
    ],
)
def test_a_code_leaves_no_word_of_an_answer_out(words: str, code: str) -> None:
    assert code_from_words(words, Names()) == code


def test_codes_and_keys_that_are_taken_get_a_number() -> None:
    assert code_from_words("Home", Names(["home", "home_2"])) == "home_3"
    assert key_from_words("How was the food?", Names(["food"])) == "food_2"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("How was the food?", "food"),
        ("What did you not like?", "did_not_like"),
        ("Did you feel safe at the event?", "did_feel_safe_at"),
        ("2 days or 3?", "q_2_days_3"),
        ("View", "q_view"),
        ("Why is it so?", "why_is_it_so"),
    ],
)
def test_a_key_says_what_its_question_is_about(words: str, key: str) -> None:
    assert key_from_words(words, Names()) == key


def test_another_programs_name_stays_as_it_is_where_it_may() -> None:
    assert key_from_name("Q1_a", Names()) == "q1_a"
    assert key_from_name("food_quality", Names()) == "food_quality"


def test_the_same_answers_get_the_same_codes_typed_pasted_and_read_from_a_file() -> None:
    typed = new_question(make_questionnaire(), "multiple", "Where?", ANSWERS, UsedCodes())
    lines = "".join(f"- {answer}\n" for answer in ANSWERS)
    pasted = read_pasted(f"Where? (tick all that apply)\n{lines}").questionnaire.questions[0]
    read = coded([Option("", (answer,)) for answer in ANSWERS], several=True)

    assert typed.codes == pasted.codes == read.codes
    assert [(one.missing, one.exclusive, one.other_text) for one in typed.choices] == [
        (one.missing, one.exclusive, one.other_text) for one in pasted.choices
    ]
    assert typed.codes[:2] == ("not_at_all", "a_bit_at_home")
    assert typed.codes[-1] == "not_sure"
