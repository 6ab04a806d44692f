"""Texts of other programs that are no questionnaire as people write one: quizzes of Moodle, answers as a table."""

import csv
import re
from collections.abc import Sequence

from surveyapp.importing.imported import NotReadError

_QUIZ = re.compile(r"^\s{0,9}(?:::[^:\n]{0,200}::|\$CATEGORY:)", re.MULTILINE)
_TIGHT = re.compile(r",(?! )")
_MOMENT = re.compile(r"\"?(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})")
_LOOKED_AT = 50
QUIZ = (
    "This is a quiz as Moodle writes it (GIFT), which can't be read here. Copy each question and its answers without "
    "the signs around them, write each answer on a line of its own with a dash, and paste that."
)
ANSWERS = (
    "This is a table of answers saved as text (CSV), not a list of questions. Copy the questions in its first line, "
    "paste them with one question a line, and write each answer to choose from below with a dash."
)


def refuse_foreign(text: str) -> None:
    """Refuse what would make nonsense as questions. Raises NotReadError."""
    if _QUIZ.search(text) and "{" in text:
        raise NotReadError(QUIZ)
    if _is_table_of_answers([line for line in text.splitlines() if line.strip()][:_LOOKED_AT]):
        raise NotReadError(ANSWERS)


def _is_table_of_answers(lines: Sequence[str]) -> bool:
    """Whether every line has the same number of cells, two or more with nothing but a comma or semicolon between."""
    if len(lines) < 2 or any(len(line) > 20_000 for line in lines):
        return False
    for sign in (",", ";"):
        rows = list(csv.reader(lines, delimiter=sign, strict=False))
        counts = {len(row) for row in rows}
        is_tight = sign == ";" or all(_TIGHT.search(line) for line in lines)
        if len(counts) == 1 and min(counts) > 2 and is_tight and "\t" not in lines[0]:
            return True
        if is_tight and min(counts) > 1 and sum(bool(_MOMENT.match(line)) for line in lines[1:]) * 2 >= len(lines) - 1:
            return True
    return False
