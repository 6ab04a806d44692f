"""The columns that every survey's `responses.csv` begins with, one table for every file that has or describes them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter
from typing import Any, Literal

from surveyapp.export.guard import guarded_line
from surveyapp.export.rows import Batch
from surveyapp.model.questionnaire import VIEWS
from surveyapp.model.survey import IMPORTED, REHEARSAL
from surveyapp.model.validation import FixedColumnName

Type = Literal["integer", "string", "date"]
CellReader = Callable[[Batch], Iterable[Any]]
SOURCES = ("qr", "link", "shared", "paper", IMPORTED)


@dataclass(frozen=True, slots=True)
class FixedColumn:
    """A column's name, what it means, its type, the codes that stand in it (none: any), and a batch's cells.

    Of an integer the cells are whole numbers, of a flag "1" and "0", of a date days; None is an empty cell.
    """

    name: FixedColumnName
    words: str
    cells: CellReader
    type: Type = "string"
    codes: tuple[str, ...] = ()

    @property
    def is_flag(self) -> bool:
        """Whether it says yes or no."""
        return self.codes == FLAG


FLAG = ("1", "0")


def _asked(place: int) -> CellReader:
    return lambda batch: repeat(batch.asked[place] or None, len(batch.ids))


def _flags(name: str) -> CellReader:
    return lambda batch: (None if flag is None else str(int(flag)) for flag in getattr(batch, name))


FIXED_COLUMNS = (
    FixedColumn("response_id", "The response; the same in every export", attrgetter("ids")),
    FixedColumn("event_key", "The event's title and date", _asked(0)),
    FixedColumn("edition", "Which edition of the questions they saw", _asked(1), "integer"),
    FixedColumn("finished_on", "The day, by the event's own clock", attrgetter("days"), "date"),
    FixedColumn("group", "The group that the card carried", lambda batch: map(guarded_line, batch.groups)),
    FixedColumn("view", "What they had in front of them when they finished", attrgetter("views"), codes=VIEWS),
    FixedColumn("language", "The language they used", attrgetter("languages")),
    FixedColumn("source", "How they came to the survey", attrgetter("sources"), codes=SOURCES),
    FixedColumn("finished", "Finished", _flags("finished"), "integer", FLAG),
    FixedColumn("late", "Sent after the close", _flags("late"), "integer", FLAG),
    FixedColumn("follows", "The earlier response sent from the same page", attrgetter("follows")),
)


def codes_of_column(column: FixedColumn, *, is_rehearsal: bool) -> tuple[str, ...]:
    """The codes that can stand in a column; a rehearsal's responses have a source of their own."""
    return (*column.codes, REHEARSAL) if is_rehearsal and column.name == "source" else column.codes
