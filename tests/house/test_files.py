"""Files are plainly named, and say why wherever a tool is told to look away."""

import re
from pathlib import Path

import pytest

from tests.house.project_files import ROOT, SOURCES, TEXTS, files, name_of

VAGUE = frozenset(
    {"utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "services", "misc"}
)
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover|nosec|mypy:|ruff:)")
WITH_REASON = re.compile(r"#\s*((?:ruff: )?noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*|type: ignore\[[a-z, -]+\])\s+(--?|#)\s+\w+")
MACHINE = re.compile(r"/(work|root|home/\w+|Users/\w+)/")
REGISTRY = re.compile(r"(pypi\.org|pythonhosted\.org|registry\.npmjs|artifactory|--index-url|--extra-index-url)", re.I)
IN_TEMPLATES = {
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)"),
    "a style in the page": re.compile(r"<style\b|\sstyle\s*="),
    "an event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']"),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape\s+false"),
}

SAID = re.compile(r'(?:\b_|gettext|ngettext)\(\s*"((?:[^"\\\\]|\\\\.)*)"')
UNKIND = re.compile(r"\b(invalid|oops|required|please enter|error occurred|forbidden|illegal)\b", re.I)

TEXT_FILES = list(files(TEXTS))
TEMPLATES = list(files(frozenset({".html", ".svg"}), ROOT / "surveyapp" / "templates"))


def test_the_house_looks_at_the_whole_project() -> None:
    names = {name_of(path) for path in files(SOURCES)}

    assert {"wsgi.py", "config.py", "surveyapp/__init__.py", "tests/conftest.py", "migrations/env.py"} <= names
    assert TEMPLATES


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    vague = [name_of(path) for path in files(SOURCES) if {path.stem, *path.relative_to(ROOT).parts[:-1]} & VAGUE]

    assert vague == []


def test_every_suppression_says_which_and_why() -> None:
    silent = [
        f"{name_of(path)}:{number}"
        for path in files(frozenset({".py"}))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if SUPPRESSION.search(line) and not WITH_REASON.search(line) and path != Path(__file__)
    ]

    assert silent == []


@pytest.mark.parametrize(
    "line",
    ["x = 1  # noqa", "x = 1  # noqa: S101", "x = 1  # type: ignore", "x = 1  # type: ignore[arg-type]"],
)
def test_a_suppression_without_a_reason_is_seen(line: str) -> None:
    assert SUPPRESSION.search(line)
    assert not WITH_REASON.search(line)


@pytest.mark.parametrize("pattern", [MACHINE, REGISTRY], ids=["machine paths", "registries"])
def test_no_file_names_a_machine_or_a_registry(pattern: re.Pattern[str]) -> None:
    named = [
        f"{name_of(path)}: {found[0]}"
        for path in TEXT_FILES
        if path != Path(__file__) and (found := pattern.search(path.read_text(encoding="utf-8")))
    ]

    assert named == []


@pytest.mark.parametrize("what", IN_TEMPLATES)
def test_no_template_holds(what: str) -> None:
    holding = [name_of(path) for path in TEMPLATES if IN_TEMPLATES[what].search(path.read_text(encoding="utf-8"))]

    assert holding == []


def test_words_that_people_read_are_plain() -> None:
    said = [
        (name_of(path), words)
        for path in files(frozenset({".py", ".html"}), ROOT / "surveyapp")
        for words in SAID.findall(path.read_text(encoding="utf-8"))
    ]

    assert len(said) > 100
    assert [(name, words) for name, words in said if UNKIND.search(words)] == []
