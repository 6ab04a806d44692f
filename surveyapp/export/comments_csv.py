"""`comments.csv`: what people wrote, a line a comment, verbatim once the guard is removed.

Theme and action stay empty, and the status is `new`, until comments are worked on.
"""

from collections.abc import Iterator

from surveyapp.domain.comments import comment_id
from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.guard import guarded
from surveyapp.export.rows import Batch, Snapshot

HEADER = (
    "comment_id", "response_id", "question_key", "language", "text", "quote_ok", "theme", "status", "action_id",
)  # fmt: skip
QUOTE_OK = "quote_ok"
NEW = "new"


def comments_csv(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes."""
    asked = {
        number: [question.key for question in edition.linked if question.kind == "comment"]
        for number, edition in taken.editions.items()
    }
    batches = taken.batches() if any(asked.values()) else ()
    return csv_bytes(HEADER, (_lines(batch, asked[batch.asked]) for batch in batches))


def _lines(batch: Batch, keys: list[str]) -> Iterator[tuple[object, ...]]:
    for id_, language, answers in zip(batch.ids, batch.languages, batch.answers, strict=True):
        for key in keys:
            text = answers.get(key)
            if isinstance(text, str):
                quote_ok = answers.get(QUOTE_OK)
                yield comment_id(id_, key), id_, key, language, guarded(text), quote_ok, None, NEW, None
