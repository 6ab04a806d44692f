"""Yes or no, for facts; it may offer “not sure” and the like beside them."""

from collections.abc import Iterator

from surveyapp.model.kinds import counts, reading
from surveyapp.model.kinds.kind import Kind, marked
from surveyapp.model.questionnaire import MISSING_CODES, Question


def _rules(question: Question) -> Iterator[str]:
    if not {"yes", "no"} <= set(question.codes) <= {"yes", "no"} | MISSING_CODES:
        yield f"Question “{question.key}” needs the codes yes and no, and may have {', '.join(sorted(MISSING_CODES))}."


YES_NO = Kind(
    label=marked("Yes or no"),
    example=marked("For facts: Did you find the room?"),
    read=reading.one_choice,
    rules=_rules,
    facts=counts.of_one_choice,
    choosing="one",
    choices_from="yes_no",
    control="choices",
    points=(),
    cells="code",
    figures="choices",
    identifying="never",
    describes_people=True,
    report="share",
    xlsform="select_one",
)
