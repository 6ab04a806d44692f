"""`comments.csv`: what people wrote, a line a comment, verbatim once the guard is removed.

Theme, status and action are the team's note beside a comment; without one it is `new`.
"""

from collections.abc import Iterator, Mapping

from sqlalchemy import select

from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.guard import guarded
from surveyapp.export.rows import Batch, Snapshot, id_of
from surveyapp.model.comment_note import NEW, QUOTE_OK, CommentNote
from surveyapp.model.comments import comment_id

HEADER = (
    "comment_id", "response_id", "question_key", "language", "text", "quote_ok", "theme", "status", "action_id",
)  # fmt: skip
NO_NOTE = (None, NEW, None)
Notes = Mapping[tuple[str, str, str], tuple[str | None, str, str | None]]
"""Event key, response id and question, to theme, status and action."""


def comments_csv(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes."""
    asked = {
        number: [question.key for question in edition.linked if question.kind == "comment"]
        for number, edition in taken.editions.items()
    }
    notes = _notes(taken) if any(asked.values()) else {}
    batches = taken.batches() if any(asked.values()) else ()
    return csv_bytes(HEADER, (_lines(batch, asked[batch.asked], notes) for batch in batches))


def _notes(taken: Snapshot) -> Notes:
    """The notes, which people write one by one: few enough to be held."""
    events = {event.survey_id: event.key for event in taken.events}
    rows = taken.connection.execute(select(CommentNote.__table__).where(CommentNote.survey_id.in_(events)))
    return {
        (events[note.survey_id], id_of(note.response_key), note.question): (
            guarded(note.theme), note.status, str(note.action_id) if note.action_id else None,
        )
        for note in rows
    }  # fmt: skip


def _lines(batch: Batch, keys: list[str], notes: Notes) -> Iterator[tuple[object, ...]]:
    for id_, language, answers in zip(batch.ids, batch.languages, batch.answers, strict=True):
        for key in keys:
            text = answers.get(key)
            if isinstance(text, str):
                quote_ok, note = answers.get(QUOTE_OK), notes.get((batch.asked[0], id_, key), NO_NOTE)
                yield comment_id(id_, key), id_, key, language, guarded(text), quote_ok, *note
