"""What a report is made of: figures as they were frozen, reviewed quotes, and what was done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from surveyapp.figures.frozen import Document
from surveyapp.figures.safe_figures import SafeFigures
from surveyapp.figures.tally import questions_of
from surveyapp.model.action import Action
from surveyapp.model.blanking import blanked_always
from surveyapp.model.comment_note import NEW, CommentNote, may_be_quoted
from surveyapp.model.comments import comment_id
from surveyapp.model.document import read_questionnaire
from surveyapp.model.installation import comment_key
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.public_report import PublicReport
from surveyapp.model.questionnaire import Question, Questionnaire
from surveyapp.model.response import Response, id_of, that_counts
from surveyapp.model.survey import Edition

ROLE = "role"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, who agreed that they are used; `role` is a code, empty where it would tell who it was."""

    question: str
    text: str
    language: str
    role: str = ""


def frozen_figures(session: Session, survey_id: UUID) -> SafeFigures | None:
    """The figures that may be passed on, if they were made."""
    return session.get(SafeFigures, survey_id)


def editions(session: Session, survey_id: UUID) -> list[Questionnaire]:
    """Every questionnaire that was answered, in order."""
    documents = select(Edition.document).where(Edition.survey_id == survey_id).order_by(Edition.number)
    return [read_questionnaire(document) for document in session.scalars(documents)]


def reportable_questions(documents: Sequence[Questionnaire]) -> tuple[Question, ...]:
    """Every question that was asked; but for what tells who somebody is."""
    telling = blanked_always(documents)
    return tuple(question for question in questions_of(documents) if question.key not in telling)


def quotes(session: Session, survey_id: UUID, questions: Sequence[Question], roles: frozenset[str]) -> list[Quote]:
    """Quotes that somebody read and chose, of people who agreed; in an order that says nothing of time.

    `roles` are those that stand beside a quote: of so many people that nobody is known by one.
    """
    named_by = comment_key(session.connection())
    open_questions = {question.key for question in questions if kind_of(question).figures == "comments"}
    found = sorted(
        (comment_id(named_by, id_of(row.key), row.question), _quote(row, roles))
        for row in _chosen(session, survey_id)
        if row.question in open_questions
        and may_be_quoted(row.answers)
        and isinstance(row.answers.get(row.question), str)
    )
    return [quote for _name, quote in found]


def _quote(row: Any, roles: frozenset[str]) -> Quote:
    given = row.answers.get(ROLE)
    codes = [given] if isinstance(given, str) else given or []
    role = codes[0] if len(codes) == 1 and codes[0] in roles else ""
    return Quote(row.question, row.answers[row.question], row.language, role)


def _chosen(session: Session, survey_id: UUID) -> Iterator[Any]:
    beside = and_(Response.survey_id == CommentNote.survey_id, Response.key == CommentNote.response_key)
    columns = select(Response.key, Response.language, CommentNote.question, Response.answers).join(Response, beside)
    chosen = (CommentNote.is_quote, CommentNote.status != NEW, Response.finished)
    yield from session.execute(columns.where(*that_counts(survey_id), *chosen))


def roles_of_many(document: Document, limit: int) -> frozenset[str]:
    """The codes of roles that so many people have that one of them may stand beside a quote."""
    counts: Mapping[str, int | None] = (document["questions"].get(ROLE) or {}).get("counts") or {}
    return frozenset(code for code, n in counts.items() if n is not None and n >= limit)


def public_actions(session: Session, survey_id: UUID) -> Sequence[Action]:
    """What was done, as far as everybody is told."""
    told = select(Action).where(Action.survey_id == survey_id, Action.published_on.is_not(None))
    return session.scalars(told.order_by(Action.number)).all()


def public_report(session: Session, survey_id: UUID) -> PublicReport | None:
    """Where the report is published; None where it isn't."""
    return session.get(PublicReport, survey_id)


def report_of_key(session: Session, key: str) -> PublicReport | None:
    """The report that is published under a key."""
    return session.scalar(select(PublicReport).where(PublicReport.key == key))
