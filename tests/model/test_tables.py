"""Whichever module is imported first, every table that its own refer to is known.

A foreign key by name is found only if the other table's module happens to be imported: `surveyapp purge` imported the
release without the teams once, and failed as soon as there was something to release.
"""

import re
from pathlib import Path

import pytest

from tests.house.project_files import ROOT

BY_NAME = re.compile(r"""ForeignKey(?:Constraint)?\([^()]*?["'](\w+)\.\w+["']""")
TABLE = re.compile(r'__tablename__ = "(\w+)"')
WITH_TABLES = [path for path in sorted((ROOT / "surveyapp").rglob("*.py")) if TABLE.search(path.read_text("utf-8"))]


@pytest.mark.parametrize("module", WITH_TABLES, ids=lambda path: path.stem)
def test_a_table_of_another_module_is_imported_and_not_named(module: Path) -> None:
    words = module.read_text("utf-8")

    assert set(BY_NAME.findall(words)) <= set(TABLE.findall(words))


def test_a_foreign_key_by_name_is_seen() -> None:
    assert BY_NAME.findall('ForeignKey("team.id")') == ["team"]
    assert BY_NAME.findall('ForeignKeyConstraint(["survey_id", "key"], ["response.survey_id"])') == ["response"]
    assert len(WITH_TABLES) > 8


def test_migrations_know_every_table() -> None:
    words = (ROOT / "migrations" / "env.py").read_text("utf-8")

    assert [path.stem for path in WITH_TABLES if not re.search(rf"\b{path.stem}\b", words)] == []
