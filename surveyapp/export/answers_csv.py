"""`answers.csv`: the long table, verbatim once the guard is removed.

A line per answered or skipped question of the response's own edition, one per chosen item of a multiple choice (`item`
and `value_code` are then the item's code). What is only counted apart, and notes, never stand here.

The words typed beside a choice are the `value_text` of that choice's line. Where another choice was made after all,
they stay in the question's only line, or, in a multiple choice, in a line of their own with the item `other_text`
(which no choice may have as its code), so that no word is lost.

`value_number` is a rating's 5 to 1, a number or a 0 to 10; a rating has its `value_code` too.
"""

from collections.abc import Iterator, Sequence

from surveyapp.domain.answers import Answers, is_shown
from surveyapp.domain.questionnaire import Question
from surveyapp.export.columns import Record, records_of
from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.rows import Batch, Snapshot

HEADER = ("response_id", "question_key", "item", "state", "value_code", "value_number", "value_text")
SKIPPED = Record(state="skipped")
NOT_SHOWN = Record(state="not_shown")


def answers_csv(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes."""
    asked = {number: edition.linked for number, edition in taken.editions.items()}
    return csv_bytes(HEADER, (_lines(batch, asked[batch.asked]) for batch in taken.batches()))


def _lines(batch: Batch, asked: Sequence[Question]) -> Iterator[tuple[object, ...]]:
    for id_, answers in zip(batch.ids, batch.answers, strict=True):
        for question in asked:
            for record in _records(question, answers):
                yield (id_, question.key, *record)


def _records(question: Question, answers: Answers) -> Sequence[Record]:
    """What stands for a question: its answer, else whether it was skipped or never shown."""
    answered = tuple(records_of(question, answers))
    if answered:
        return answered
    return (SKIPPED if is_shown(question, answers) else NOT_SHOWN,)
