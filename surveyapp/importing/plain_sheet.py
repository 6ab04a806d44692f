"""A spreadsheet that is no form, only questions in one column and answers beside or below them, as a text to read."""

import re
from collections.abc import Sequence

from surveyapp.importing.paste.source_lines import ASKS
from surveyapp.importing.workbook import first_rows

_QUESTION = frozenset(
    {"question", "questions", "question text", "our questions", "survey question", "survey questions"}
)
_KIND = frozenset({"type", "question type", "answer type", "response type", "kind", "format"})
_NUMBER = frozenset({"no", "no.", "number", "nr", "#", "id", "q", "order"})
_SPLIT = re.compile(r"[\n;|]")
_SAID = (
    (re.compile(r"multi|check|all that|several|tick", re.IGNORECASE), "(choose all)"),
    (re.compile(r"number|numeric|figure", re.IGNORECASE), "(number)"),
    (re.compile(r"rating|star|face", re.IGNORECASE), "(rating)"),
    (re.compile(r"yes ?/ ?no|y/n|boolean", re.IGNORECASE), "(Yes / No)"),
)
_HEAD_WITHIN = 10


def text_of_sheet(content: bytes) -> str:
    """A workbook's first sheet as pasted lines; nothing where it has no column of questions. Raises NotReadError."""
    rows = first_rows(content)
    head, column = _where(rows)
    if column < 0:
        return ""
    heads = [cell.strip().lower() for cell in rows[head]] if head >= 0 else []
    lines = [line for row in rows[:head] for line in (" ".join(filter(None, row)),)] if head > 0 else []
    for row in rows[head + 1 :]:
        lines += _lines(row, column, heads)
    return "\n".join(lines)


def _where(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The row of headers, and the column of questions; -1 each where there is none."""
    for number, row in enumerate(rows[:_HEAD_WITHIN]):
        named = [place for place, cell in enumerate(row) if cell.strip().lower().rstrip(":") in _QUESTION]
        if named:
            return number, named[0]
    asking = [place for row in rows for place, cell in enumerate(row) if cell.endswith(ASKS)]
    return -1, max(set(asking), key=lambda place: (asking.count(place), -place)) if asking else -1


def _lines(row: Sequence[str], column: int, heads: Sequence[str]) -> list[str]:
    """A row as a question with what is said of it, and an answer on each line below."""
    words, said, answers = "", "", []
    for place, cell in enumerate(row):
        head = heads[place] if place < len(heads) else ""
        if place == column:
            words = " ".join(cell.split())
        elif head in _KIND:
            said = next((way for pattern, way in _SAID if pattern.search(cell)), "")
        elif cell and head not in _NUMBER and not (place < column and cell.strip("Q. )").isdecimal()):
            answers += [f"- {part.strip()}" for part in _SPLIT.split(cell) if part.strip()]
    if words and (said or answers or words.endswith(ASKS)):
        words = f"Question 1: {words}"
    said = "" if answers and said != "(choose all)" else said
    return [line for line in (f"{words} {said}".strip(), *answers) if line]
