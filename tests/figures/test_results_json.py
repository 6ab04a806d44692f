"""`results.json` holds exactly the contract's shapes."""

import json
from typing import Any

import pytest

from surveyapp.figures.results_json import to_results_json
from surveyapp.figures.survey_figures import Facts, Tally, figures_of
from surveyapp.model.kinds.reading import Answer
from tests.factories import every_kind
from tests.figures.samples import ORGANISER, PUBLIC, answered

EVERYBODY: dict[str, Answer] = {
    "overall": "5", "listened": "yes", "drink": "tea", "role": ["patient"], "visits": 3, "recommend": 10,
    "best": "Lunch!",
}  # fmt: skip
CHOICE = ["kind", "n", "counts", "shares", "not_counted", "skipped", "not_shown"]
RATING = ["kind", "n", "counts", "not_counted", "skipped", "not_shown"]
SHAPES = {
    "overall": [*RATING, "mean", "interval", "top", "positive", "negative"],
    "listened": CHOICE,
    "drink": CHOICE,
    "role": CHOICE,
    "visits": ["kind", "n", "skipped", "not_shown", "mean", "min", "max"],
    "recommend": ["kind", "n", "counts", "skipped", "not_shown", "score"],
    "best": ["kind", "n", "nothing_to_add", "comments", "skipped", "not_shown"],
    "eq_condition": CHOICE,
    "eq_limits": CHOICE,
}


def results(people: int, public: bool = False, **facts: Any) -> dict[str, Any]:
    """The document, read back from its text."""
    tally = Tally(every_kind()).fold(answered(EVERYBODY, "morning") for _ in range(people))
    figures = figures_of(tally, Facts(**facts), PUBLIC if public else ORGANISER)
    loaded: dict[str, Any] = json.loads(json.dumps(to_results_json(figures)))
    return loaded


def test_the_top_holds_the_events_numbers() -> None:
    document = results(37, attendance=81, unfinished=2)
    assert list(document) == [
        "attendance", "responses", "unfinished", "follow_ups", "response_rate", "questions", "groups",
    ]  # fmt: skip
    assert document["response_rate"] == {"percent": 46}
    assert (document["attendance"], document["responses"], document["unfinished"], document["follow_ups"]) == (
        81,
        37,
        2,
        0,
    )
    assert results(37, attendance=30)["response_rate"] is None


def test_every_kind_has_its_shape() -> None:
    """RJ2: afterwards each kind has its shape."""
    document = results(12)
    assert {key: list(shape) for key, shape in document["questions"].items()} == SHAPES


def test_a_group_has_the_same_shapes() -> None:
    group = results(12)["groups"]["morning"]
    linked = {key: shape for key, shape in SHAPES.items() if not key.startswith("eq_")}
    assert group["responses"] == 12
    assert {key: list(shape) for key, shape in group["questions"].items()} == linked


@pytest.mark.parametrize("key", [key for key in SHAPES if not key.startswith("eq_")])
def test_what_is_withheld_is_null_and_says_so(key: str) -> None:
    """RJ3: what is withheld is null and says so."""
    shape = results(4, public=True)["questions"][key]
    assert list(shape) == [*SHAPES[key], "withheld"]
    assert shape.pop("withheld") is True
    assert shape.pop("kind")
    assert set(shape.values()) == {None}


def test_a_hidden_group_says_so_too() -> None:
    group = results(9, public=True)["groups"]["morning"]
    assert (group["responses"], group["withheld"]) == (None, True)


def test_a_whole_rating_reads_as_the_contract_says() -> None:
    """RJ2: afterwards each kind has its shape."""
    assert results(12)["questions"]["overall"] == {
        "kind": "rating5",
        "n": 12,
        "counts": {"5": 12, "4": 0, "3": 0, "2": 0, "1": 0},
        "not_counted": {"not_applicable": 0},
        "skipped": 0,
        "not_shown": 0,
        "mean": "5.00",
        "interval": ["4.25", "5.00"],
        "top": "100",
        "positive": "100",
        "negative": "0",
    }
