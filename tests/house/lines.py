"""The lines that tests name: of the accessibility list, of the contract, and of what the figures mean.

A test that holds a line names it at the beginning of its docstring, "D6: …", or after a semicolon. `make lines` prints
both ways: each line with its tests, and each test with its lines.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping

from tests.house.project_files import modules

ACCESSIBILITY = {
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
"""What every screen does (ACCESSIBILITY.md says it in short)."""

CONTRACT = {
    "CM1": "a start installs once, says each step, and loads no more than serving needs",
    "CM2": "an update that fails leaves what worked before",
    "CM3": "the demonstration is two events, in an empty database behind a loopback address alone",
    "CM4": "every command names its database first and makes none by itself",
    "CM5": "a command exits with 0, 1 and a sentence, or 2 for wrong usage",
    "CM6": "a document, a spreadsheet or pasted text becomes a draft of the only team",
    "CM7": "`export CODE` writes a whole package, `check-export` says whether one is",
    "CM8": "`backup` and `restore`; nothing is restored under a running server",
    "CM9": "`purge` does what is due, with its own installation's files alone",
    "CM10": "`check` has a line for each thing that can be wrong",
    "CM11": "`people` lists, adds, resets, removes and moves",
    "CM12": "`copy --to` takes a whole installation over, verified, into an empty database",
    "SE1": "one settings file for server and commands; the environment wins",
    "SE2": "each setting has its documented default",
    "SE3": "the secret key is made once, for its owner alone",
    "SE4": "a setting that can't be used is refused in a sentence",
    "AD1": "a code typed on the first page leads to its survey",
    "AD2": "a code is read whatever its case, spaces and hyphens",
    "AD3": "view, language, size and colours stand in the address",
    "AD4": "a slash at the end leads to the address without",
    "AD5": "`/withdraw` takes one's own answers back by the receipt",
    "AD6": "`/s/<code>/news` once something is published",
    "AD7": "`/r/<key>` is the public report until it is taken down",
    "AD8": "`/health/ready` once answers can be stored",
    "SA1": "finishing leads to the thanks with a receipt",
    "SA2": "the script is told what is stored, and may delete its copy on `X-Saved` alone",
    "SA3": "saving without script leads back to the same answers",
    "SA4": "an unreadable answer brings the page back with everything typed",
    "SA5": "a field that the edition doesn't know is ignored",
    "SA6": "nothing answered is met with a kind sentence",
    "SA7": "unknown, not open, closed: a real page with its status",
    "SA8": "cross-site is refused, and so is what is too large",
    "SA9": "every refusal is told to the script in JSON",
    "SA10": "the higher revision wins, a finish seals, what says more follows",
    "SA11": "answers are read by the edition that the page was opened with",
    "EX1": "every file comes as an attachment, and the page leads to each",
    "EX2": "full files are the owner's and an allowed analyst's, never a token's",
    "EX3": "a viewer's token reads figures and no rows",
    "EX4": "no file of answers before the final release",
    "RJ1": "while it is open, `results.json` is how many and one headline",
    "RJ2": "afterwards each kind has its shape",
    "RJ3": "what is withheld is null and says so",
}
"""Commands, settings, public addresses, saving, exports and `results.json`: what printed cards and scripts stand on."""

FIGURES = {
    "FI1": "the response rate in whole per cent beside both numbers, and none where it can't be",
    "FI2": "a mean over 5 to 1 alone, two places from ten answers, half up from the exact fraction",
    "FI3": "positive is 5 and 4, negative 2 and 1, top 5, in whole per cent",
    "FI4": "a share is of those who gave a counting answer",
    "FI5": "several answers are shares of people and may pass a hundred",
    "FI6": "a recommendation's score is 9 and 10 less 0 to 6",
    "FI7": "before and now are paired within one response",
    "FI8": "the Friends and Family Test is per cents of all answers and never a mean",
    "FI9": "a proportion's interval is Wilson's",
    "FI10": "a mean's interval is of all who came, covers 93 in 100, and is none where nobody is left out",
    "FI11": "two events are compared by the posterior of their difference",
    "FI12": "a question that wasn't shown was not skipped",
    "FI13": "a response that follows another counts, and is told",
    "FI14": "an organiser sees counts of few and a rough mean from five",
    "FI15": "the public sees nothing of one to four and counts of five to nine",
    "FI16": "a hidden group is never alone, nor found by subtraction",
    "FI17": "no comment stands beside a group under ten",
    "FI18": "equality answers are totals of ten or more",
    "FI19": "comments with nothing to add are counted and not listed",
    "FI20": "a quote needs permission, and a role beside it ten people",
    "FI21": "the figures of the first account come out of the demonstration",
}
"""What each figure means, and who sees it from how many answers on."""

LINES: Mapping[str, str] = {**ACCESSIBILITY, **CONTRACT, **FIGURES}
NAMED = re.compile(r"((?:[A-Z]{1,2}\d{1,2})(?:, [A-Z]{1,2}\d{1,2})*): ")


def named(docstring: str | None) -> list[str]:
    """The lines that a docstring names: at its beginning, or after a semicolon."""
    return [
        line
        for part in re.split(r"; ", docstring or "")
        if (found := NAMED.match(part))
        for line in found[1].split(", ")
    ]


def all_tests() -> Iterator[tuple[str, list[str]]]:
    """Every test of the project with the lines that it names."""
    for name, tree in modules("tests").items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield f"{name}::{node.name}", named(ast.get_docstring(node))


def both_ways() -> Iterator[str]:
    """The list as text: each line with its tests, then each test with its lines."""
    naming = {test: lines for test, lines in all_tests() if lines}
    for line, words in LINES.items():
        yield f"{line}  {words}"
        yield from (f"    {test}" for test, lines in naming.items() if line in lines)
    yield ""
    yield from (f"{test}  {', '.join(lines)}" for test, lines in naming.items())


if __name__ == "__main__":
    sys.stdout.write("\n".join(both_ways()) + "\n")
