"""Codes that people read, type and say."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.model.codes import (
    ALPHABET,
    new_card_code,
    read_card_code,
    read_receipt,
    receipt_mark,
    receipt_of,
    shown_card_code,
    shown_receipt,
)

SECRET = b"a secret"
ID = "0b5d7e9c-0000-4000-8000-000000000001"
codes = st.text(ALPHABET, min_size=6, max_size=6)


def test_the_alphabet_has_no_look_alikes_and_no_vowels() -> None:
    assert not set(ALPHABET) & set("01aeiloué")
    assert set(ALPHABET) <= set(string.ascii_lowercase + string.digits)
    assert len(set(ALPHABET)) == len(ALPHABET) == 28


def test_a_new_code_is_six_random_letters_of_the_alphabet() -> None:
    made = {new_card_code() for _ in range(500)}

    assert len(made) > 495
    assert all(read_card_code(code) == code for code in made)


@given(codes)
def test_a_printed_code_reads_back(code: str) -> None:
    assert read_card_code(shown_card_code(code)) == code


@pytest.mark.parametrize("typed", ["K7Q-4MX", "k7q4mx", " k7q 4mx ", "K 7 Q – 4 M X", "k7q\u20114mx", "K7Q\t4MX\n"])
def test_a_typed_code_is_read_whatever_its_case_and_spaces(typed: str) -> None:
    assert read_card_code(typed) == "k7q4mx"


@pytest.mark.parametrize(
    "typed",
    [
        "K7Q4MX.", "(K7Q4MX)", "[K7Q-4MX]", "“K7Q4MX”", "K.7.Q.4.M.X", "K7Q_4MX", "K7Q/4MX",
        "\u200fK7Q4MX", "K7Q4MX\u200e", "\ufeffK7Q4MX", "K7Q\u00ad4MX", "K7Q4MX\ufe0f", "\u2066K7Q4MX\u2069",
        "Ｋ７Ｑ４ＭＸ", "k٧q٤mx", "K۷Q۴MX",
        "http://host/s/k7q4mx", "https://host:8000/S/K7Q4MX/", "host/s/k7q4mx?view=easy&lang=ar", "/s/k7q4mx#start",
        "https://host/?code=K7Q-4MX", "https://host/s/K7Q-4MX/look?size=3",
    ],
)  # fmt: skip
def test_a_pasted_code_is_read_whatever_stands_around_it(typed: str) -> None:
    assert read_card_code(typed) == "k7q4mx"


@pytest.mark.parametrize(
    "typed", ["<k7q4mx>", "k7q4mx=", "https://host/s/other", "https://host/k7q4mx", "/s/", "k7q4mé"]
)
def test_what_only_looks_like_a_code_is_none(typed: str) -> None:
    assert read_card_code(typed) is None


@pytest.mark.parametrize("typed", ["", "k7q4m", "k7q4mxx", "k7q4m0", "k7q4ma", "k7q4m\0", "../../", "k7q4mx" * 1000])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_card_code(typed) is None


@given(st.text())
def test_any_text_is_a_code_or_none(typed: str) -> None:
    code = read_card_code(typed)

    assert code is None or set(code) <= set(ALPHABET)


def test_a_receipt_is_the_same_for_one_id_and_secret_and_another_for_others() -> None:
    receipt = receipt_of(ID, SECRET)

    assert receipt == receipt_of(ID, SECRET)
    assert len({receipt, receipt_of(ID, b"another secret"), receipt_of(ID + "x", SECRET)}) == 3
    assert len(receipt) == 12
    assert set(receipt) <= set(ALPHABET)


def test_a_shown_receipt_stands_in_fours_and_reads_back() -> None:
    receipt = receipt_of(ID, SECRET)

    shown = shown_receipt(receipt)

    assert [len(part) for part in shown.split("-")] == [4, 4, 4]
    assert read_receipt(shown.lower().replace("-", " ")) == receipt
    assert read_receipt(shown[:-1]) is None


def test_what_is_stored_of_a_receipt_gives_it_away_to_nobody() -> None:
    receipt = receipt_of(ID, SECRET)

    mark = receipt_mark(receipt, SECRET)

    assert len(mark) == 32
    assert receipt.encode() not in mark
    assert mark != receipt_mark(receipt, b"another secret")
