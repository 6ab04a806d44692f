"""Working out once, at the release, which cells of the ordinary files are blanked, and storing it with the rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Subquery, func, select, update
from sqlalchemy.orm import Session

from surveyapp.model.blanking import (
    GROUP,
    PRESENTATION,
    SHARED_BY,
    Combination,
    blanked_columns,
    columns_to_blank,
    with_dependents,
)
from surveyapp.model.comment_note import QUOTE_OK
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.response import Response, that_counts
from surveyapp.model.survey import Survey

SLICE = 10_000  # rows at a time
RESPONSE: Any = Response.__table__


def store_blanks(session: Session, survey: Survey) -> None:
    """Work out and store what is blanked in the released rows that nobody has worked it out for; the caller commits.

    The rows of one release are blanked among themselves: whoever has an older file knows which are new. Where answers
    are shown openly nothing is blanked.
    """
    if survey.shows_openly:
        return
    editions = [edition.questionnaire for edition in survey.editions]
    columns = columns_to_blank(editions)
    rows = _rows(survey, columns)
    values = [rows.c[f"c{place}"] for place in range(len(columns))]
    counted = session.execute(select(*values, func.count()).group_by(*values))
    counts: dict[Combination, int] = {tuple(each): n for *each, n in counted}
    if not counts:
        return
    always = _telling_quotes(session, rows)
    blanked = blanked_columns(columns, counts)
    written = {each: stored_text((*with_dependents(names, editions), *always)) for each, names in blanked.items()}
    for keys, text in _slices(session, rows, values, written):
        here = (RESPONSE.c.survey_id == survey.id, RESPONSE.c.key.in_(keys))
        session.connection().execute(update(RESPONSE).where(*here).values(blanked=text))


def stored_text(columns: Sequence[str]) -> str:
    """The columns that are blanked in a row as they are stored: their names with spaces between."""
    return " ".join(dict.fromkeys(columns))


@lru_cache(maxsize=1000)
def stored_columns(text: str) -> frozenset[str]:
    """The columns of a stored text."""
    return frozenset(text.split())


def all_blanked(editions: Sequence[Questionnaire]) -> frozenset[str]:
    """Everything that may be blanked: what holds for a row that nothing was worked out for."""
    return frozenset({*with_dependents(columns_to_blank(editions), editions), QUOTE_OK})


def _rows(survey: Survey, columns: Sequence[str]) -> Subquery:
    """The released rows without blanks: their key, a column for each that may be blanked, and leave to quote.

    What people began and didn't send is in no ordinary file unless it is asked for, so that it can hide nobody there.
    """
    plain = {GROUP, *PRESENTATION}
    named = [
        (RESPONSE.c[name] if name in plain else RESPONSE.c.answers[name].as_string()).label(f"c{place}")
        for place, name in enumerate(columns)
    ]
    quotes = RESPONSE.c.answers[QUOTE_OK].as_string().label("quotes")
    return (
        select(RESPONSE.c.key, *named, quotes)
        .where(*that_counts(survey.id), RESPONSE.c.blanked.is_(None))
        .subquery("unblanked")
    )


def _telling_quotes(session: Session, rows: Subquery) -> tuple[str, ...]:
    """Leave to quote stands beside the words as well: where few gave it or few refused, it would join the two."""
    counted = session.execute(select(rows.c.quotes, func.count()).group_by(rows.c.quotes))
    return (QUOTE_OK,) if any(n < SHARED_BY for _value, n in counted) else ()


def _slices(
    session: Session, rows: Subquery, values: Sequence[Any], written: Mapping[Combination, str]
) -> Iterator[tuple[Sequence[bytes], str]]:
    """Keys of rows with the text that is stored for them, some thousands of rows at a time."""
    last = b""
    while part := session.execute(
        select(rows.c.key, *values).where(rows.c.key > last).order_by(rows.c.key).limit(SLICE)
    ).all():
        by_text: defaultdict[str, list[bytes]] = defaultdict(list)
        for key, *each in part:
            by_text[written[tuple(each)]].append(key)
        yield from ((keys, text) for text, keys in by_text.items())
        last = part[-1][0]
