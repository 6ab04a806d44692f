"""What the page of files reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from surveyapp.figures.frozen import answered_and_gone
from surveyapp.figures.safe_figures import SafeFigures, may_follow
from surveyapp.figures.suppression import Audience
from surveyapp.figures.tally import questions_of
from surveyapp.model.comment_note import NEW, CommentNote
from surveyapp.model.questionnaire import localized
from surveyapp.model.response import Response, that_was_begun, that_was_tried
from surveyapp.model.survey import Survey


@dataclass(frozen=True, slots=True)
class Counts:
    """How many responses the files hold, and how many more with the unfinished ones."""

    finished: int
    unfinished: int


@dataclass(frozen=True, slots=True)
class SafeState:
    """What `safe.zip` holds: figures of so many responses, made on a day (None: with the next one), and quotes.

    `is_over` once it has figures: they are made at the release. `waiting` is how many answered or took their answers
    back since, that the figures don't show yet.
    """

    responses: int
    made_on: date | None
    waiting: int
    quotes: int
    is_over: bool = True


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: questions by key with their words, editions where rows say theirs, languages of words."""

    questions: Mapping[str, str]
    editions: Sequence[int]
    languages: Sequence[str]

    @property
    def are_any(self) -> bool:
        """Whether there is more than one of anything."""
        return max(len(self.questions), len(self.editions), len(self.languages)) > 1


def export_choices(survey: Survey, *, full: bool) -> Choices:
    """What can be chosen of a survey's files."""
    editions = [edition.questionnaire for edition in survey.editions]
    asked = [question for question in questions_of(editions) if question.linked]
    language = editions[-1].language if editions else "en"
    numbers = [edition.number for edition in survey.editions] if full or survey.shows_openly else []
    tags = dict.fromkeys(tag for edition in reversed(editions) for tag in edition.languages)
    return Choices({one.key: localized(one.words, language, "standard")[0] for one in asked}, numbers, list(tags))


def safe_state(session: Session, survey: Survey, audience: Audience) -> SafeState:
    """What the next `safe.zip` will hold."""
    kept = session.get(SafeFigures, survey.id)
    responses, withdrawn = answered_and_gone(session.connection(), survey.id)
    quotes = session.scalar(select(func.count()).select_from(CommentNote).where(*_chosen(survey.id))) or 0
    if survey.released_on is None and survey.deleted_on is None:
        return SafeState(0, None, 0, quotes, is_over=False)
    if kept is None or may_follow(kept, responses, withdrawn, audience):
        return SafeState(responses, None, 0, quotes)
    gone = withdrawn - kept.withdrawn
    return SafeState(kept.responses, kept.made_on, responses - kept.responses + 2 * gone, quotes)


def _chosen(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return CommentNote.survey_id == survey_id, CommentNote.is_quote.is_(True), CommentNote.status != NEW


def tried_count(session: Session, survey_id: UUID) -> int:
    """How many responses were tried out and sent."""
    return session.scalars(select(func.count()).select_from(Response).where(*that_was_tried(survey_id))).one()


def response_counts(session: Session, survey_id: UUID) -> Counts:
    """The responses that can be exported, counted."""
    finished, _gone = answered_and_gone(session.connection(), survey_id)
    begun = select(func.count()).select_from(Response).where(*that_was_begun(survey_id))
    return Counts(finished, session.scalars(begun).one())
