"""`README.txt` of what may be passed on."""

from surveyapp.export.rows import Snapshot

NAME = "README.txt"
_TEXT = """{title}
{underline}

Feedback of one event. This package may be passed on: it holds figures and chosen quotes, and no row of a person.

figures.csv  a line for each figure. measure says what it is: responses, attendance, response_rate (per cent), n
             (answers to the question), count (of one answer), not_counted (answers such as “not sure”), skipped,
             not_shown, mean, share, top, positive and negative (per cent), score, nothing_to_add, change_up,
             change_same, change_down. value is the answer's code; group is empty for the whole event.
quotes.csv   words of people who agreed that they are used, read and chosen by the organisers.

Withheld figures have 1 in the last column and are empty: so few people are behind them that somebody could be known by
it ({limit} in a group, {few} in the whole event are enough), or they would give another one away. Figures are made
once, when the survey is over; until then figures.csv has no line. A question gets newer ones only when {limit} more
people have answered it, and groups never do, so that two packages side by side don't tell what a few people answered.
The first lines of figures.csv say how many had answered.

All tables are CSV in UTF-8. Words that begin with = + - @ ' have one more ' in front, so that a spreadsheet can't run
them.
"""


def safe_readme_txt(taken: Snapshot, limit: int, few: int) -> bytes:
    """The file; `limit` answers are enough in a group, `few` in the whole event."""
    return _TEXT.format(title=taken.title, underline="=" * len(taken.title), limit=limit, few=few).encode()
