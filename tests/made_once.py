"""What every app makes anew, and always the same, is made once a process: a server makes one app, tests make thousands.

Three things: the rules of its addresses, the table of its static files, and its statements as SQL.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from werkzeug.routing import Map, Rule, RuleFactory
from whitenoise import WhiteNoise

from surveyapp.db import sessions as db
from surveyapp.web import assets

SAID_OF_A_RULE = (
    "rule", "endpoint", "methods", "defaults", "strict_slashes", "merge_slashes", "subdomain", "host", "build_only",
    "alias", "websocket", "redirect_to", "provide_automatic_options",
)  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def _made_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        _compile_rules_once(patch)
        _publish_once(patch)
        _list_static_files_once(patch)
        _compile_statements_once(patch)
        yield


def _compile_rules_once(patch: pytest.MonkeyPatch) -> None:
    """Each app has a map of its own, of the same compiled rules; one that a test adds is like any other."""
    add, known = Map.add, dict[tuple[str, ...], Rule]()

    def add_known(self: Map, rulefactory: RuleFactory) -> None:
        if not isinstance(rulefactory, Rule):
            add(self, rulefactory)
            return
        rule = known.get(key := tuple(str(getattr(rulefactory, name, None)) for name in SAID_OF_A_RULE))
        if rule is None:
            add(self, rulefactory)
            known[key] = rulefactory
        else:
            self._matcher.add(rule)
            self._rules_by_endpoint.setdefault(rule.endpoint, []).append(rule)
            self._remap = True

    patch.setattr(Map, "add", add_known)


def _publish_once(patch: pytest.MonkeyPatch) -> None:
    """An instance folder has the static files once they were published there."""
    publish, published = assets.publish, dict[tuple[Path, Path], Mapping[str, str]]()

    def publish_new(source: Path, target: Path) -> Mapping[str, str]:
        if (source, target) not in published:
            published[source, target] = publish(source, target)
        return published[source, target]

    patch.setattr(assets, "publish", publish_new)


def _list_static_files_once(patch: pytest.MonkeyPatch) -> None:
    """Which files of a folder are served, and with which headers, depends on the folder and the prefix alone."""
    update, listed = WhiteNoise.update_files_dictionary, dict[tuple[str, str], dict[str, Any]]()

    def update_known(self: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in listed:
            update(self, root, prefix)
            listed[root, prefix] = dict(self.files)
        self.files.update(listed[root, prefix])

    patch.setattr(WhiteNoise, "update_files_dictionary", update_known)


def _compile_statements_once(patch: pytest.MonkeyPatch) -> None:
    """Engines of one kind of database share what SQL a statement is; each has its own connections and listeners.

    They have the same settings, so that their dialects are equal; it has to be one object to find what was compiled.
    """
    make_engine, connected = db.make_engine, dict[str, Engine]()

    def make_sharing_engine(url: str) -> Engine:
        made = make_engine(url)
        if first := connected.get(made.dialect.name):
            made.dialect, made._compiled_cache = first.dialect, first._compiled_cache
        else:
            event.listen(made, "first_connect", lambda *_: connected.setdefault(made.dialect.name, made))
        return made

    patch.setattr(db, "make_engine", make_sharing_engine)
