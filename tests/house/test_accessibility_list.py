"""Every line of the accessibility list is named by a test that proves it, at the beginning of its docstring: "D6: …".

The list is the one that ACCESSIBILITY.md gives in short. What no machine can tell is said here, line by line, with the
reason; the statement says to everybody what nobody has tried.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.project_files import ROOT, modules

LINES = {
    "A1": "works without script, cookies and style sheets; little to load; nothing from elsewhere",
    "A2": "one heading, a title that says where one is, languages marked, a skip link",
    "A3": "text, contrast, targets, focus; 320 px with twice the text and its spacing",
    "A4": "nothing goes, moves or plays by itself; a second tap does nothing",
    "A5": "the header and the footer, in the same place on every page",
    "A6": "greyscale, forced colours, dark, right to left and print mean the same",
    "A7": "no account, no captcha, no name; what not to write, and where help is now",
    "C1": "the start in six short lines at most",
    "C2": "three ways to answer, changed at any time with every answer kept",
    "C3": "not open, closed, unknown: plain words, the date, somebody to ask, what was done after an earlier event",
    "D0": "question, answers and Continue at once on a small phone; large text begins with the question",
    "D1": "a group whose legend is the question, with its symbol; short sentences",
    "D2": "tiles of words with a face beside them; nothing preselected; clearing",
    "D3": "a chosen tile shows it thrice; nothing goes on by itself",
    "D4": "one question at a time, Back, focus, place in words; a skip is no error",
    "D5": "no hint that a screen reader repeats",
    "D6": "what a screen reader says, once",
    "D7": "a comment's room, counter, microphone and helper",
    "G1": "check the answers, change each, send once",
    "G2": "thanks, what happens next, a receipt, the next person; Back shows nobody's answers",
    "G3": "no signal said in words, answers kept and sent by themselves, nothing left",
    "I1": "an error first and at its field, in words that say what to do",
    "I2": "failures in easy words with a way on, without the database",
    "J1": "size, colours, view and language in the address; back to the same answers",
    "K1": "organisers: swaps beside the control in use; what changed is said; all of it without script",
    "K2": "organisers: the wording check speaks beside the field and blocks nothing",
    "K3": "organisers: symbols by name and search; a picture needs a description",
    "K4": "organisers: a preview as wide as a phone, in each view and language",
    "K5": "organisers: the table first, bars as decoration",
    "L1": "Listen: recording, voice, or no button; never by itself",
}
NO_MACHINE_CAN = {
    "A3": "whether a real low-vision reader can read it: contrast and size are numbers, reading is not",
    "A4": "a tremor: two taps in half a second stand for it",
    "C1": "whether people understand the lines, and know who will read what they say",
    "D1": "whether a symbol means to people what the catalogue says",
    "D2": "whether a face is understood as the word beside it",
    "D6": "what VoiceOver, TalkBack, NVDA or JAWS say: the text is read from Chromium's accessibility tree",
    "D7": "a real keyboard's microphone",
    "G3": "a real phone's radio, and iPhones: Chromium plays them",
    "I2": "whether the words are easy: rules count their length and look for hard ones",
    "J1": "an iPhone's Dynamic Type: the rule is in the style sheet, and Chromium doesn't know it",
    "K2": "whether a suggestion helps an organiser",
    "L1": "a real phone's voices: late, missing and silent ones are played by a stand-in",
}
NAMED = re.compile(r"((?:[A-L]\d)(?:, [A-L]\d)*): ")


def named(docstring: str | None) -> list[str]:
    """The lines that a docstring names: at its beginning, or after a semicolon."""
    return [
        line
        for part in re.split(r"; ", docstring or "")
        if (found := NAMED.match(part))
        for line in found[1].split(", ")
    ]


def functions() -> Iterator[tuple[str, str | None]]:
    """Every test of the project with its docstring."""
    for name, tree in modules("tests").items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield f"{name}::{node.name}", ast.get_docstring(node)


TESTS = dict(functions())
PROVEN = {line for docstring in TESTS.values() for line in named(docstring)}


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_list_is_named_by_a_test(line: str) -> None:
    assert line in PROVEN, LINES[line]


def test_no_test_names_a_line_that_the_list_does_not_have() -> None:
    assert {name for name, docstring in TESTS.items() if set(named(docstring)) - set(LINES)} == set()


def test_names_are_read_where_they_stand_first() -> None:
    assert named("A5, L1: said; A4: never by itself.") == ["A5", "L1", "A4"]
    assert named("As D6: has it.") == named(None) == []


def test_what_no_machine_can_tell_is_of_the_list_and_the_statement_says_that_nobody_has_tried() -> None:
    statement = " ".join((ROOT / "ACCESSIBILITY.md").read_text(encoding="utf-8").split())

    assert set(NO_MACHINE_CAN) <= set(LINES)
    for untried in ("VoiceOver, TalkBack, NVDA or JAWS", "learning disability", "Real phones", "No native reader"):
        assert untried in statement
