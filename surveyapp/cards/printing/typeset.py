"""Typesets the sheets in a process of its own: data comes in as JSON, the PDF goes out.

Started by its path and knowing nothing of the app, so that it begins at once; whatever memory Typst keeps for the next
time goes with it.
"""

import sys
from pathlib import Path

import typst

HERE = Path(__file__).parent


def main() -> None:
    """Read the data from standard input, write the PDF to standard output."""
    made: bytes = typst.compile(
        HERE / "sheets.typ",
        font_paths=[HERE / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
        pdf_standards=["ua-1"],
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
