"""A breakdown: the same figures by group, so that no small group is shown, nor found by subtraction."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveyapp.domain.question_figures import Cell, QuestionFigures, figures_of_cell, size_of
from surveyapp.domain.questionnaire import Question
from surveyapp.domain.suppression import Audience, Detail, hidden_cells
from surveyapp.domain.tally import WITHOUT, Sheet

Sheets = Mapping[str, Sheet]


@dataclass(frozen=True, slots=True)
class Part:
    """One cell of a breakdown; `responses` is None where the cell is hidden, and then so is every question's."""

    responses: int | None
    questions: Mapping[str, QuestionFigures]

    @property
    def withheld(self) -> bool:
        """Whether too few people are in it, or it would give away a cell that has too few."""
        return self.responses is None


def parts_of(sheets: Sheets, questions: tuple[Question, ...], audience: Audience) -> dict[str, Part]:
    """Each cell's figures by its name; none where nobody is in any named cell."""
    if set(sheets) <= {WITHOUT}:
        return {}
    people = {name: sheet.responses for name, sheet in sheets.items()}
    hidden = hidden_cells(people, audience.breakdown_limit)
    figures: dict[str, dict[str, QuestionFigures]] = {name: {} for name in sorted(sheets)}
    for question in questions:
        for name, cell in _cells(sheets, question, audience).items():
            figures[name][question.key] = figures_of_cell(cell)
    return {name: Part(None if name in hidden else people[name], cells) for name, cells in figures.items()}


def _cells(sheets: Sheets, question: Question, audience: Audience) -> dict[str, Cell]:
    """One question in every cell; a cell that is hidden for its few people is hidden whatever they answered."""
    people = {name: sheet.responses for name, sheet in sheets.items()}
    sizes = {name: size_of(question, sheet.counts[question.key]) for name, sheet in sheets.items()}
    hidden = hidden_cells(sizes, audience.breakdown_limit, hidden_cells(people, audience.breakdown_limit))
    few = {name for name, number in people.items() if number < audience.sensitive_limit}
    comments = {name: len(sheet.counts[question.key].comments) for name, sheet in sheets.items()}
    unlisted = hidden_cells(comments, 0, hidden | few)
    return {
        name: Cell(
            question,
            sheet.counts[question.key],
            sheet.responses,
            Detail.HIDDEN if name in hidden else audience.sees_of_group(sizes[name]),
            lists_comments=not audience.public and name not in unlisted,
        )
        for name, sheet in sheets.items()
    }
