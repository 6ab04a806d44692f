"""Words to read: it asks nothing, and takes no answer."""

from collections.abc import Sequence

from surveyapp.model.kinds import counts
from surveyapp.model.kinds.kind import Kind, marked, no_rules
from surveyapp.model.kinds.reading import Answer, Unreadable
from surveyapp.model.questionnaire import Question


def _read(_question: Question, values: Sequence[str]) -> Answer | None:
    if values:
        raise Unreadable("unknown_field")
    return None


NOTE = Kind(
    label=marked("Words to read"),
    example=marked("A line that asks nothing."),
    read=_read,
    rules=no_rules,
    facts=counts.of_nothing,
    choosing="nothing",
    choices_from="nowhere",
    control="nothing",
    points=(),
    cells="nothing",
    figures="nothing",
    identifying="never",
    describes_people=False,
    report="none",
    xlsform="note",
)
