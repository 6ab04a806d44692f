"""`responses.csv`: the wide table, one physical line a response, a column per question in survey order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from surveyapp.export.columns import AnswerColumn, columns_of
from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.fixed_columns import FIXED_COLUMNS
from surveyapp.export.rows import Batch, EditionKey, Snapshot
from surveyapp.model.answers import Answers
from surveyapp.model.questionnaire import Questionnaire

Plan = Sequence[AnswerColumn]


def responses_csv(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes."""
    return responses_csv_of(taken, taken.batches())


def responses_csv_of(taken: Snapshot, batches: Iterable[Batch]) -> Iterator[bytes]:
    """The file of the snapshot's batches as they pass by."""
    names = question_columns(taken.editions)
    plans = {number: _plan(names, columns_of(edition)) for number, edition in taken.editions.items()}
    lines = (_lines(batch, plans[batch.asked]) for batch in batches)
    return csv_bytes([*(column.name for column in FIXED_COLUMNS), *names], lines)


def question_columns(editions: Mapping[EditionKey, Questionnaire]) -> list[str]:
    """The names of all editions' columns: the latest edition's in its order, then those removed since, newest first."""
    names: dict[str, None] = {}
    for edition in reversed(list(editions.values())):
        names |= dict.fromkeys(columns_of(edition))
    return list(names)


def _plan(names: Sequence[str], columns: Mapping[str, AnswerColumn]) -> Plan:
    """The edition's own columns under all the names; what it didn't ask or offer stays empty."""
    return [columns.get(name, AnswerColumn(name, key="")) for name in names]


def _lines(batch: Batch, plan: Plan) -> Iterator[tuple[object, ...]]:
    fixed = (
        map(_day, column.cells(batch)) if column.type == "date" else column.cells(batch) for column in FIXED_COLUMNS
    )
    return zip(*fixed, *(_values(column, batch.answers) for column in plan), strict=True)


def _values(column: AnswerColumn, answers: Sequence[Answers]) -> Iterable[object]:
    _name, key, write = column
    given = [each.get(key) for each in answers]
    return given if write is None else map(write, given)


@lru_cache(maxsize=1000)
def _day(day: date | None) -> str | None:
    """YYYY-MM-DD, remembered: an event has few days, and writing one anew takes a fifth of a response's time."""
    return None if day is None else day.isoformat()
