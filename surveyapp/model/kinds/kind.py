"""What a kind of question is: every part that it must have.

No part has a default, so that a kind with a part missing is a type error. What a kind does with the document alone it
does here; for what needs a page or a file it names one of a few ways, and whoever implements them (`match` with
`assert_never`) is told by the type checker of a way that has none yet.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from surveyapp.model.kinds.counts import FactsOf
from surveyapp.model.kinds.reading import Answer
from surveyapp.model.questionnaire import Question, Report

Choosing = Literal["one", "several", "nothing"]
ChoicesFrom = Literal["scale", "yes_no", "own", "nowhere"]
Control = Literal["choices", "points", "textarea", "digits", "nothing"]
CellType = Literal["rating", "code", "flags", "text", "number", "point", "nothing"]
FiguresType = Literal["rating", "choices", "number", "nps", "comments", "nothing"]
Identifying = Literal["typed", "chosen", "never"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of question.

    `label` and `example` are what organisers read where they choose it, marked for translation. `read` turns the values
    of a form field into an answer (None: skipped; raises Unreadable); `rules` yields the faults of a question that only
    this kind can have; `facts` says what an answer adds to the counters.

    `choosing` is how many choices an answer has, `choices_from` where a new question's choices come from. `control` is
    how it is answered on a page, `points` the numbers that the control "points" offers, `cells` what stands in an
    analyst's columns, `figures` what is worked out of the counts. `identifying` is how an answer can tell who somebody
    is, `describes_people` whether it may be one by which people are told apart. `report` is its place in a report
    unless the question says otherwise, `xlsform` the type it has in a spreadsheet.
    """

    label: str
    example: str
    read: Callable[[Question, Sequence[str]], Answer | None]
    rules: Callable[[Question], Iterable[str]]
    facts: Callable[[Question], FactsOf]
    choosing: Choosing
    choices_from: ChoicesFrom
    control: Control
    points: Sequence[int]
    cells: CellType
    figures: FiguresType
    identifying: Identifying
    describes_people: bool
    report: Report
    xlsform: str

    @property
    def has_choices(self) -> bool:
        """Whether its questions hold choices of their own in the document."""
        return self.choices_from != "nowhere"

    @property
    def has_mean(self) -> bool:
        """Whether its answers are numbers of which a mean or a score is worked out."""
        return self.figures in ("rating", "number", "nps")


def marked(words: str) -> str:
    """Words that are translated where they are shown."""
    return words


def no_rules(_question: Question) -> Iterable[str]:
    """A kind that has no rules of its own."""
    return ()
