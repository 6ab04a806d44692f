"""One choice from a list of the question's own."""

from surveyapp.model.kinds import counts, reading
from surveyapp.model.kinds.kind import Kind, marked, no_rules

SINGLE = Kind(
    label=marked("Choose one"),
    example=marked("One answer from your own list."),
    read=reading.one_choice,
    rules=no_rules,
    facts=counts.of_one_choice,
    choosing="one",
    choices_from="own",
    control="choices",
    points=(),
    cells="code",
    figures="choices",
    identifying="chosen",
    describes_people=True,
    report="share",
    xlsform="select_one",
)
