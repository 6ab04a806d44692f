"""Words that people typed, made safe for spreadsheets.

A spreadsheet runs a cell that begins with one of these signs as a formula, and quoting doesn't stop it (CWE-1236).
"""

import re

SIGNS = frozenset("=+-@\t\r\n\0'＝＋－＠")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def guarded(text: str) -> str:
    """The text as a cell: one ' in front where a spreadsheet would run it, and where it begins with a ' itself."""
    return f"'{text}" if text[:1] in SIGNS else text


def unguarded(cell: str) -> str:
    """The text of a guarded cell: a cell that begins with ' was guarded."""
    return cell.removeprefix("'")


def guarded_line(text: str | None) -> str | None:
    """The text with ` / ` for every line break, then guarded.

    A line break is whatever any reader ends a line at: PSPP can't read a quoted one, and Python's `splitlines` and
    some editors break at more characters than CR and LF. The words themselves stand verbatim in `answers.csv`.
    """
    if text is None:
        return None
    return guarded(text if text.isprintable() else _LINE_BREAK.sub(" / ", text))
