"""The last ten changes of a survey's draft, so that each can be undone: the document as it was before, word for word.

They reach back to when people last were shown the questions: what an edition says is never taken back silently.
"""

import hashlib
import json
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, delete, func, literal, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, defer, mapped_column

from surveyapp.model.base import Base, Json
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import Survey

KEPT = 10
WORDS_LENGTH = 200


class FormerDraft(Base):
    """A survey's draft before a change, what the change was, and the hash of what it made; `slot` goes round."""

    __tablename__ = "former_draft"

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    draft: Mapped[dict[str, Any]] = mapped_column(Json)
    what: Mapped[str] = mapped_column(String(WORDS_LENGTH))
    made: Mapped[bytes] = mapped_column(LargeBinary(32))


def change_draft(session: Session, survey: Survey, questionnaire: Questionnaire, what: str) -> None:
    """Put a changed document in the draft's place and keep the one before, told in words; the caller commits.

    One statement beside the survey's own: the caller holds the survey's row, so that numbers follow one another.
    """
    after = questionnaire.to_json()
    if after == survey.draft:
        return
    number = func.coalesce(func.max(FormerDraft.number), 0) + 1
    row = select(
        literal(survey.id),
        number % KEPT,
        number,
        literal(survey.draft, Json),
        literal(what[:WORDS_LENGTH]),
        literal(_digest(after)),
    ).where(FormerDraft.survey_id == survey.id)
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    columns = ("survey_id", "slot", "number", "draft", "what", "made")
    statement = insert(FormerDraft).from_select(columns, row)
    renewed = {name: statement.excluded[name] for name in columns[2:]}
    session.execute(statement.on_conflict_do_update(index_elements=["survey_id", "slot"], set_=renewed))
    survey.draft = after


def last_change(session: Session, survey: Survey) -> FormerDraft | None:
    """The change that can be undone now, its document unread; none where the draft was changed in another way since."""
    newest = select(FormerDraft).where(FormerDraft.survey_id == survey.id).order_by(FormerDraft.number.desc()).limit(1)
    found = session.scalar(newest.options(defer(FormerDraft.draft)))
    return found if found is not None and found.made == _digest(survey.draft) else None


def undo(session: Session, survey: Survey, number: int) -> str | None:
    """Bring back the very document before change `number`, if that is still the last one; its words, or None."""
    last = last_change(session, survey)
    if last is None or last.number != number:
        return None
    survey.draft = last.draft
    session.delete(last)
    return last.what


def forget_changes(session: Session, survey: Survey) -> None:
    """Let go of the former drafts: people are shown the questions as they are now."""
    session.execute(delete(FormerDraft).where(FormerDraft.survey_id == survey.id))


def _digest(document: dict[str, Any]) -> bytes:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).digest()
