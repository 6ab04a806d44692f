"""Imports point one way: the contracts hold, and they speak of every part of the house."""

import ast
import logging
import re
import tomllib
from collections.abc import Iterator

import pytest
from importlinter.cli import lint_imports

from tests.house.project_files import ROOT, modules

LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
WIRING = {"__init__"}
NO_IMPORT_OF = {"config", "surveyapp"}


def parts_of_the_house() -> set[str]:
    """The packages and modules right below `surveyapp` that hold code."""
    below = ROOT / "surveyapp"
    return {path.stem for path in below.glob("*.py")} | {path.parent.name for path in below.glob("*/__init__.py")}


@pytest.fixture
def loggers_as_they_were() -> Iterator[None]:
    """The linter configures logging for a process of its own, and silences every logger that is there."""
    loggers = [one for one in logging.Logger.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    were = [(one, one.disabled) for one in loggers]
    yield
    for one, was_disabled in were:
        one.disabled = was_disabled


@pytest.mark.usefixtures("loggers_as_they_were")
def test_the_contracts_hold() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_the_layers_name_every_part_of_the_house() -> None:
    layers = " ".join(LINTER["contracts"][0]["layers"])

    assert parts_of_the_house() - set(re.findall(r"\w+", layers)) <= WIRING


def test_every_blueprint_is_called_bp_and_stands_in_routes() -> None:
    made = {
        name: [ast.unparse(node.targets[0])]
        for name, tree in modules("surveyapp").items()
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("Blueprint(")
    }

    assert made
    assert {name.rpartition("/")[2] for name in made} == {"routes.py"}
    assert {target for targets in made.values() for target in targets} == {"bp"}


def test_a_features_init_holds_one_docstring() -> None:
    inits = {name: tree for name, tree in modules("surveyapp").items() if name.count("/") == 2 and "__init__" in name}

    talking = [name for name, tree in inits.items() if len(tree.body) != 1 or not ast.get_docstring(tree)]

    assert inits
    assert [name for name in talking if name != "surveyapp/editing/library/__init__.py"] == []


def test_nobody_below_imports_the_root_or_the_settings() -> None:
    upward = [
        f"{name}: {imported}"
        for name, tree in modules("surveyapp").items()
        if name.count("/") > 1 and not name.startswith(("surveyapp/cli/", "surveyapp/server/"))
        for imported in wired_names(tree)
    ]

    assert upward == []


def wired_names(tree: ast.Module) -> list[str]:
    """What a module takes from the settings or from the root package itself, its own modules apart."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names if name.name in NO_IMPORT_OF]
        if isinstance(node, ast.ImportFrom) and node.module in NO_IMPORT_OF:
            found += [name.name for name in node.names if name.name not in parts_of_the_house()]
    return found
