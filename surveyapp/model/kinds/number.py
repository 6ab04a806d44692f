"""A whole number that is typed, within the question's own range where it has one."""

from collections.abc import Sequence

from surveyapp.model.kinds import counts
from surveyapp.model.kinds.kind import Kind, marked, no_rules
from surveyapp.model.kinds.reading import NUMBER as BOUNDS
from surveyapp.model.kinds.reading import Answer, whole_number
from surveyapp.model.questionnaire import Question


def _read(question: Question, values: Sequence[str]) -> Answer | None:
    low = BOUNDS[0] if question.minimum is None else question.minimum
    high = BOUNDS[1] if question.maximum is None else question.maximum
    return whole_number(values, low, high)


NUMBER = Kind(
    label=marked("Write a number"),
    example=marked("How many times did you come?"),
    read=_read,
    rules=no_rules,
    facts=counts.of_a_number,
    choosing="nothing",
    choices_from="nowhere",
    control="digits",
    points=(),
    cells="number",
    figures="number",
    identifying="typed",
    describes_people=True,
    report="share",
    xlsform="integer",
)
