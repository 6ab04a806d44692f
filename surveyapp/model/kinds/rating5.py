"""A rating with faces. Its codes are 5 to 1 and mean the same for ever, so they fall strictly from the best.

A published form codes Very good 5, Good 4, Neither 3, Poor 4, Very poor 5, and its means can't be undone.
"""

from collections.abc import Iterator

from surveyapp.model.kinds import counts, reading
from surveyapp.model.kinds.kind import Kind, marked
from surveyapp.model.questionnaire import Question

RATINGS = ("5", "4", "3", "2", "1")


def _rules(question: Question) -> Iterator[str]:
    scale = question.counting_codes
    if any(code not in RATINGS for code in scale):
        yield f"Question “{question.key}”: a rating's answers are coded 5 to 1; others must be marked as missing."
    elif len(scale) < 2 or list(scale) != sorted(set(scale), reverse=True):
        yield f"Question “{question.key}”: a rating's codes must fall from the best to the worst, each used once."


RATING5 = Kind(
    label=marked("Faces"),
    example=marked("How was it? From very good to very bad."),
    read=reading.one_choice,
    rules=_rules,
    facts=counts.of_one_choice,
    choosing="one",
    choices_from="scale",
    control="choices",
    points=(),
    cells="rating",
    figures="rating",
    identifying="never",
    describes_people=False,
    report="rating",
    xlsform="select_one",
)
