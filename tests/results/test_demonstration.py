"""The demonstration's results are what the conference published, on the page and as JSON."""

import json
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.demo import DEMO_PASSWORD, load_demo
from surveyapp.model.team import DEMO_EMAIL
from tests.results.answering import results_of
from tests.visitor import Page, Visitor

EXPECTED: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "material" / "demo_expected.json").read_text(encoding="utf-8")
)
RATINGS = {key: expected for key, expected in EXPECTED["questions"].items() if "mean" in expected}
CHOICES = {key: expected for key, expected in EXPECTED["questions"].items() if "counts" in expected}
COMMENTS = {key: expected["comments"] for key, expected in EXPECTED["questions"].items() if "comments" in expected}


@pytest.fixture
def demo(app: Flask, session: Session) -> tuple[Visitor, str]:
    """The demonstration's organiser, signed in, and the address of its results."""
    survey = load_demo(session).last_time
    session.commit()
    visitor = Visitor(app.test_client())
    visitor.submit(visitor.get("/sign-in"), {"email": DEMO_EMAIL, "password": DEMO_PASSWORD}, "/sign-in")
    return visitor, results_of(survey)


def table(page: Page, key: str) -> Element:
    """One question's panel on the page."""
    found = page.tree.find(f".//div[@id='q-{key}']")
    assert found is not None
    return found


def cells(panel: Element) -> list[list[str]]:
    """The rows of a panel's table, as words."""
    rows = [row for body in panel.iter("tbody") for row in body.iter("tr")]
    return [["".join(cell.itertext()).strip() for cell in row if cell.tag in ("td", "th")] for row in rows]


def test_organiser_sees_who_answered_and_the_three_ratings(demo: tuple[Visitor, str]) -> None:
    visitor, address = demo
    page = visitor.get(address)
    assert (page.h1, page.title) == (
        "Results",
        "Results · Patients and Carers Conference (demonstration) · Event Answers",
    )
    assert "7 October 2026 · London" in page.text
    assert "37 of 81 people answered (46%)" in page.text
    for mean, n in (("4.24", 37), ("4.61", 36), ("4.71", 35)):
        assert f"{mean} out of 5 {n} answers" in page.text
    assert "37 of 81 people answered. The other 44 may think differently." in page.text


def test_every_published_figure_stands_on_the_page(demo: tuple[Visitor, str]) -> None:
    """FI21: the figures of the first account come out of the demonstration."""
    visitor, address = demo
    page = visitor.get(address)
    for key, expected in RATINGS.items():
        panel, rows = table(page, key), cells(table(page, key))
        words = "".join(panel.itertext())
        assert [int(row[1]) for row in rows[:5]] == expected["distribution_5_to_1"], key
        assert sum(int(row[1]) for row in rows[5:-1]) == expected["missing_by_choice"], key
        assert rows[-1][:2] == ["Skipped", str(expected["skipped"])], key
        low, high = expected["mean_95"]
        assert f"{expected['n']} answers" in words, key
        assert f"Average {expected['mean']} out of 5." in words, key
        assert f"between {low:.2f} and {high:.2f}" in words, key
        shares = (expected[name] for name in ("top_box_pct", "positive_pct", "negative_pct"))
        assert "{}% gave 5, {}% gave 5 or 4, {}% gave 1 or 2.".format(*shares) in words, key
    for key, expected in CHOICES.items():
        shown = [int(row[1]) for row in cells(table(page, key)) if row[0] not in ("Skipped", "Not asked")]
        assert shown == list(expected["counts"].values()), key
    for key, typed in COMMENTS.items():
        assert f"{typed} comments" in "".join(table(page, key).itertext()), key


def test_cards_show_how_many_answered_and_why_not_how(demo: tuple[Visitor, str]) -> None:
    visitor, address = demo
    text = visitor.get(address).text
    for label, count in EXPECTED["cards"].items():
        name = label if label == "Link" else f"Table {label[1:]}"
        assert f"{name}: {count} answer" in text
    assert "There are no ratings by table." in text
    assert "stays as it is when somebody takes their answers back" not in text


def test_results_json_holds_every_published_figure(demo: tuple[Visitor, str]) -> None:
    visitor, address = demo
    answer = visitor.get(address + ".json").response
    assert answer.mimetype == "application/json"
    document = json.loads(answer.data)
    assert {name: document[name] for name in ("attendance", "responses", "unfinished", "follow_ups")} == {
        "attendance": 81, "responses": 37, "unfinished": 0, "follow_ups": 0,
    }  # fmt: skip
    assert document["response_rate"] == {"percent": 46}
    assert document["groups"] == {}
    for key, expected in RATINGS.items():
        rating = document["questions"][key]
        assert list(rating["counts"].items()) == [
            (str(5 - place), count) for place, count in enumerate(expected["distribution_5_to_1"])
        ]
        assert (rating["n"], rating["mean"], rating["skipped"]) == (
            expected["n"], expected["mean"], expected["skipped"],
        )  # fmt: skip
        assert rating["interval"] == [f"{end:.2f}" for end in expected["mean_95"]]
        shares = [rating[name] for name in ("top", "positive", "negative")]
        assert shares == [expected[name] for name in ("top_box_pct", "positive_pct", "negative_pct")]
    for key, expected in CHOICES.items():
        choice = document["questions"][key]
        assert {**choice["counts"], **choice["not_counted"]} == expected["counts"]
    assert {key: document["questions"][key]["n"] for key in COMMENTS} == COMMENTS
