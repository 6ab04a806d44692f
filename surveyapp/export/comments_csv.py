"""`comments.csv`: what people wrote, a line a comment, verbatim once the guard is removed.

Theme, status and action are the team's note beside a comment; without one it is `new`. The ordinary file has the words
beside a choice too, since no other ordinary file has any; it is ordered by the comments' own names, and nothing in it
says which response a comment is of.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import select

from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.guard import guarded
from surveyapp.export.rows import Batch, EditionKey, Snapshot, word_keys
from surveyapp.export.sorting import in_order
from surveyapp.model.comment_note import NEW, QUOTE_OK, CommentNote
from surveyapp.model.comments import comment_id
from surveyapp.model.installation import comment_key
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.response import id_of

HEADER = (
    "comment_id", "response_id", "question_key", "language", "text", "quote_ok", "theme", "status", "action_id",
)  # fmt: skip
ORDINARY_HEADER = ("comment_id", "question_key", "text", "quote_ok", "theme", "status", "action_id")
NO_NOTE = (None, NEW, None)
Notes = Mapping[tuple[str, str, str], tuple[str | None, str, str | None]]
"""Event key, response id and question, to theme, status and action."""


def header_of(taken: Snapshot) -> Sequence[str]:
    """The columns of the file as it is written."""
    return ORDINARY_HEADER if taken.is_ordinary else HEADER


def comments_csv(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes."""
    return csv_bytes(header_of(taken), _ordinary(taken) if taken.is_ordinary else _full(taken))


def _full(taken: Snapshot) -> Iterator[Iterable[tuple[object, ...]]]:
    asked = {
        number: [question.key for question in edition.linked if kind_of(question).cells == "text"]
        for number, edition in taken.editions.items()
    }
    return _lines_of(taken, asked)


def _ordinary(taken: Snapshot) -> Iterator[Iterable[tuple[object, ...]]]:
    words = {event.key: [key for key in word_keys(event) if taken.wants(key)] for event in taken.events}
    unblanked = taken.unblanked
    asked = {each: words[each[0]] for each in unblanked.editions}
    lines = (line for part in _lines_of(unblanked, asked) for line in part)
    return in_order((id_, key, *rest) for id_, _response, key, _language, *rest in lines)


def _lines_of(taken: Snapshot, asked: Mapping[EditionKey, list[str]]) -> Iterator[Iterable[tuple[object, ...]]]:
    if not any(asked.values()):
        return
    notes, key = _notes(taken), comment_key(taken.connection)
    for batch in taken.batches():
        yield _lines(batch, asked[batch.asked], notes, key)


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


def _lines(batch: Batch, keys: list[str], notes: Notes, named_by: bytes) -> Iterator[tuple[object, ...]]:
    for id_, language, answers in zip(batch.ids, batch.languages, batch.answers, strict=True):
        for key in keys:
            text = answers.get(key)
            if isinstance(text, str):
                quote_ok, note = answers.get(QUOTE_OK), notes.get((batch.asked[0], id_, key), NO_NOTE)
                yield comment_id(named_by, id_, key), id_, key, language, guarded(text), quote_ok, *note
