"""What each kind of question reads, and each thing that it can't."""

import pytest

from surveyapp.model.kinds.reading import TEXT_LIMIT, Answer, Unreadable, checked_text
from surveyapp.model.kinds.registry import KINDS
from surveyapp.model.questionnaire import KindName
from tests.factories import every_kind, make_question

QUESTIONS = {question.key: question for question in every_kind().questions}


def read(key: str, *values: str) -> Answer | None:
    """What a question of the questionnaire of every kind reads."""
    question = QUESTIONS[key]
    return KINDS[question.kind].read(question, values)


@pytest.mark.parametrize(
    ("key", "values", "answer"),
    [
        ("overall", ["5"], "5"),
        ("overall", ["not_applicable"], "not_applicable"),
        ("overall", ["4", "4"], "4"),
        ("listened", ["no"], "no"),
        ("drink", ["tea"], "tea"),
        ("role", ["carer", "patient", "carer"], ["patient", "carer"]),
        ("role", ["prefer_not_to_say"], ["prefer_not_to_say"]),
        ("best", ["  Tea & <b>cake</b>\r\n"], "  Tea & <b>cake</b>\r\n"),
        ("visits", ["0"], 0),
        ("visits", [" 52 "], 52),
        ("visits", ["007"], 7),
        ("visits", ["٣"], 3),
        ("visits", ["۳"], 3),
        ("visits", ["\u200f١٢\u200e"], 12),
        ("visits", ["３"], 3),
        ("visits", ["১২"], 12),
        ("visits", ["੧ ੨"], 12),
        ("visits", ["\xa03\u202f"], 3),
        ("visits", ["  \u200f "], None),
        ("best", ["   "], None),
        ("best", ["\r\n\r\n"], None),
        ("best", ["\xa0\u200b\ufeff"], None),
        ("best", ["\u3164\u2800"], None),
        ("best", ["👍"], "👍"),
        ("recommend", ["١٠"], 10),
        ("recommend", ["10"], 10),
    ],
)
def test_a_readable_answer_is_read(key: str, values: list[str], answer: Answer | None) -> None:
    assert read(key, *values) == answer


@pytest.mark.parametrize("key", ["overall", "listened", "drink", "role", "best", "visits", "recommend", "hello"])
def test_a_question_left_out_has_no_answer(key: str) -> None:
    assert read(key) is None


@pytest.mark.parametrize(
    ("key", "values", "code"),
    [
        ("overall", ["6"], "not_a_choice"),
        ("overall", ["5 "], "not_a_choice"),
        ("overall", ["5", "4"], "one_choice_only"),
        ("listened", ["maybe"], "not_a_choice"),
        ("drink", ["Tea"], "not_a_choice"),
        ("drink", ["tea", "coffee"], "one_choice_only"),
        ("drink", ["te\0a"], "not_a_choice"),
        ("drink", ["\ud800"], "not_a_choice"),
        ("role", ["patient", "wizard"], "not_a_choice"),
        ("role", ["patient", "prefer_not_to_say"], "exclusive"),
        ("best", ["a", "b"], "one_text_only"),
        ("best", ["a\0b"], "characters"),
        ("best", ["a\ud800b"], "characters"),
        ("best", ["\udfff"], "characters"),
        ("visits", ["two"], "not_a_number"),
        ("visits", ["1.5"], "not_a_number"),
        ("visits", ["1e3"], "not_a_number"),
        ("visits", ["-٧"], "out_of_range"),
        ("visits", ["−1"], "out_of_range"),
        ("visits", ["²"], "not_a_number"),
        ("visits", ["--1"], "not_a_number"),
        ("visits", ["-"], "not_a_number"),
        ("visits", ["+1"], "not_a_number"),
        ("visits", ["1_000"], "not_a_number"),
        ("visits", ["9" * 5000], "not_a_number"),
        ("visits", ["1", "2"], "one_text_only"),
        ("visits", ["53"], "out_of_range"),
        ("visits", ["-1"], "out_of_range"),
        ("recommend", ["11"], "out_of_range"),
        ("recommend", ["-1"], "out_of_range"),
        ("recommend", ["ten"], "not_a_number"),
        ("hello", ["hello"], "unknown_field"),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused(key: str, values: list[str], code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(key, *values)

    assert refused.value.code == code


def test_a_number_out_of_range_says_the_range() -> None:
    with pytest.raises(Unreadable) as refused:
        read("visits", "99")

    assert refused.value.values == {"low": 0, "high": 52}


@pytest.mark.parametrize(("text", "answer"), [("-999999999", -999_999_999), ("999999999", 999_999_999), ("-0", 0)])
def test_a_number_without_a_range_has_the_widest(text: str, answer: int) -> None:
    question = make_question("steps", "number")

    assert KINDS["number"].read(question, [text]) == answer


@pytest.mark.parametrize("text", ["1000000000", "-1000000000"])
def test_a_number_beyond_the_widest_range_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="out_of_range"):
        KINDS["number"].read(make_question("steps", "number"), [text])


@pytest.mark.parametrize("text", ["x" * TEXT_LIMIT, "\r\n" * TEXT_LIMIT, "ক" * TEXT_LIMIT, "👩🏽" * (TEXT_LIMIT // 2)])
def test_a_text_of_5000_characters_is_kept_as_typed(text: str) -> None:
    assert checked_text(text) == text


@pytest.mark.parametrize(
    ("text", "over"), [("x" * 5001, 1), ("\r\n" * 5001, 1), ("\r" * 5003, 3), ("x\r\n" * 2501, 2), ("ক" * 6000, 1000)]
)
def test_a_longer_text_is_refused_and_told_by_how_much(text: str, over: int) -> None:
    with pytest.raises(Unreadable) as refused:
        checked_text(text)

    assert refused.value.code == "too_long"
    assert refused.value.values == {"limit": 5000, "over": over}


@pytest.mark.parametrize(
    ("kind", "choosing"),
    [("rating5", "one"), ("yes_no", "one"), ("multiple", "several"), ("comment", "nothing"), ("nps", "one")],
)
def test_a_kind_says_how_many_it_lets_choose(kind: KindName, choosing: str) -> None:
    assert KINDS[kind].choosing == choosing
