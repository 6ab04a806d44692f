"""What is known of an XLSForm while its rows are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveyapp.importing.workbook import SheetRow
from surveyapp.importing.xlsform.choices import ListedChoice
from surveyapp.importing.xlsform.columns import OWN, FormTable
from surveyapp.importing.xlsform.left_out import LeftOut
from surveyapp.importing.xlsform.words import WordsReader
from surveyapp.model.names import Names
from surveyapp.model.questionnaire import Question


@dataclass(slots=True)
class Form:
    """What is known of a form while its rows are read, and the questions so far."""

    table: FormTable
    lists: Mapping[str, Sequence[ListedChoice]]
    words: WordsReader
    left_out: LeftOut
    questions: list[Question] = field(default_factory=list)
    asked: dict[str, tuple[str, Mapping[str, str]] | None] = field(default_factory=dict)
    depths: dict[str, tuple[int, bool]] = field(default_factory=dict)
    keys: Names = field(default_factory=Names)
    choices: int = 0

    def text(self, row: SheetRow, base: str) -> str:
        """A row's text in a column."""
        return self.table.text(row, base)

    def own(self, row: SheetRow, name: str) -> str:
        """A row's text in a column of our own."""
        return self.table.text(row, f"{OWN}{name}")
