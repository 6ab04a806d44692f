"""The figures that `safe.zip` holds now: those of the release, or newer ones where they may follow."""

from typing import Any

import orjson
from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from surveyapp.db import sessions as db
from surveyapp.export.rows import ExportedSurvey, Snapshot
from surveyapp.export.safe.figures_csv import figures_csv
from surveyapp.figures.frozen import answered_and_gone, followed, frozen_document, made_of
from surveyapp.figures.safe_figures import SafeFigures, may_follow
from surveyapp.figures.suppression import FEW, Audience
from surveyapp.figures.tally import questions_of

_INSERT: dict[str, Any] = {"sqlite": sqlite_insert, "postgresql": postgresql_insert}


def figures_to_share(taken: Snapshot) -> bytes:
    """The text of `figures.csv`. Newer figures are kept before the first of them is given out.

    Nothing but its header before the release, where answers are shown openly: what may be passed on is made once.
    """
    (event,) = taken.events
    if not event.is_over:
        return figures_csv({"questions": {}, "changes": {}, "groups": {}}, (), "en")
    audience = Audience(public=True, small_group=taken.small_group)
    last = last_published(taken.connection, event)
    responses, withdrawn = answered_and_gone(taken.connection, event.survey_id)
    if last is not None and not may_follow(last, responses, withdrawn, audience):
        return _text(event, last)
    made = made_of(taken.connection, event.survey_id, audience, taken.made_on)
    frozen = frozen_document(last)
    if last is not None and frozen is not None and last.responses >= FEW:
        newer = followed(frozen, orjson.loads(made["document"]), audience.sensitive_limit)
        made["document"] = orjson.dumps(newer).decode()
    return _text(event, _kept(taken.connection.engine, event, last, made))


def last_published(connection: Connection, event: ExportedSurvey) -> SafeFigures | None:
    """What was last given out, if anything was."""
    row = connection.execute(select(SafeFigures.__table__).where(SafeFigures.survey_id == event.survey_id)).first()
    return SafeFigures(**row._mapping) if row else None


def _text(event: ExportedSurvey, kept: SafeFigures) -> bytes:
    """The file of figures that are kept: made of their document, or as it was written before there were any."""
    document = frozen_document(kept)
    if document is None or kept.figures:
        return kept.figures.encode()
    editions = list(event.editions.values())
    return figures_csv(document, questions_of(editions), editions[-1].language if editions else "en")


def _kept(engine: Engine, event: ExportedSurvey, last: SafeFigures | None, made: dict[str, Any]) -> SafeFigures:
    """The figures that are kept now: these, or those that another request kept since the last ones were read."""
    table: Any = SafeFigures.__table__
    here = SafeFigures.survey_id == event.survey_id
    with db.writing(engine).begin() as connection:
        if last is None:
            insert = _INSERT[engine.dialect.name](table)
            connection.execute(insert.values(survey_id=event.survey_id, **made).on_conflict_do_nothing())
        else:
            unchanged = (SafeFigures.responses == last.responses, SafeFigures.withdrawn == last.withdrawn)
            same_limit = SafeFigures.small_group == last.small_group
            connection.execute(update(table).where(here, *unchanged, same_limit).values(**made))
        return SafeFigures(**connection.execute(select(table).where(here)).one()._mapping)
