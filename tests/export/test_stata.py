"""`import.do` read by a small reader of the few Stata commands that it is made of: labels, and what is missing."""

import csv
import re
from collections import Counter
from io import StringIO
from typing import Any

from sqlalchemy.orm import Session

from surveyapp.export.everything.stata import import_do
from surveyapp.model.questionnaire import MISSING_CODES
from surveyapp.model.team import Team
from surveyapp.model.validation import FIXED_NAMES
from tests.export.packages import package_of
from tests.export.samples import put
from tests.factories import make_choice, make_question, make_questionnaire, make_survey
from tests.visitor import Visitor

NONE = tuple(make_choice(code, f"I say: {code}", missing=True) for code in sorted(MISSING_CODES))
Data = dict[str, list[Any]]


class Stata:
    """The variables and labels after a do-file has run; missing is "." and what follows it."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.rows = list(csv.reader(StringIO(files["responses.csv"].decode(), newline="")))[1:]
        self.variables: Data = {}
        self.names: dict[str, str] = {}
        self.labels: dict[str, dict[str, str]] = {}
        self.labelled: dict[str, str] = {}
        for line in files["import.do"].decode().replace("///\n", "").splitlines():
            if line and not line.startswith("*"):
                self.do(line)

    def do(self, line: str) -> None:
        for pattern, command in COMMANDS:
            if found := re.fullmatch(pattern, line):
                command(self, *found.groups())
                return
        raise AssertionError(f"not a command that is known: {line}")


def _import(stata: Stata) -> None:
    stata.variables = {f"R{place}": list(cells) for place, cells in enumerate(zip(*stata.rows, strict=True), start=1)}


def _generate(stata: Stata, name: str, value: str) -> None:
    assert name not in stata.variables
    source = re.fullmatch(r"(?:real|date)\((\w+)(?:, \"YMD\")?\)", value)
    cells = [cell or "." for cell in stata.variables[source[1]]] if source else [value] * len(stata.rows)
    stata.variables[name] = cells


def _replace(stata: Stata, name: str, value: str, where: str) -> None:
    conditions = [re.fullmatch(r'(\w+) == "?(\w+)"?', part) for part in where.split(" & ")]
    for row in range(len(stata.rows)):
        if all(one and stata.variables[one[1]][row] == one[2] for one in conditions):
            stata.variables[name][row] = value


def _rename(stata: Stata, old: str, new: str) -> None:
    assert new not in stata.variables
    stata.variables = {new if name == old else name: cells for name, cells in stata.variables.items()}


def _define(stata: Stata, labels: str, code: str, words: str) -> None:
    stata.labels.setdefault(labels, {})[code] = words


COMMANDS: list[tuple[str, Any]] = [
    (r"version 14|clear|rename v# R#|compress|format \w+ %td|summarize \w+|tabulate \w+", lambda _stata: None),
    (r"import delimited .*", _import),
    (r"generate \w+ (\w+) = (.*)", _generate),
    (r"replace (\w+) = (\S+) if (.*)", _replace),
    (r"rename (\w+) (\w+)", _rename),
    (r"drop (\w+)", lambda stata, name: stata.variables.pop(name)),
    (r'label variable (\w+) "([^"]*)"', lambda stata, name, words: stata.names.update({name: words})),
    (r'label define (\w+) (\S+) "([^"]*)", add', _define),
    (r"label values (\w+) (\w+)", lambda stata, name, labels: stata.labelled.update({name: labels})),
]  # fmt: skip


def test_codes_are_labelled_numbers_and_what_is_no_answer_is_missing(
    olu: Visitor, session: Session, team: Team
) -> None:
    drink = make_question(
        "drink", "single", choices=(make_choice("tea", 'The "`best`" $5'), make_choice("milk"), *NONE)
    )
    needs = make_question("needs", "multiple", choices=(make_choice("lift"), make_choice("loop"), *NONE))
    fft = make_question("fft", "rating5", scoring="fft")
    survey = make_survey(session, team, make_questionnaire(make_question(), drink, needs, fft))
    for start, (drunk, needed) in enumerate(
        [("tea", ["lift"]), ("milk", ["dont_know"]), ("dont_know", ["lift", "loop"]), ("prefer_not_to_say", None)]
    ):
        put(
            session, survey, start, {"drink": drunk, **({"needs": needed} if needed else {}), "overall": str(start + 1)}
        )
    put(session, survey, 9, {"overall": "not_applicable"})

    stata = Stata(package_of(olu, survey))

    assert stata.variables["drink"] == ["1", "2", ".b", ".d", "."]
    assert stata.labels[stata.labelled["drink"]]["1"] == "The ''best'' \\$5"
    assert stata.labels[stata.labelled["drink"]][".d"] == "I say: prefer_not_to_say"
    assert stata.variables["needs__lift"] == ["1", ".e", "1", ".", "."]
    assert stata.variables["needs__loop"] == ["0", ".e", "1", ".", "."]
    assert stata.variables["overall"] == ["1", "2", "3", "4", "."]
    assert stata.names["needs__lift"] == "How was needs? [Lift]"


def test_every_column_has_a_variable_of_a_name_that_stata_takes(olu: Visitor, session: Session, team: Team) -> None:
    code, key = "c" * 32, "k" * 32
    long = make_question(key, "multiple", choices=(make_choice(code), make_choice("c" * 31)))
    asked = make_questionnaire(long, make_question("in", "nps"), make_question("str5", "number"))
    survey = make_survey(session, team, asked)
    put(session, survey, 1, {"in": 10})
    stata = Stata(package_of(olu, survey))

    assert not [name for name in stata.variables if len(name) > 32 or name in ("in", "str5") or name.startswith("R")]
    assert len(stata.variables) == len(FIXED_NAMES) + 4
    assert max(Counter(map(len, stata.names.values()))) <= 80


def test_nothing_is_made_of_no_columns() -> None:
    assert import_do([]).decode().splitlines()[-1] == "compress"
