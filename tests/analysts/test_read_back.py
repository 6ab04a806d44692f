"""PSPP and R read packages back to the results page's own figures: the demonstration's, and of gaps of every kind."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.demo import DEMO_PASSWORD, load_demo
from surveyapp.model.questionnaire import MISSING_CODES, Questionnaire
from surveyapp.model.survey import Survey
from surveyapp.model.team import DEMO_EMAIL, Team
from tests.analysts.programs import run
from tests.export.packages import package_of
from tests.export.samples import asked_everything, put, records_of
from tests.factories import RATING, make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

pytestmark = [
    pytest.mark.analysts,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
PEOPLE = 80
LOOK = """
SET TNUMBERS=VALUES /TVARS=NAMES.
FREQUENCIES VARIABLES={variables} /STATISTICS=MEAN.
"""
TELL = """
tell <- function(key) {{
  column <- responses[[key]]
  codes <- table(if (is.factor(column)) as.integer(column) else column)
  counts <- paste0('"', names(codes), '": ', codes, collapse = ", ")
  cat(sprintf('{{"key": "%s", "n": %d, "counts": {{%s}}}}\\n', key, sum(!is.na(column)), counts))
}}
for (key in c({keys})) tell(key)
"""
Read = dict[str, tuple[int, dict[str, int]]]
"""By column, how many answers are valid, and how many hold each number."""


def every_gap() -> Questionnaire:
    """Every kind of question; one of each kind that has codes with all four answers that don't count."""
    none = tuple(make_choice(code, f"I say: {code}", missing=True) for code in sorted(MISSING_CODES))
    kinds = (
        make_question("again", "single", choices=(make_choice("tea", "It's “tea” $5 `x`"), make_choice("milk"), *none)),
        make_question("agree", "yes_no", choices=(make_choice("yes"), make_choice("no"), *none)),
        make_question("calm", "rating5", choices=(*RATING, *none)),
        make_question("fft", "rating5", choices=(*RATING, *none), scoring="fft"),
        make_question("needs", "multiple", choices=(make_choice("lift"), make_choice("loop"), *none)),
    )
    return make_questionnaire(*asked_everything().questions, *kinds)


@pytest.fixture
def with_gaps(session: Session, team: Team) -> Survey:
    """A survey of every kind whose people skip, don't know, and answer; some questions are not shown to some."""
    asked, dice = every_gap(), Random(7)  # noqa: S311 -- the same answers in every run
    survey = make_survey(session, team, asked)
    for start in range(PEOPLE):
        answers: dict[str, Any] = {"listened": dice.choice(("yes", "no"))}
        for question in asked.linked:
            if dice.random() < 0.6 and not question.show_if:
                several = question.kind == "multiple"
                code = dice.choice(question.codes or ("3",))
                by_kind = {"number": 3, "nps": 9, "comment": "Good"}
                answers.setdefault(question.key, by_kind.get(question.kind, [code] if several else code))
        put(session, survey, start, answers)
    return survey


@pytest.mark.parametrize("query", ["", "?full=1"])
def test_pspp_and_r_agree_with_the_page_on_every_kind_with_every_gap(
    olu: Visitor, with_gaps: Survey, tmp_path: Path, query: str
) -> None:
    files, results = package_of(olu, with_gaps, query), results_of(olu, with_gaps)
    if not query:  # what is blanked is in the page's figures and not in these files
        results["questions"] = {key: results["questions"][key] for key in ("overall", "again", "agree", "calm")}

    check(files, results, tmp_path)


def test_pspp_and_r_agree_with_the_page_on_the_demonstration(app: Flask, session: Session, tmp_path: Path) -> None:
    survey = load_demo(session).last_time
    session.commit()
    organiser = Visitor(app.test_client())
    organiser.submit(organiser.get("/sign-in"), {"email": DEMO_EMAIL, "password": DEMO_PASSWORD}, "/sign-in")

    check(package_of(organiser, survey, "?full=1"), results_of(organiser, survey), tmp_path)


