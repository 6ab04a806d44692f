"""Figures that may be passed on, frozen at the final release: what `safe.zip` and every report are made of.

They are what anybody may see, as a document in the shapes of `results.json`; who looks later gets the same ones.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.orm import Session

from surveyapp.figures.counters import survey_counts
from surveyapp.figures.results_json import to_results_json
from surveyapp.figures.safe_figures import SafeFigures
from surveyapp.figures.suppression import Audience
from surveyapp.figures.survey_figures import Facts, Figures, figures_of
from surveyapp.figures.tally import Tally
from surveyapp.model.figure_counts import responses_counted, that_is_uncounted
from surveyapp.model.response import Response, UnlinkedCount
from surveyapp.model.survey import Survey, today_at

Document = Mapping[str, Any]


def public_figures(connection: Connection, survey_id: UUID, small_group: int) -> tuple[Figures, Tally]:
    """What anybody may see of a survey now, read from its counters, and the tally that it is worked out from."""
    tally = survey_counts(connection, survey_id, comments=False).tally
    attendance = connection.scalar(select(Survey.attendance).where(Survey.id == survey_id))
    totals = select(UnlinkedCount.question, UnlinkedCount.value, UnlinkedCount.n)
    rows = connection.execute(totals.where(UnlinkedCount.survey_id == survey_id))
    facts = Facts(attendance, unlinked={(question, value): n for question, value, n in rows})
    return figures_of(tally, facts, Audience(public=True, small_group=small_group)), tally


def document_of(figures: Figures) -> Document:
    """The figures in the shapes of `results.json`, with what changed in the same people's answers."""
    changes = {
        stem: change and {"n": change.n, "up": change.up, "same": change.same, "down": change.down}
        for stem, change in figures.changes.items()
    }
    return {**to_results_json(figures, with_comments=False), "changes": changes}


def followed(frozen: Document, newer: Document, limit: int) -> Document:
    """What may follow frozen figures (rule 9 on anonymity): how many answered, and each question of the whole event
    that gained `limit` people. Groups, changes and all other questions stay as they were frozen, for good: the
    difference of two breakdowns is what a few people answered.
    """
    before = frozen["questions"]
    questions = {
        key: question if _gained(before.get(key, {}), question) >= limit else before.get(key, question)
        for key, question in newer["questions"].items()
    }
    return {**newer, "questions": questions, "groups": frozen["groups"], "changes": frozen["changes"]}


def _gained(before: Document, now: Document) -> int:
    return (now.get("n") or 0) - (before.get("n") or 0)


def answered_and_gone(connection: Connection, survey_id: UUID) -> tuple[int, int]:
    """How many finished responses count now, and how many were taken back."""
    new = select(func.count()).select_from(Response).where(*that_is_uncounted(survey_id))
    gone = select(func.count()).where(Response.survey_id == survey_id, Response.withdrawn.is_(True))
    return responses_counted(connection, survey_id) + (connection.scalar(new) or 0), connection.scalar(gone) or 0


def made_of(connection: Connection, survey_id: UUID, audience: Audience, today: date) -> dict[str, Any]:
    """The columns of new figures, made of what counts at this moment."""
    responses, withdrawn = answered_and_gone(connection, survey_id)
    figures, _tally = public_figures(connection, survey_id, audience.small_group)
    return {
        "responses": responses,
        "withdrawn": withdrawn,
        "small_group": audience.small_group,
        "made_on": today,
        "figures": "",
        "document": orjson.dumps(document_of(figures)).decode(),
    }


def freeze(connection: Connection, survey: Survey, small_group: int, today: date) -> None:
    """Freeze the figures of a survey that was released; nothing where that has been done."""
    if survey.released_on is None:
        return
    audience = Audience(public=True, small_group=small_group)
    kept = select(SafeFigures.responses, SafeFigures.withdrawn, SafeFigures.document)
    last = connection.execute(kept.where(SafeFigures.survey_id == survey.id)).first()
    if last is None:
        row = {"survey_id": survey.id, **made_of(connection, survey.id, audience, today)}
        connection.execute(insert(SafeFigures), [row])
    elif last.document is None and (last.responses, last.withdrawn) == answered_and_gone(connection, survey.id):
        made = made_of(connection, survey.id, audience, today)["document"]
        here = SafeFigures.survey_id == survey.id
        connection.execute(update(SafeFigures).where(here, SafeFigures.document.is_(None)).values(document=made))


def freeze_released(engine: Engine, small_group: int, now: datetime) -> None:
    """Freeze what was released and isn't frozen yet; `engine` must begin its transactions for writing."""
    frozen = select(SafeFigures.survey_id).where(SafeFigures.document.is_not(None))
    with Session(engine) as session:
        waiting = select(Survey.id).where(Survey.released_on.is_not(None), Survey.id.not_in(frozen))
        ids: Sequence[UUID] = session.scalars(waiting.order_by(Survey.id)).all()
    for survey_id in ids:
        with Session(engine) as session:
            survey = session.get_one(Survey, survey_id, with_for_update={"key_share": True})
            freeze(session.connection(), survey, small_group, today_at(survey.zone, now))
            session.commit()


def frozen_document(kept: SafeFigures | None) -> Document | None:
    """The figures that were frozen; None where there are none yet."""
    if kept is None or kept.document is None:
        return None
    document: Document = orjson.loads(kept.document)
    return document
