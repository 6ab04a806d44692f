"""A breakdown: the same figures by group, so that no small group is shown, nor found by subtraction."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import partial

from surveyapp.figures.question_figures import CountedQuestion, QuestionFigures, figures_of_cell, size_of
from surveyapp.figures.suppression import ENOUGH, Audience, Detail, hidden_cells
from surveyapp.figures.tally import WITHOUT, CellCounts
from surveyapp.model.questionnaire import Question

CellCountsByPart = Mapping[str, CellCounts]


@dataclass(frozen=True, slots=True)
class Part:
    """One cell of a breakdown; `responses` is None where the cell is hidden, and then so is every question's."""

    responses: int | None
    questions: Mapping[str, QuestionFigures]

    @property
    def withheld(self) -> bool:
        """Whether too few people are in it, or it would give away a cell that has too few."""
        return self.responses is None


def breakdown_parts(sheets: CellCountsByPart, questions: tuple[Question, ...], audience: Audience) -> dict[str, Part]:
    """Each cell's figures by its name; none where nobody is in any named cell."""
    if set(sheets) <= {WITHOUT}:
        return {}
    people = {name: sheet.responses for name, sheet in sheets.items()}
    # A group of few people is hidden in every question, however many of them answered it.
    hidden = hidden_cells(people, audience.breakdown_limit, together=ENOUGH)
    figures: dict[str, dict[str, QuestionFigures]] = {name: {} for name in sorted(sheets)}
    hidden_by: dict[str, Set[str]] = {}
    for question in questions:
        # How many were asked a question that hangs on an answer tells who gave that answer.
        told_by = hidden_by.get(question.show_if.key, frozenset()) if question.show_if else frozenset()
        cells = _cells(sheets, question, audience, hidden | told_by)
        hidden_by[question.key] = {name for name, cell in cells.items() if cell.detail is Detail.HIDDEN}
        for name, cell in cells.items():
            figures[name][question.key] = figures_of_cell(cell)
    return {name: Part(None if name in hidden else people[name], cells) for name, cells in figures.items()}


def _cells(
    sheets: CellCountsByPart, question: Question, audience: Audience, already: Set[str]
) -> dict[str, CountedQuestion]:
    """One question in every cell; a cell that is hidden `already` is hidden whatever they answered.

    So are those of few people, and those where the answer is hidden that decides who is asked this: how many were asked
    would tell it.
    """
    people = {name: sheet.responses for name, sheet in sheets.items()}
    sizes = {name: size_of(question, sheet.counts[question.key]) for name, sheet in sheets.items()}
    hidden = hidden_cells(
        sizes, audience.breakdown_limit, already, partial(_did_the_same, sheets, question.key), ENOUGH
    )
    few = {name for name, number in people.items() if number < audience.sensitive_limit}
    comments = {name: sheet.counts[question.key].wrote for name, sheet in sheets.items()}
    # A comment is listed only in a group of ten, and not where the rest of the comments would then be told.
    unlisted = hidden_cells(comments, 0, hidden | few)
    return {
        name: CountedQuestion(
            question,
            sheet.counts[question.key],
            sheet.responses,
            Detail.HIDDEN if name in hidden else audience.sees_of_group(sizes[name]),
            lists_comments=not audience.public and name not in unlisted,
        )
        for name, sheet in sheets.items()
    }


def _did_the_same(sheets: CellCountsByPart, key: str, cells: Set[str]) -> bool:
    """Whether everybody in some cells who was asked did the same, and somebody else who was asked didn't.

    The total less what is shown would tell it of each of them: “all who were there in the evening said no”.
    """
    here, asked = _done((sheets[name] for name in cells), key)
    everybody, all_asked = _done(sheets.values(), key)
    # If everybody everywhere did it, the total says so already and this cell tells nothing more.
    return any(0 < n == asked and everybody[what] < all_asked for what, n in here.items())


def _done(sheets: Iterable[CellCounts], key: str) -> tuple[Counter[str], int]:
    """How many gave each answer, wrote something, or skipped the question; and how many were asked."""
    done, asked = Counter[str](), 0
    for sheet in sheets:
        count = sheet.counts[key]
        asked += sheet.responses - count.not_shown
        skipped = sheet.responses - count.not_shown - count.answered
        done.update(count.values | Counter({"(wrote)": count.wrote, "(skipped)": skipped}))
    return done, asked
