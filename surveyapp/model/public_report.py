"""A survey's report that anybody may read who has its address, until it is taken down."""

from datetime import date
from secrets import token_hex
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.model.base import Base
from surveyapp.model.survey import Survey

KEY_BYTES = 16  # 128 bits: nobody guesses it


class PublicReport(Base):
    """Where a report is read; taken down, its key is gone for ever, and the next one is another."""

    __tablename__ = "public_report"

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id), primary_key=True)
    key: Mapped[str] = mapped_column(String(2 * KEY_BYTES), unique=True)
    published_on: Mapped[date]


def published(survey_id: UUID, today: date) -> PublicReport:
    """A report with a new key; the caller adds and commits it."""
    return PublicReport(survey_id=survey_id, key=token_hex(KEY_BYTES), published_on=today)
