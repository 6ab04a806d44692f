"""Typesets a document in a process of its own: data comes in as JSON, the PDF goes out.

Started by its path with the template's path, and knowing nothing of the app, so that it begins at once; whatever memory
Typst keeps for the next time goes with it.
"""

import sys
from pathlib import Path

import typst

FONTS = Path(__file__).with_name("fonts")


def main() -> None:
    """Read the data from standard input, write the PDF to standard output."""
    made: bytes = typst.compile(
        Path(sys.argv[1]),
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
        pdf_standards=["ua-1"],
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
