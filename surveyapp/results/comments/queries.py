"""Every comment of a survey with the note beside it, read in one snapshot."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, Text, cast, select

from surveyapp.figures.tally import questions_of
from surveyapp.model.blanking import blanked_always
from surveyapp.model.comment_note import NEW, CommentNote, may_be_quoted
from surveyapp.model.comments import comment_id, is_nothing_to_add, traced, traces
from surveyapp.model.document import read_questionnaire
from surveyapp.model.installation import comment_key
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question
from surveyapp.model.response import Response, that_counts
from surveyapp.model.survey import Edition
from surveyapp.model.urgent_words import sounds_urgent

FETCH = 1000  # rows a round trip to the database
_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class Note:
    """What the team did with a comment."""

    status: str = NEW
    theme: str = ""
    is_quote: bool = False
    needs_person: bool = False


@dataclass(frozen=True, slots=True)
class CommentedQuestion:
    """A comment that says something; `may_quote` where the person agreed, `traces` of who may be known by it."""

    id: str
    response_key: bytes
    question: str
    text: str
    language: str
    may_quote: bool
    note: Note

    @property
    def traces(self) -> tuple[str, ...]:
        """What in it may say who somebody is."""
        return traces(self.text)

    @property
    def traced(self) -> tuple[str, ...]:
        """The very words that may say who somebody is."""
        return traced(self.text)

    @property
    def needs_person(self) -> bool:
        """Whether somebody should look at it now: a reader says so, or its words do and nobody has read it."""
        return self.note.needs_person or (self.note.status == NEW and sounds_urgent(self.text))


def asked_comments(connection: Connection, survey_id: UUID) -> dict[str, Question]:
    """The questions that are answered in one's own words, of all editions; but for what tells who somebody is."""
    documents = select(Edition.document).where(Edition.survey_id == survey_id).order_by(Edition.number)
    editions = [read_questionnaire(document) for document in connection.scalars(documents)]
    telling = blanked_always(editions)
    asked = (question for question in questions_of(editions) if kind_of(question).figures == "comments")
    return {question.key: question for question in asked if question.key not in telling}


def comments(connection: Connection, survey_id: UUID, keys: Mapping[str, Any]) -> Iterator[CommentedQuestion]:
    """The comments to these questions, of finished responses; those with nothing to add left out."""
    notes, named_by = _notes(connection, survey_id), comment_key(connection)
    columns = select(Response.key, Response.language, cast(Response.answers, Text))
    wanted = columns.where(*that_counts(survey_id), Response.finished).order_by(Response.key)
    with connection.execute(wanted, execution_options={"yield_per": FETCH}) as rows:
        for key, language, written in rows:
            answers = orjson.loads(written)
            for question in keys:
                text = answers.get(question)
                if isinstance(text, str) and not is_nothing_to_add(text):
                    named = comment_id(named_by, key[:_ID_BYTES].hex(), question)
                    note = notes.get((key, question), Note())
                    yield CommentedQuestion(named, key, question, text, language, may_be_quoted(answers), note)


def _notes(connection: Connection, survey_id: UUID) -> dict[tuple[bytes, str], Note]:
    of_note = (CommentNote.status, CommentNote.theme, CommentNote.is_quote, CommentNote.needs_person)
    columns = select(CommentNote.response_key, CommentNote.question, *of_note)
    rows = connection.execute(columns.where(CommentNote.survey_id == survey_id))
    return {(row[0], row[1]): Note(row[2], row[3], row[4], row[5]) for row in rows}
