"""Words of one's own."""

from surveyapp.model.kinds import counts, reading
from surveyapp.model.kinds.kind import Kind, marked, no_rules

COMMENT = Kind(
    label=marked("Write in your own words"),
    example=marked("What was good? What could be better?"),
    read=reading.text,
    rules=no_rules,
    facts=counts.of_a_comment,
    choosing="nothing",
    choices_from="nowhere",
    control="textarea",
    points=(),
    cells="text",
    figures="comments",
    identifying="typed",
    describes_people=False,
    report="list",
    xlsform="text",
)
