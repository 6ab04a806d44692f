"""A survey with everything in it, responses with chosen keys, and files read as an analyst reads them."""

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO
from typing import Any

from flask import Flask
from sqlalchemy import Engine, QueuePool, insert
from sqlalchemy.orm import Session

from surveyapp.model.questionnaire import Questionnaire, ShowIf
from surveyapp.model.response import InboxResponse, Response
from surveyapp.model.survey import Survey
from tests.factories import every_kind, make_choice, make_question, make_questionnaire
from tests.visitor import Visitor

DAY = date(2026, 10, 7)
MANY = 3000


def asked_everything() -> Questionnaire:
    """All eight kinds, and a question that is shown only to those who were not listened to."""
    sources = (make_choice("friend"), make_choice("poster"), make_choice("elsewhere", other_text=True))
    return make_questionnaire(
        *every_kind().questions,
        make_question("why_not", "comment", "What went wrong?", show_if=ShowIf("listened", ("no",))),
        make_question("heard", "single", "How did you hear of us?", choices=sources),
    )


def put(session: Session, survey: Survey, start: int, answers: Mapping[str, Any], **fields: Any) -> str:
    """Store a response whose key begins with a byte (and some more, `next_bytes`); its `response_id`."""
    more = bytes(fields.pop("next_bytes", b""))
    key = bytes([start]) + more + b"\xab" * (31 - len(more))
    usual = {"edition": 1, "view": "standard", "language": "en", "source": "qr", "revision": 1, "finished": True}
    usual |= {"late": False, "day": DAY}
    usual |= fields
    row = {**usual, "survey_id": survey.id, "key": key, "answers": dict(answers)}
    is_shown = usual["finished"] or survey.is_released  # else it waits in the inbox
    session.add(Response(**row, released=True) if is_shown else InboxResponse(**row))
    session.commit()
    return key[:8].hex()


def put_many(session: Session, survey: Survey) -> None:
    """Store more responses than a batch or a chunk holds."""
    usual = {"survey_id": survey.id, "edition": 1, "view": "standard", "language": "en", "source": "qr", "revision": 1}
    usual |= {"finished": True, "late": False, "withdrawn": False, "released": True, "day": DAY}
    answers = {"overall": "5", "best": "Kind and clear. " * 20}
    many = [usual | {"key": number.to_bytes(8) + bytes(24), "answers": answers} for number in range(MANY)]
    session.execute(insert(Response), many)
    session.commit()


def file_of(visitor: Visitor, survey: Survey, name: str, query: str = "") -> bytes:
    """An exported file's bytes."""
    return visitor.get(f"/surveys/{survey.id}/export/{name}{query}").response.get_data()


def records_of(file: bytes) -> list[dict[str, str]]:
    """A CSV file's records by column."""
    return list(csv.DictReader(StringIO(file.decode(), newline=""), strict=True))


def engine_of(app: Flask) -> Engine:
    """The app's engine."""
    found = app.extensions["engine"]
    assert isinstance(found, Engine)
    return found


def connections_in_use(app: Flask) -> int:
    """How many connections are out of the pool."""
    pool = engine_of(app).pool
    assert isinstance(pool, QueuePool)
    return pool.checkedout()
