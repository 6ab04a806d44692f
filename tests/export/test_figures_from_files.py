"""The figures on the pages are those of the files: every one is worked out again from the tables alone."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.demo import DEMO_PASSWORD, load_demo
from surveyapp.model.comments import is_nothing_to_add
from surveyapp.model.survey import Survey
from surveyapp.model.team import DEMO_EMAIL, Team
from tests.export.packages import package_of
from tests.export.samples import asked_everything, put, records_of
from tests.factories import make_survey
from tests.visitor import Visitor

Record = dict[str, str]
CODES = {"listened": ("yes", "no", "not_sure"), "drink": ("tea", "coffee"), "overall": tuple("54321")}
COMMENTS = ("Kind people", "-5 degrees", "n/a", "=Tea\nand more")
PEOPLE = 60


def half_up(part: Decimal | int, whole: int, places: int = 0) -> str:
    """A fraction as it is printed."""
    return str((Decimal(part) / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def figures_of(kind: str, cells: list[str], given: list[Record]) -> dict[str, Any]:
    """A question's figures from its column (or none) and its lines in the long table."""
    states = Counter(line["state"] for line in given)
    told = {"skipped": states["skipped"], "not_shown": states["not_shown"]}
    return told | FIGURES[kind]([int(cell) for cell in cells if cell.lstrip("-").isdigit()], given)


def of_rating(numbers: list[int], given: list[Record]) -> dict[str, Any]:
    n, counts = len(numbers), Counter(map(str, numbers))
    shares = {"top": counts["5"], "positive": counts["5"] + counts["4"], "negative": counts["2"] + counts["1"]}
    figures = {"n": n, "counts": counts, "mean": half_up(sum(numbers), n, 2), "not_counted": not_counted(given)}
    return figures | {name: half_up(100 * part, n) for name, part in shares.items()}


def of_choice(_numbers: list[int], given: list[Record]) -> dict[str, Any]:
    answered = [line for line in given if line["counts"] == "1"]
    n, counts = len({line["response_id"] for line in answered}), Counter(line["value_code"] for line in answered)
    shares = {code: half_up(100 * times, n) for code, times in counts.items()}
    return {"n": n, "counts": counts, "shares": shares, "not_counted": not_counted(given)}


def of_number(numbers: list[int], _given: list[Record]) -> dict[str, Any]:
    n = len(numbers)
    return {"n": n, "mean": half_up(sum(numbers), n, 2), "min": min(numbers), "max": max(numbers)}


def of_nps(numbers: list[int], _given: list[Record]) -> dict[str, Any]:
    balance = sum(1 if number >= 9 else -1 if number <= 6 else 0 for number in numbers)
    return {"n": len(numbers), "counts": Counter(map(str, numbers)), "score": half_up(100 * balance, len(numbers))}


def of_comments(_numbers: list[int], given: list[Record]) -> dict[str, Any]:
    texts = [line["value_text"].removeprefix("'") for line in given if line["state"] == "answered"]
    saying = sorted(text for text in texts if not is_nothing_to_add(text))
    return {"n": len(texts), "nothing_to_add": len(texts) - len(saying), "comments": saying}


def not_counted(given: Iterable[Record]) -> Counter[str]:
    """How many chose each code that counts for nothing."""
    return Counter(line["value_code"] for line in given if line["counts"] == "0")


FIGURES: Mapping[str, Callable[[list[int], list[Record]], dict[str, Any]]] = {
    "rating5": of_rating,
    "yes_no": of_choice,
    "single": of_choice,
    "multiple": of_choice,
    "number": of_number,
    "nps": of_nps,
    "comment": of_comments,
}


def without_zeros(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Figures as both ways write them: nothing of what nobody chose, no intervals, comments by their words."""
    comments = [one if isinstance(one, str) else one["text"] for one in figures.get("comments") or ()]
    plain = {key: value for key, value in figures.items() if key not in ("kind", "interval", "comments")}
    chosen = {
        key: {code: part for code, part in value.items() if part not in (0, "0")}
        for key, value in plain.items()
        if isinstance(value, dict)
    }
    return plain | chosen | {"comments": sorted(comments)}


def from_files(files: Mapping[str, bytes], kinds: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Every question's figures, worked out from the two tables; the codebook says which codes count."""
    wide, long, codes = (records_of(files[f"{name}.csv"]) for name in ("responses", "answers", "codebook"))
    counts = {
        (code["question_key"], code["item"] or code["value"]): code["counts_in_results"]
        for code in codes
        if code["value"] and (not code["item"] or code["value"] == "1")
    }
    for line in long:
        line["counts"] = counts.get((line["question_key"], line["value_code"]), "")
    given = {key: [line for line in long if line["question_key"] == key] for key in kinds}
    return {
        key: without_zeros(figures_of(kind, [row.get(key, "") for row in wide], given[key]))
        for key, kind in kinds.items()
    }


def from_pages(results: Mapping[str, Any], keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The same as results.json says."""
    return {key: without_zeros(results["questions"][key]) for key in keys}


def test_demonstrations_figures_come_out_of_its_files(app: Flask, session: Session) -> None:
    survey = load_demo(session).last_time
    session.commit()
    organiser = Visitor(app.test_client())
    organiser.submit(organiser.get("/sign-in"), {"email": DEMO_EMAIL, "password": DEMO_PASSWORD}, "/sign-in")

    files, results = package_of(organiser, survey, "?full=1"), results_of(organiser, survey)
    kinds = {key: figures["kind"] for key, figures in results["questions"].items()}
    figures = from_files(files, kinds)

    assert figures == from_pages(results, kinds)
    assert half_up(100 * len(records_of(files["responses.csv"])), results["attendance"]) == "46"
    assert [(figures[key]["mean"], figures[key]["n"]) for key in ("overall", "guidance", "access")] == [
        ("4.24", 37),
        ("4.61", 36),
        ("4.71", 35),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_figures_of_every_kind_come_out_of_the_files(olu: Visitor, session: Session, team: Team, seed: int) -> None:
    survey = make_survey(session, team, asked_everything())
    dice = random.Random(seed)  # noqa: S311 -- the same answers in every run
    for start in range(PEOPLE):
        put(session, survey, start, drawn(dice))

    results = results_of(olu, survey)
    kinds = {question.key: question.kind for question in asked_everything().linked}

    assert from_files(package_of(olu, survey), kinds) == from_pages(results, kinds)


def drawn(dice: random.Random) -> dict[str, Any]:
    """One person's answers; each question is skipped by some."""
    answers: dict[str, Any] = {key: dice.choice(codes) for key, codes in CODES.items()}
    answers["overall"] = dice.choice([answers["overall"], "not_applicable"])
    answers |= {"role": dice.choice([["carer"], ["patient", "carer"], ["prefer_not_to_say"]])}
    answers |= {"visits": dice.randrange(53), "recommend": dice.randrange(11), "best": dice.choice(COMMENTS)}
    if answers["listened"] == "no":
        answers["why_not"] = dice.choice(COMMENTS)
    kept = {key: answer for key, answer in answers.items() if dice.random() < 0.8 or key == "listened"}
    return kept | (
        {"heard": "elsewhere", "heard__other_text": "A poster"} if dice.random() < 0.5 else {"heard": "friend"}
    )


def results_of(visitor: Visitor, survey: Survey) -> dict[str, Any]:
    """What the results page shows, as JSON."""
    told: dict[str, Any] = visitor.get(f"/surveys/{survey.id}/results.json").response.get_json()
    return told
