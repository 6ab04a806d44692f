"""What the team did with a comment: whether it was read, its theme, and whether it may be passed on as a quote."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.model.base import Base
from surveyapp.model.response import Response

NEW = "new"
STATES = (NEW, "read", "answered", "cannot_do", "noted")
THEME_LENGTH = 60
QUOTE_OK = "quote_ok"  # the question that asks whether somebody's words may be used, and its answer that says so
AGREED = "yes"


class CommentNote(Base):
    """A note beside one comment; the comment itself is never changed.

    A comment without a note is new. `needs_person` is a reader's flag: somebody should look after this person now. The
    note goes when the response is withdrawn or deleted.
    """

    __tablename__ = "comment_note"
    __table_args__ = (
        ForeignKeyConstraint(["survey_id", "response_key"], [Response.survey_id, Response.key]),
        {"sqlite_with_rowid": False},
    )

    survey_id: Mapped[UUID] = mapped_column(primary_key=True)
    response_key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    question: Mapped[str] = mapped_column(String(32), primary_key=True)
    status: Mapped[str] = mapped_column(String(10), default=NEW)
    theme: Mapped[str] = mapped_column(String(THEME_LENGTH), default="")
    is_quote: Mapped[bool] = mapped_column(default=False)
    action_id: Mapped[UUID | None]
    needs_person: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def is_read(self) -> bool:
        """Whether somebody has read the comment."""
        return self.status != NEW


def may_be_quoted(answers: dict[str, object]) -> bool:
    """Whether the person who gave these answers agreed that their words are used."""
    return answers.get(QUOTE_OK) == AGREED
