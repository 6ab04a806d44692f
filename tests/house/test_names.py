"""One name, one meaning: no two classes, and no two functions that others may call, share a name."""

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest

from tests.house.project_files import modules

SAME_MEANING = {
    "init_app": "Flask's own term for what adds a part to the app",
    "main": "where a program begins",
    "marked": "words for the catalogues; the model can't import the web kit's",
}


def classes() -> Iterator[tuple[str, str]]:
    """Every class of the app, those inside others too: its name and its module."""
    for module, tree in modules("surveyapp").items():
        yield from ((node.name.lstrip("_"), module) for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def functions() -> Iterator[tuple[str, str]]:
    """Every function that another module may import; a route is called after its page, in `routes` alone."""
    for module, tree in modules("surveyapp").items():
        if not module.endswith("/routes.py"):
            found = (node.name for node in tree.body if isinstance(node, ast.FunctionDef))
            yield from ((name, module) for name in found if not name.startswith("_") and name not in SAME_MEANING)


@pytest.mark.parametrize("named", [classes, functions])
def test_no_two_share_a_name(named: Callable[[], Iterator[tuple[str, str]]]) -> None:
    where = defaultdict(list)
    for name, module in named():
        where[name].append(module)

    assert {name: places for name, places in where.items() if len(places) > 1} == {}
