"""The names of places in a pasted list: one a line, and “Table 1 to 12” for twelve of them."""

import re
from collections.abc import Iterator

from surveyapp.web.forms import one_line

MOST = 500
RANGE = re.compile(r"(?<!\d)(?P<first>[0-9]{1,4})\s*(?:to|-|–|—|\.\.)\s*(?P<last>[0-9]{1,4})\Z", re.I)
BULLET = re.compile(r"^(?:[-*•–]\s+)")


def clean_lines(pasted: str | None) -> str:
    """The list without control characters, each line without spaces at its ends."""
    return "\n".join(one_line(line) for line in (pasted or "").splitlines())


def place_names(pasted: str) -> list[str]:
    """Every name once, in order, written as it was first."""
    seen: dict[str, str] = {}
    for line in pasted.splitlines():
        for name in _of_line(one_line(BULLET.sub("", line.strip()))):
            seen.setdefault(name.casefold(), name)
    return list(seen.values())


def _of_line(line: str) -> Iterator[str]:
    found = RANGE.search(line)
    if found is None or not 0 <= int(found["last"]) - int(found["first"]) <= MOST:
        if line:
            yield line
        return
    for number in range(int(found["first"]), int(found["last"]) + 1):
        yield f"{line[: found.start()].strip()} {number}".strip()
