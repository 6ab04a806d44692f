"""`quotes.csv`: comments that somebody has read and chosen, of people who agreed that their words are used.

No name of the comment or of the response: nothing here leads to anybody's other answers.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, and_, select

from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.guard import guarded, guarded_line
from surveyapp.export.rows import ExportedSurvey, Snapshot
from surveyapp.figures.tally import questions_of
from surveyapp.model.comment_note import NEW, CommentNote, may_be_quoted
from surveyapp.model.comments import comment_id
from surveyapp.model.installation import comment_key
from surveyapp.model.questionnaire import localized
from surveyapp.model.response import Response, id_of, that_counts

HEADER = ("question_key", "question", "theme", "quote")


def quotes_csv(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes, by question; quotes of one question in no order of time."""
    (event,) = taken.events
    editions = list(event.editions.values())
    language = editions[-1].language if editions else "en"
    asked = {question.key: localized(question.words, language, "standard")[0] for question in questions_of(editions)}
    quotes = sorted(_quotes(taken, event))
    rows = ((key, guarded_line(asked.get(key)), guarded(theme), guarded(text)) for key, _id, theme, text in quotes)
    return csv_bytes(HEADER, [rows])


def _quotes(taken: Snapshot, event: ExportedSurvey) -> Iterator[tuple[str, str, str, str]]:
    """Question, a random order's mark, theme and words."""
    named_by, telling = comment_key(taken.connection), event.telling
    for key, question, theme, answers in taken.connection.execute(_chosen(event)):
        text = answers.get(question)
        if may_be_quoted(answers) and isinstance(text, str) and question not in telling:
            yield question, comment_id(named_by, id_of(key), question), theme, text


def _chosen(event: ExportedSurvey) -> Select[*tuple[Any, ...]]:
    beside = and_(Response.survey_id == CommentNote.survey_id, Response.key == CommentNote.response_key)
    columns = select(Response.key, CommentNote.question, CommentNote.theme, Response.answers).join(Response, beside)
    chosen = (CommentNote.is_quote, CommentNote.status != NEW, Response.finished)
    return columns.where(*that_counts(event.survey_id), *chosen)
