"""Only routes commit, once and visibly, and nothing that a GET reaches does."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.project_files import modules

COMMITTING = ("server/serve", "model/due", "figures/frozen", "db/sessions", "db/group_commit")
MAY_COMMIT = frozenset(f"surveyapp/{name}.py" for name in COMMITTING)
COMMANDS = "surveyapp/cli/"
COMMITS = frozenset({"commit", "commit_together"})
MODULES = modules("surveyapp")
ROUTES = sorted(name for name in MODULES if name.endswith("/routes.py"))

Function = ast.FunctionDef


def calls(tree: ast.AST) -> Iterator[str]:
    """The last name of everything that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def functions(tree: ast.Module) -> dict[str, Function]:
    """A module's own functions."""
    return {node.name: node for node in tree.body if isinstance(node, Function)}


def methods_of(function: Function) -> set[str]:
    """How a function is registered with its blueprint: get, post, route, before_request …"""
    decorators = [one.func if isinstance(one, ast.Call) else one for one in function.decorator_list]
    return {one.attr for one in decorators if isinstance(one, ast.Attribute)}


def reached(name: str, known: dict[str, Function]) -> set[str]:
    """Everything called from a function, through its module's own functions."""
    seen: set[str] = set()
    ahead = [name]
    while ahead:
        for called in calls(known[ahead.pop()]):
            if called in known and called not in seen:
                ahead.append(called)
            seen.add(called)
    return seen


def test_only_routes_commit() -> None:
    commit = {name for name, tree in MODULES.items() if COMMITS & set(calls(tree))}

    assert {name for name in commit if not name.startswith(COMMANDS)} <= MAY_COMMIT | set(ROUTES)


@pytest.mark.parametrize("name", ROUTES)
def test_nothing_but_a_post_reaches_a_commit(name: str) -> None:
    known = functions(MODULES[name])
    entries = {function: methods_of(node) for function, node in known.items() if methods_of(node)}

    reaching = {
        function for function, methods in entries.items() if methods != {"post"} and COMMITS & reached(function, known)
    }

    assert entries
    assert reaching == set()


@pytest.mark.parametrize("name", ROUTES)
def test_routes_are_registered_by_get_and_post_alone(name: str) -> None:
    used = set().union(*(methods_of(node) for node in functions(MODULES[name]).values()))

    assert "route" not in used
    assert used & {"get", "post"}


@pytest.mark.parametrize("name", ROUTES)
def test_a_route_commits_once(name: str) -> None:
    commits = {
        function: [one for one in calls(node) if one in COMMITS] for function, node in functions(MODULES[name]).items()
    }
    often = [function for function, found in commits.items() if len(found) > 1]

    assert often == []
