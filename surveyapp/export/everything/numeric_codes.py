"""What the syntax files of SPSS, Stata and R share: codes as numbers, and which answers are none.

Those programs hold labelled answers as numbers, and none of them can declare four words and a blank of a text as
missing. So a choice that counts has its place in the question as its number, the same in every program, and one that
doesn't has a negative one, the same in every question.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from surveyapp.export.dictionary import ColumnDescription, Value

MISSING = {"not_sure": -1, "dont_know": -2, "not_applicable": -3, "prefer_not_to_say": -4}
NO_ITEM = -9
NO_ITEM_LABEL = "Chose nothing that counts"


class MultipleChoice(NamedTuple):
    """A question with several choices: its columns of choices that count, and those of the others."""

    key: str
    words: str
    counting: tuple[ColumnDescription, ...]
    others: tuple[ColumnDescription, ...]


def is_coded(column: ColumnDescription) -> bool:
    """Whether the column holds codes of a question in words, which become numbers."""
    return column.holds == "code" and not column.item


def code_numbers(column: ColumnDescription) -> Iterator[tuple[int, Value]]:
    """Each code's number: 1, 2 … in the question's order for those that count, below 0 for the others."""
    place = 0
    for value in column.values:
        place += value.counts
        yield (place if value.counts else MISSING[value.code]), value


def several(columns: Sequence[ColumnDescription]) -> Iterator[MultipleChoice]:
    """The questions with several choices, without their words beside a choice."""
    flags = (column for column in columns if column.holds == "flags" and column.values)
    for key, found in groupby(flags, key=lambda column: column.question_key):
        items = tuple(found)
        counting = tuple(item for item in items if item.values[0].counts)
        others = tuple(item for item in items if not item.values[0].counts)
        yield MultipleChoice(key, items[0].words, counting, others)


def has_mean(column: ColumnDescription) -> bool:
    """Whether a mean of the rating says anything: the Friends and Family question has shares alone."""
    return column.is_ordered and column.scoring == "mean"


def is_friends_and_family(column: ColumnDescription) -> bool:
    """Whether it is the Friends and Family question, whose shares are of all answers, those that don't count too."""
    return column.is_ordered and column.scoring == "fft"
