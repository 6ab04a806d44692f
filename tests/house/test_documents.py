"""The documents say what is true: settings, commands, links, addresses and examples are held to the code."""

import dataclasses
import re
from pathlib import Path

import pytest

from config import NAMES, Config
from surveyapp.cli.commands import COMMANDS
from surveyapp.export.answers_csv import HEADER
from surveyapp.export.guard import SIGNS
from surveyapp.export.routes import FILES
from surveyapp.model.questionnaire import MISSING_CODES
from surveyapp.model.validation import FIXED_NAMES
from tests.house.project_files import ROOT, files, name_of

DOCUMENTS = list(files(frozenset({".md"})))
LINK = re.compile(r"\]\(([^)\s]+)\)|\b(?:src|href)=\"([^\"]+)\"")
ELSEWHERE = ("http://", "https://", "mailto:")
SETTINGS = [one for one in dataclasses.fields(Config) if one.name.upper() in NAMES]
NAMED_FILE = re.compile(r"`(?!build/)((?:[a-z_]+/)+[a-z_-]+\.(?:py|html|js|json|css|typ|md))`")
PICTURE = re.compile(r"<img [^>]*>|!\[[^\]]*\]")


def text_of(name: str) -> str:
    """A document's text."""
    return (ROOT / name).read_text(encoding="utf-8")


def links_of(document: Path) -> list[str]:
    """Where a document leads to inside the project."""
    found = [one or two for one, two in LINK.findall(document.read_text(encoding="utf-8"))]
    return [link for link in found if not link.startswith(ELSEWHERE)]


def anchors_of(document: Path) -> set[str]:
    """The headings of a document, as links name them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_documents_are_there() -> None:
    names = {name_of(document) for document in DOCUMENTS}

    assert {"README.md", "ACCESSIBILITY.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md"} <= names
    assert {f"docs/{name}.md" for name in ("organiser", "analyst", "operator", "architecture")} <= names


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_operators_page_gives_every_setting_with_its_default(setting: dataclasses.Field[object]) -> None:
    row = re.search(rf"^\| `{setting.name.upper()}` \| (.+?) \| (.+) \|$", text_of("docs/operator.md"), re.MULTILINE)

    assert row, f"{setting.name.upper()} is not in the table of settings"
    assert setting.default in (dataclasses.MISSING, "", 0, (), ROOT / "instance") or str(setting.default) in row[1]


def test_operators_page_gives_no_setting_that_is_gone() -> None:
    named = re.findall(r"^\| `([A-Z_]+)` \|", text_of("docs/operator.md"), re.MULTILINE)

    assert sorted(named) == sorted(setting.name.upper() for setting in SETTINGS)


def test_operators_page_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"^\| `surveyapp ([a-z][a-z-]*)", text_of("docs/operator.md"), re.MULTILINE))

    assert named == set(COMMANDS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    for link in links_of(document):
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document

        assert target.exists(), f"{link} is not there"
        assert not anchor or anchor in anchors_of(target), f"{link} has no such heading"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_picture_is_described(document: Path) -> None:
    pictures = PICTURE.findall(document.read_text(encoding="utf-8"))

    assert [picture for picture in pictures if not re.search(r'alt="[^"]{20,}"|!\[[^\]]{20,}\]', picture)] == []


@pytest.mark.parametrize("document", [one for one in DOCUMENTS if one.parent.name != "decisions"], ids=name_of)
def test_every_file_that_is_named_is_there(document: Path) -> None:
    """A decision is of its day and may name what is gone; what `make` makes is not there before."""
    folders = [
        ROOT,
        ROOT / "surveyapp",
        *((ROOT / "surveyapp" / name) for name in ("templates", "static", "static/js")),
    ]
    named = NAMED_FILE.findall(document.read_text(encoding="utf-8"))

    assert [name for name in named if not any((folder / name).exists() for folder in folders)] == []


def test_every_picture_is_used() -> None:
    used = {link.rpartition("/")[2] for document in DOCUMENTS for link in links_of(document) if "pictures/" in link}

    assert {picture.name for picture in (ROOT / "docs" / "pictures").iterdir()} == used


def test_every_decision_has_its_three_parts_and_its_number() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").iterdir())

    for number, decision in enumerate(decisions, start=1):
        text = decision.read_text(encoding="utf-8")
        assert decision.name.startswith(f"{number:04d}-")
        assert text.startswith(f"# {number}. ")
        assert [part for part in ("Context", "Decision", "Consequences") if f"**{part}.**" not in text] == []


def test_analysts_page_names_every_fixed_column() -> None:
    missing = [column for column in (*FIXED_NAMES, *HEADER) if f"`{column}`" not in text_of("docs/analyst.md")]

    assert missing == []


def test_analysts_page_names_every_file_and_state() -> None:
    states = {"answered", "skipped", "not_shown", *MISSING_CODES}
    missing = [name for name in (*FILES, *states) if f"`{name}`" not in text_of("docs/analyst.md")]

    assert missing == []


def test_analysts_page_names_every_sign_that_is_guarded() -> None:
    named = text_of("docs/analyst.md").partition("## The guard")[2].partition("##")[0]
    spelled = {"\t": "a tab", "\r": "a line break", "\n": "a line break", "\0": "a NUL"}

    assert [sign for sign in sorted(SIGNS) if spelled.get(sign, sign) not in named] == []
