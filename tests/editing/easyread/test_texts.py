"""Each rule of the wording check is broken once and kept once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.editing.easyread import RULES, remarks_on
from surveyapp.editing.easyread.finding import Part
from surveyapp.editing.easyread.hard_words import HARD_WORDS

FOURTEEN = "How was the room where you sat with other carers in the long morning?"
SEVENTEEN = "How was the room where you sat with other carers in the long and very warm morning?"


def broken(text: str, part: Part = "question", language: str = "en") -> list[tuple[int, str]]:
    """The rules that a text breaks, with their severity."""
    return [(remark.rule, remark.severity) for remark in remarks_on(text, part, language)]


@pytest.mark.parametrize(
    ("text", "part", "found"),
    [
        (FOURTEEN, "question", (1, "warning")),
        (SEVENTEEN, "question", (1, "error")),
        (FOURTEEN + " " + FOURTEEN, "question", (2, "warning")),
        ("You can eat, drink, rest, and talk.", "help", (2, "warning")),
        ("How were the staff and rooms?", "question", (2, "warning")),
        ("Did you get the assistance?", "question", (3, "warning")),
        ("How was the choreography?", "question", (3, "warning")),
        ("How was the MDT?", "question", (5, "warning")),
        ("Lunch was provided.", "help", (6, "warning")),
        ("You were given a card.", "help", (6, "warning")),
        ("Was it not unhelpful?", "question", (7, "error")),
        ("You cannot do nothing.", "help", (7, "error")),
        ("About 50% came.", "help", (8, "error")),
        ("There were 12,000 people.", "help", (8, "error")),
        ("This is part IV.", "help", (8, "error")),
        ("Most people came.", "help", (8, "error")),
        ("Choose three answers.", "help", (9, "warning")),
        ("Let us break the ice.", "help", (10, "warning")),
        ("Say things you saw, e.g. the room.", "help", (11, "error")),
        ("Tell us about food etc.", "help", (11, "error")),
        ("Tell us (in words).", "help", (12, "warning")),
        ("Food/drink", "choice", (12, "warning")),
        ("PLEASE READ this.", "help", (13, "error")),
        ("We don't share it.", "help", (14, "warning")),
        ("Did you enjoy the day?", "question", (19, "warning")),
        ("Do you agree?", "question", (20, "error")),
        ("To what extent did you listen?", "question", (20, "error")),
        ("Were the staff friendly?", "question", (20, "warning")),
    ],
)
def test_a_text_that_breaks_a_rule_is_told_so(text: str, part: Part, found: tuple[int, str]) -> None:
    assert found in broken(text, part)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("How was the food?", "question"),
        ("What should we change next time?", "question"),
        ("Will you use what you learned?", "question"),
        ("You can stop at any time.", "help"),
        ("We tell the NHS what you say.", "note"),
        ("Unpaid carers do not have to answer.", "note"),
        ("You were tired.", "help"),
        ("The course began in 2024.", "note"),
        ("I do not want to say", "choice"),
        ("OK", "choice"),
        ("", "question"),
    ],
)
def test_plain_words_are_left_alone(text: str, part: Part) -> None:
    assert broken(text, part) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("cy", " ".join(["gair"] * 16) + "?", (1, "error")),
        ("ar", "كيف كان الطعام؟ وكيف كانت الغرفة؟", (2, "warning")),
        ("ur", "50٪ لوگ آئے۔", (8, "error")),
        ("pl", "Jedzenie (obiad)", (12, "warning")),
        ("pl", "PROSZĘ CZYTAĆ", (13, "error")),
    ],
)
def test_the_rules_for_all_hold_in_other_languages(language: str, text: str, found: tuple[int, str]) -> None:
    assert found in broken(text, "question", language)


def test_english_words_are_looked_for_in_english_only() -> None:
    assert broken("Via, etc. do you agree", "question", "es") == []
    assert broken("Do you agree", "question", "en-GB") != []


@pytest.mark.parametrize("text", ["كيف كان الطعام؟", "খাবার কেমন ছিল?", "ਖਾਣਾ ਕਿਵੇਂ ਸੀ?"])
def test_scripts_without_capitals_are_never_called_capitals(text: str) -> None:
    assert broken(text, "question", "ur") == []


def test_the_gravest_remark_comes_first_and_says_what_to_do() -> None:
    first, *_others = remarks_on(
        "To what extent do you agree with the catering arrangements (lunch)?", "question", "en"
    )

    assert (first.severity, first.rule) == ("error", 20)
    assert first.sentence == "“To what extent” is hard to answer. Ask “How was …?”"


def test_a_hard_word_comes_with_an_easier_one() -> None:
    (remark,) = remarks_on("We will assist you.", "help", "en")

    assert remark.sentence == "“assist” is a hard word. Try “help”."


def test_our_own_list_has_150_words_or_more_and_no_easier_word_is_on_it() -> None:
    forms = {form for entry in HARD_WORDS for form in entry.split("|")}

    assert len(HARD_WORDS) >= 150
    assert {easier for easier in HARD_WORDS.values() if easier in forms} == set()
    assert sum(len(entry.split("|")) for entry in HARD_WORDS) == len(forms), "a form stands twice"


@given(st.text(max_size=300), st.sampled_from(["question", "help", "note", "choice", "title"]))
def test_whatever_is_typed_gets_remarks_of_known_rules(text: str, part: Part) -> None:
    for remark in remarks_on(text, part, "en"):
        assert remark.rule in RULES
        assert remark.sentence.endswith((".", "?", "”"))
