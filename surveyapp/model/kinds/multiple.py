"""Several choices from a list of the question's own; one of them may exclude the others."""

from surveyapp.model.kinds import counts, reading
from surveyapp.model.kinds.kind import Kind, marked, no_rules

MULTIPLE = Kind(
    label=marked("Choose all that fit"),
    example=marked("Several answers from your own list."),
    read=reading.several_choices,
    rules=no_rules,
    facts=counts.of_several_choices,
    choosing="several",
    choices_from="own",
    control="choices",
    points=(),
    cells="flags",
    figures="choices",
    identifying="chosen",
    describes_people=True,
    report="share",
    xlsform="select_multiple",
)
