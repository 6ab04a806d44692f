"""The figures of a survey read from its counters: a `Tally` as if every response had been added to it.

Counters hold what was answered by edition; what newer editions say of it (which codes count, which questions somebody
was never asked) is worked out here, so that counters stay right when a survey gets another edition.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from surveyapp.figures.tally import NOTHING_TO_ADD, CellCounts, Count, Tally
from surveyapp.model import counting, figure_counts
from surveyapp.model.counting import CountKey, ResponseCounter
from surveyapp.model.kinds import counts as answered
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question, Questionnaire

DIMENSIONS = (counting.GROUP, counting.VIEW, counting.LANGUAGE)
_CHANGES = {counting.UP: "up", counting.SAME: "same", counting.DOWN: "down"}


@dataclass(frozen=True, slots=True)
class SurveyCounts:
    """A survey at one moment: its tally, and the counters it is made of."""

    tally: Tally
    counts: Mapping[CountKey, int]

    def responses_by(self, dimension: str) -> Mapping[str, int]:
        """How many responses are in each cell: of each "view", say."""
        responses: Counter[str] = Counter()
        for (_edition, of, cell, _question, value), n in self.counts.items():
            if of == dimension and value == counting.RESPONSES:
                responses[cell] += n
        return responses


def survey_counts(
    connection: Connection, survey_id: UUID, by: Sequence[str] = (counting.GROUP,), *, comments: bool = True
) -> SurveyCounts:
    """Everything that may be shown of a survey now, in one snapshot: what is counted, and what isn't counted yet.

    `by` names breakdowns, of "group", "view" and "language". Of each question's comments the least names are kept.
    """
    counts = figure_counts.stored_counts(connection, survey_id, counting.WHOLE, *by)
    new = figure_counts.not_counted_yet(connection, survey_id)
    for (edition, dimension, cell, question, value), n in new.counts.items():
        if dimension in (counting.WHOLE, *by) or not question:
            counts[edition, dimension, cell, question, value] += n
    tally = tally_from(new.editions, counts, by)
    if comments:
        list_comments(tally, new.emptied(), figure_counts.rows_to_list(connection, survey_id, new))
    return SurveyCounts(tally, counts)


def tally_from(editions: Sequence[Questionnaire], counts: Mapping[CountKey, int], by: Sequence[str]) -> Tally:
    """What the counters hold, as a tally has it: sorted, so that a cell's responses come before their answers."""
    tally = Tally(editions, by)
    linked = {question.key: question for question in tally.questions if question.linked}
    asked = {
        number: {question.key: question for question in edition.linked}
        for number, edition in enumerate(editions, start=1)
    }
    stems = [stem for stem, _before, _now in tally.pairs]
    for edition, dimension, cell, key, value in sorted(counts):
        if dimension not in (counting.WHOLE, *by):
            continue
        n = counts[edition, dimension, cell, key, value]
        sheet = tally.parts[dimension].setdefault(cell, CellCounts()) if dimension else tally.whole
        if not key:
            _add_responses(sheet, value, n, linked.keys() - asked[edition].keys(), stems)
        elif value in _CHANGES:
            stem = key.removesuffix("_now")
            if stem in stems:
                sheet.changes[stem][_CHANGES[value]] += n
        elif key in linked and key in tally.telling:
            _add_told(sheet.counts[key], asked[edition][key], value, n)
        elif key in linked:
            _add_answers(sheet.counts[key], linked[key], asked[edition][key], value, n)
    return tally


def _add_responses(sheet: CellCounts, value: str, n: int, unasked: Set[str], stems: Iterable[str]) -> None:
    """So many responses, none of which was asked what other editions ask."""
    if value == counting.FOLLOW_UPS:
        sheet.follow_ups += n
        return
    sheet.responses += n
    for key in unasked:
        sheet.counts[key].not_shown += n
    for stem in stems:
        sheet.changes[stem].update()


def _add_told(count: Count, asked: Question, value: str, n: int) -> None:
    """A counter of what tells who somebody is, perhaps only since a later edition: how many answered, no more."""
    if value == counting.NOT_SHOWN:
        count.not_shown += n
    elif (
        kind_of(asked).choosing != "several"
        or value in (counting.TOLD, answered.PEOPLE)
        or value.startswith(answered.ONLY)
    ):
        _add_people(count, n, counts=True)


def _add_answers(count: Count, question: Question, asked: Question, value: str, n: int) -> None:
    """One counter of a question as it is now, which an edition `asked` as it was then."""
    if value == counting.NOT_SHOWN:
        count.not_shown += n
    elif value in (answered.WROTE, answered.NOTHING):
        _add_people(count, n, counts=True)
        if value == answered.WROTE:
            count.wrote += n
        else:
            count.values[NOTHING_TO_ADD] += n
    elif value == answered.PEOPLE or value.startswith(answered.ONLY):
        codes = value.removeprefix(answered.ONLY).split("+")
        _add_people(count, n, counts=value == answered.PEOPLE or any(code in question.counting_codes for code in codes))
    else:
        chooses = kind_of(question).has_choices
        if chooses and value not in question.codes:
            return
        count.values[value] += n
        if kind_of(asked).choosing != "several":
            _add_people(count, n, counts=not chooses or value in question.counting_codes)


def _add_people(count: Count, n: int, *, counts: bool) -> None:
    count.answered += n
    count.n += n if counts else 0


def list_comments(tally: Tally, empty: ResponseCounter, rows: Sequence[Sequence[Any]]) -> None:
    """Put the comments that are listed of these responses into the cells where they belong."""
    for question, found in empty.least_comments(rows).items():
        if question in tally.telling:
            continue
        for name, row, text in found:
            _key, _edition, group, view, language, _follows, _written = row
            cells = {counting.GROUP: group or "", counting.VIEW: view, counting.LANGUAGE: language}
            for sheet in (tally.whole, *(parts[cells[by]] for by, parts in tally.parts.items())):
                sheet.counts[question].comments.append((name, text))
