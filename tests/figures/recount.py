"""A survey's figures counted from its rows, one by one: what its counters must hold at any moment."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from surveyapp.figures.counters import DIMENSIONS, survey_counts
from surveyapp.figures.tally import CellCounts, CountedResponse, Tally
from surveyapp.model.figure_counts import editions_of
from surveyapp.model.installation import comment_key
from surveyapp.model.response import Response, id_of, that_counts
from surveyapp.model.survey import Survey


def recounted_tally(connection: Connection, survey: Survey) -> Tally:
    """Every response that may be shown, added to a tally."""
    tally = Tally(editions_of(connection, survey.id), DIMENSIONS, comment_key=comment_key(connection))
    table: Any = Response.__table__
    for row in connection.execute(select(table).where(*that_counts(survey.id))):
        tally.add(
            CountedResponse(
                id_of(row.key), row.answers, row.group, row.view, row.language, row.follows is not None, row.edition
            )
        )
    return tally


def in_plain(tally: Tally) -> dict[str, Any]:
    """Everything that a tally holds, to compare."""
    cells = {f"{name} {cell}": sheet for name, sheets in tally.parts.items() for cell, sheet in sheets.items()}
    keys = [question.key for question in tally.questions if question.linked]
    return {where: _plain(sheet, keys) for where, sheet in {"whole": tally.whole, **cells}.items()}


def _plain(sheet: CellCounts, keys: Iterable[str]) -> dict[str, Any]:
    counts = {key: sheet.counts[key] for key in keys}
    return {
        "people": (sheet.responses, sheet.follow_ups),
        "changes": {stem: dict(+told) for stem, told in sheet.changes.items()},
        **{
            key: (count.answered, count.n, count.not_shown, count.wrote, dict(+count.values), sorted(count.comments))
            for key, count in counts.items()
        },
    }


def assert_counters_are_right(session: Session, survey: Survey) -> None:
    """The figures by counters are those of the rows, of the whole event and of every breakdown."""
    session.rollback()
    connection = session.connection()
    by_rows = recounted_tally(connection, survey)
    assert in_plain(survey_counts(connection, survey.id, DIMENSIONS).tally) == in_plain(by_rows)
    session.rollback()
