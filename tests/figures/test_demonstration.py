"""The demonstration's answers read without a fault and count as published."""

import json
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from surveyapp.editing.library import ready_surveys
from surveyapp.model.answers import read_answers
from surveyapp.model.kinds.reading import codes_of

EXPECTED = json.loads((Path(__file__).parents[1] / "material" / "demo_expected.json").read_text(encoding="utf-8"))
SHIPPED: dict[str, Any] = json.loads(files("surveyapp").joinpath("demonstration.json").read_text(encoding="utf-8"))
SURVEY = ready_surveys()[SHIPPED["event"]["questionnaire"]]
WITH_COUNTS = [key for key, expected in EXPECTED["questions"].items() if "counts" in expected]
RATINGS = [key for key, expected in EXPECTED["questions"].items() if "distribution_5_to_1" in expected]


def counts(key: str) -> Counter[str]:
    """How often each code of a question was answered."""
    return Counter(code for sent in SHIPPED["responses"] for code in codes_of(sent["answers"].get(key)))


def test_every_response_reads_without_a_fault_and_stays_as_it_is() -> None:
    for sent in SHIPPED["responses"]:
        raw = {key: value if isinstance(value, list) else [value] for key, value in sent["answers"].items()}
        reading = read_answers(SURVEY, raw)
        assert (reading.errors, reading.answers) == ({}, sent["answers"])


def test_37_people_of_one_day_answered_from_their_tables() -> None:
    assert len(SHIPPED["responses"]) == EXPECTED["responses"]
    assert Counter(sent["card"] for sent in SHIPPED["responses"]) == EXPECTED["cards"]
    assert {sent["finished_on"] for sent in SHIPPED["responses"]} == {"2026-10-07"}


@pytest.mark.parametrize("key", WITH_COUNTS)
def test_a_choice_counts_as_published(key: str) -> None:
    expected = EXPECTED["questions"][key]["counts"]
    assert {code: counts(key)[code] for code in expected} == expected
    assert set(counts(key)) <= set(expected)


@pytest.mark.parametrize("key", RATINGS)
def test_a_rating_counts_as_published(key: str) -> None:
    expected = EXPECTED["questions"][key]
    assert [counts(key)[code] for code in "54321"] == expected["distribution_5_to_1"]
    assert counts(key)["not_applicable"] == expected["missing_by_choice"]


@pytest.mark.parametrize("key", ["best", "change"])
def test_the_comments_are_all_there(key: str) -> None:
    assert counts(key).total() == EXPECTED["questions"][key]["comments"]
