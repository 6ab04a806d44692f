"""`equality_totals.csv`: how many gave each answer to the questions that are only ever counted.

The same figures as on the results page: what fewer than the limit of people answered is withheld, and what would give
that away by subtraction with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.guard import guarded_line
from surveyapp.export.rows import Snapshot
from surveyapp.figures.equality import Totals, equality_figures
from surveyapp.figures.tally import questions_of
from surveyapp.model.questionnaire import Question, localized
from surveyapp.model.response import UnlinkedCount

HEADER = ("question_key", "question", "value", "value_label", "n", "withheld")


def equality_totals_csv(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes. Raises ValueError without the snapshot's limit, and of several events.

    Totals of a series beside those of its other events would tell what is withheld in one of them.
    """
    if taken.equality_limit is None or taken.is_series:
        raise ValueError("equality totals are of one event, and need the limit under which they are withheld")
    limit, editions = taken.equality_limit, list(taken.editions.values())
    language = taken.label_language
    asked = [question for question in questions_of(editions) if not question.linked]
    totals = totals_of(taken)
    return csv_bytes(HEADER, (_lines(question, language, totals, limit) for question in asked))


def totals_of(taken: Snapshot) -> Totals:
    """How many gave each answer that is only counted, in a snapshot of one event."""
    counts = select(UnlinkedCount.question, UnlinkedCount.value, UnlinkedCount.n)
    rows = taken.connection.execute(counts.where(UnlinkedCount.survey_id == taken.events[0].survey_id))
    return {(question, value): n for question, value, n in rows}


def _lines(question: Question, language: str, totals: Totals, limit: int) -> Sequence[tuple[object, ...]]:
    shown = _shown(equality_figures(question, totals, limit))
    words = guarded_line(localized(question.words, language, "standard")[0])
    lines = []
    for choice in question.choices:
        label, n = guarded_line(localized(choice.words, language, "standard")[0]), shown.get(choice.code)
        lines.append((question.key, words, choice.code, label, n, int(n is None)))
    return lines


def _shown(figures: Any) -> Mapping[str, int | None]:
    return {**(figures.counts or {}), **(figures.not_counted or {})}
