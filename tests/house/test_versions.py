"""Versions are told alike everywhere: in the code, in the change log, and in the tags of the repository."""

import re
import shutil
import subprocess

import pytest

from surveyapp import __version__
from tests.house.project_files import ROOT

CHANGES = (ROOT / "CHANGELOG.md").read_text("utf-8")
SECTIONS = re.findall(r"^## (.+)$", CHANGES, re.MULTILINE)
SECTION = re.compile(r"(\d+\.\d+\.\d+) – \d{1,2} [A-Z][a-z]+ 20\d\d")
FIRST = re.search(r"The first one will be (\d+\.\d+\.\d+)\.", CHANGES)


def released() -> list[str]:
    """The versions that were made, newest first."""
    return [found[1] for section in SECTIONS if (found := SECTION.fullmatch(section))]


def test_the_change_log_has_a_section_a_version_and_one_for_what_comes() -> None:
    assert SECTIONS[0] == "Unreleased"
    assert [section for section in SECTIONS[1:] if not SECTION.fullmatch(section)] == []
    assert released() == sorted(released(), key=lambda version: [*map(int, version.split("."))], reverse=True)


def test_the_code_is_of_the_newest_version() -> None:
    newest = released()[0] if released() else FIRST and FIRST[1]

    assert newest == __version__


@pytest.mark.skipif(shutil.which("git") is None or not (ROOT / ".git").exists(), reason="this is no repository")
def test_every_tag_of_a_version_is_in_the_change_log() -> None:
    command = ["git", "tag", "--list", "v*"]
    tags = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()  # noqa: S603 -- our words

    assert {tag.removeprefix("v") for tag in tags} <= set(released())
