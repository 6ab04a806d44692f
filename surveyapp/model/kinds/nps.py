"""How likely somebody is to recommend, from 0 to 10, chosen from a row of numbers (Net Promoter Score)."""

from collections.abc import Sequence

from surveyapp.model.kinds import counts
from surveyapp.model.kinds.kind import Kind, marked, no_rules
from surveyapp.model.kinds.reading import Answer, whole_number
from surveyapp.model.questionnaire import Question

POINTS = range(11)


def _read(_question: Question, values: Sequence[str]) -> Answer | None:
    return whole_number(values, POINTS[0], POINTS[-1])


NPS = Kind(
    label=marked("Choose a number from 0 to 10"),
    example=marked("Would you recommend it? Only if a funder asks."),
    read=_read,
    rules=no_rules,
    facts=counts.of_a_number,
    choosing="one",
    choices_from="nowhere",
    control="points",
    points=POINTS,
    cells="point",
    figures="nps",
    identifying="never",
    describes_people=False,
    report="rating",
    xlsform="range",
)