def test_friends_and_family_question_has_shares_and_no_mean(olu: Visitor, with_gaps: Survey, tmp_path: Path) -> None:
    files, figures = package_of(olu, with_gaps), results_of(olu, with_gaps)["questions"]["fft"]
    assert b"DESCRIPTIVES VARIABLES=overall\n    calm /STATISTICS" in files["import.sps"]

    said = printed_by_r(files, tmp_path)

    assert f"fft: {figures['positive']}% positive, {figures['negative']}% negative of {figures['n']} answers\n" in said
    assert "fft: mean" not in said


def test_r_prints_the_means_of_the_page(olu: Visitor, with_gaps: Survey, tmp_path: Path) -> None:
    figures, said = results_of(olu, with_gaps)["questions"], printed_by_r(package_of(olu, with_gaps), tmp_path)

    for key in ("overall", "calm"):
        assert f"{key}: mean {figures[key]['mean']} of {figures[key]['n']} answers\n" in said


def check(files: Mapping[str, bytes], results: Mapping[str, Any], folder: Path) -> None:
    """Every question's base and counts, as both programs have them after running the package's own syntax."""
    expected = dict(expected_of(results["questions"], files))
    assert expected
    for name in ("responses.csv", "answers.csv"):
        (folder / name).write_bytes(files[name])
    assert by_r(files, list(expected), folder) == expected
    assert by_pspp(files, list(expected), folder) == expected


def expected_of(
    questions: Mapping[str, Any], files: Mapping[str, bytes]
) -> Iterator[tuple[str, tuple[int, dict[str, int]]]]:
    """What the columns of a question have to hold by its figures on the page; what is counted apart has none."""
    in_rows = {line["question_key"] for line in records_of(files["codebook.csv"])}
    for key, figures in questions.items():
        if key not in in_rows:
            continue
        counts = {code: n for code, n in (figures.get("counts") or {}).items() if n}
        if figures["kind"] == "rating5":
            yield key, (sum(counts.values()), counts)
        elif figures["kind"] in ("single", "yes_no"):
            numbers = {code: str(place) for place, code in enumerate(figures["counts"], start=1)}
            yield key, (figures["n"], {numbers[code]: n for code, n in counts.items()})
        elif figures["kind"] == "multiple":
            for code, n in figures["counts"].items():
                each = {"0": figures["n"] - n, "1": n}
                yield f"{key}__{code}", (figures["n"], {value: times for value, times in each.items() if times})
        elif figures["kind"] == "nps":
            yield key, (figures["n"], counts)


def by_r(files: Mapping[str, bytes], columns: list[str], folder: Path) -> Read:
    more = TELL.format(keys=", ".join(f'"{name}"' for name in columns))
    told = [json.loads(line) for line in printed_by_r(files, folder, more).splitlines() if line.startswith("{")]
    return {one["key"]: (one["n"], one["counts"]) for one in told}


def printed_by_r(files: Mapping[str, bytes], folder: Path, more: str = "") -> str:
    for name in ("responses.csv", "answers.csv"):
        (folder / name).write_bytes(files[name])
    (folder / "import.R").write_text(files["import.R"].decode("ascii") + more, encoding="ascii")
    return run(folder, "Rscript", "--vanilla", "import.R")


def by_pspp(files: Mapping[str, bytes], columns: list[str], folder: Path) -> Read:
    look = LOOK.format(variables="\n ".join(columns))
    (folder / "import.sps").write_text(files["import.sps"].decode() + look, encoding="utf-8")
    run(folder, "pspp", "-o", "told.csv", "import.sps")
    tables = (folder / "told.csv").read_text(encoding="utf-8").split("\n\n")
    found: Read = {}
    for table in tables:
        name, _, lines = table.partition("\n")
        if (column := name.removeprefix("Table: ")) in columns:
            found[column] = _frequencies(lines)
    return found


def _frequencies(lines: str) -> tuple[int, dict[str, int]]:
    """The valid values of one of PSPP's tables of frequencies."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    part = ""
    for line in lines.splitlines()[1:]:
        first, value, times, *_rest = line.split(",")
        part = first or part
        counts[part][value] = int(times)
    return sum(counts["Valid"].values()), counts["Valid"]


def results_of(visitor: Visitor, survey: Survey) -> dict[str, Any]:
    """What the results page shows, as JSON."""
    told: dict[str, Any] = visitor.get(f"/surveys/{survey.id}/results.json").response.get_json()
    return told
