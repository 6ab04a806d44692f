"""Every line of the accessibility list, of the contract and of the figures is named by a test that holds it.

What no machine can tell of the accessibility list is said here, line by line, with the reason; the statement says to
everybody what nobody has tried.
"""

import pytest

from tests.house.lines import ACCESSIBILITY, LINES, all_tests, both_ways, named
from tests.house.project_files import ROOT

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

TESTS = dict(all_tests())
PROVEN = {line for lines in TESTS.values() for line in lines}


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_list_is_named_by_a_test(line: str) -> None:
    assert line in PROVEN, LINES[line]


def test_no_test_names_a_line_that_the_list_does_not_have() -> None:
    assert {name for name, lines in TESTS.items() if set(lines) - set(LINES)} == set()


def test_names_are_read_where_they_stand_first() -> None:
    assert named("A5, L1: said; A4: never by itself.") == ["A5", "L1", "A4"]
    assert named("As D6: has it.") == named(None) == []


def test_the_list_is_printed_both_ways() -> None:
    printed = list(both_ways())

    assert f"A1  {ACCESSIBILITY['A1']}" in printed
    assert "tests/figures/test_intervals.py::test_wilson_gives_the_published_ends  FI9" in printed


def test_what_no_machine_can_tell_is_of_the_list_and_the_statement_says_that_nobody_has_tried() -> None:
    statement = " ".join((ROOT / "ACCESSIBILITY.md").read_text(encoding="utf-8").split())

    assert set(NO_MACHINE_CAN) <= set(ACCESSIBILITY)
    for untried in ("VoiceOver, TalkBack, NVDA or JAWS", "learning disability", "Real phones", "No native reader"):
        assert untried in statement
