"""The demonstration event gives the figures that a real conference published."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from surveyapp.editing.library import ready_surveys
from surveyapp.figures.results_json import to_results_json
from surveyapp.figures.survey_figures import CountedResponse, Facts, Figures, Tally, figures_of
from surveyapp.model.answers import read_answers
from tests.figures.samples import ORGANISER

EXPECTED = json.loads((Path(__file__).parents[1] / "material" / "demo_expected.json").read_text(encoding="utf-8"))
RATINGS = [key for key, expected in EXPECTED["questions"].items() if "mean" in expected]
CHOICES = [key for key, expected in EXPECTED["questions"].items() if "counts" in expected]
COMMENTS = [key for key, expected in EXPECTED["questions"].items() if "comments" in expected]


@pytest.fixture(scope="module")
def figures() -> Figures:
    """An organiser's figures of the demonstration."""
    shipped = json.loads(files("surveyapp").joinpath("demonstration.json").read_text(encoding="utf-8"))
    asked = ready_surveys()[shipped["event"]["questionnaire"]]
    tally = Tally(asked)
    for number, sent in enumerate(shipped["responses"]):
        raw = {key: value if isinstance(value, list) else [str(value)] for key, value in sent["answers"].items()}
        tally.add(CountedResponse(f"{number:016x}", read_answers(asked, raw).answers, view=sent["view"]))
    return figures_of(tally, Facts(attendance=shipped["event"]["attendance"]), ORGANISER)


def shown(figures: Figures, key: str) -> dict[str, Any]:
    """One question as `results.json` has it."""
    question: dict[str, Any] = to_results_json(figures)["questions"][key]
    return question


def test_the_event_was_answered_by_37_of_81(figures: Figures) -> None:
    document = to_results_json(figures)
    assert (document["responses"], document["attendance"]) == (EXPECTED["responses"], EXPECTED["attendance"])
    assert document["response_rate"] == {"percent": int(EXPECTED["response_rate_pct"])}
    assert figures.others_may_differ == 44


@pytest.mark.parametrize("key", RATINGS)
def test_a_rating_gives_the_published_figures(figures: Figures, key: str) -> None:
    """FI3: positive is 5 and 4, negative 2 and 1, top 5, in whole per cent."""
    expected, rating = EXPECTED["questions"][key], shown(figures, key)
    assert (rating["n"], rating["skipped"], rating["mean"]) == (expected["n"], expected["skipped"], expected["mean"])
    assert list(rating["counts"].values()) == expected["distribution_5_to_1"]
    assert sum(rating["not_counted"].values()) == expected["missing_by_choice"]
    assert [float(end) for end in rating["interval"]] == expected["mean_95"]
    assert (rating["top"], rating["positive"]) == (expected["top_box_pct"], expected["positive_pct"])
    assert rating["negative"] == expected["negative_pct"]


@pytest.mark.parametrize("key", RATINGS)
def test_a_ratings_positive_share_has_the_expected_interval(figures: Figures, key: str) -> None:
    low, high = getattr(figures.questions[key], "positive_interval", None) or ("", "")
    assert [float(low), float(high)] == EXPECTED["questions"][key]["positive_95_wilson_pct"]


@pytest.mark.parametrize("key", CHOICES)
def test_a_choice_gives_the_published_counts(figures: Figures, key: str) -> None:
    expected, choice = EXPECTED["questions"][key], shown(figures, key)
    assert choice["n"] == expected.get("n", expected.get("n_people"))
    assert {**choice["counts"], **choice["not_counted"]} == expected["counts"]


@pytest.mark.parametrize("key", COMMENTS)
def test_every_comment_typed_is_counted(figures: Figures, key: str) -> None:
    comments = shown(figures, key)
    assert comments["n"] == EXPECTED["questions"][key]["comments"]
    assert comments["n"] == comments["nothing_to_add"] + len(comments["comments"])


def test_two_people_had_nothing_to_add(figures: Figures) -> None:
    assert shown(figures, "best")["nothing_to_add"] == 2
    assert shown(figures, "change")["nothing_to_add"] == 0
