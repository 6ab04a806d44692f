"""`answers.csv`: the long table, verbatim once the guard is removed.

A line per answered or skipped question of the response's own edition, one per chosen item of a multiple choice (`item`
and `value_code` are then the item's code). What is only counted apart, and notes, never stand here.

The words typed beside a choice are the `value_text` of that choice's line. Where another choice was made after all,
they stay in the question's only line, or, in a multiple choice, in a line of their own with the item `other_text`
(which no choice may have as its code), so that no word is lost.

In the ordinary file what is blanked has one line with the state `blanked`, whether it was answered or not.

`value_number` is a rating's 5 to 1, a number or a 0 to 10; a rating has its `value_code` too.
"""

from collections.abc import Callable, Iterator, Sequence

from surveyapp.export.columns import Record, records_of
from surveyapp.export.csv_bytes import csv_bytes
from surveyapp.export.rows import Batch, Snapshot
from surveyapp.model.answers import Answers, is_shown
from surveyapp.model.kinds.reading import Answer
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question

HEADER = ("response_id", "question_key", "item", "state", "value_code", "value_number", "value_text")
SKIPPED = Record(state="skipped")
NOT_SHOWN = Record(state="not_shown")
BLANKED = Record(state="blanked")

RecordCells = tuple[object, ...]
"""A line after its `response_id`."""
RecordsOf = Callable[[Answers], Sequence[RecordCells]]


def answers_csv(taken: Snapshot) -> Iterator[bytes]:
    """The file in chunks of bytes."""
    asked = {
        edition: [(question.key, _told(question)) for question in each.linked]
        for edition, each in taken.editions.items()
    }
    return csv_bytes(HEADER, (_lines(batch, asked[batch.asked]) for batch in taken.batches()))


def _lines(batch: Batch, asked: Sequence[tuple[str, RecordsOf]]) -> Iterator[RecordCells]:
    for id_, answers, blanked in zip(batch.ids, batch.answers, batch.blanked, strict=True):
        for key, told in asked:
            if key in blanked:
                yield (id_, key, *BLANKED)
                continue
            for tail in told(answers):
                yield (id_, *tail)


def _told(question: Question) -> RecordsOf:
    """What gives a question's lines: where only one of a few codes can stand in them, they are made once each."""
    if not question.choices or question.other_choice or question.show_if or kind_of(question).cells == "flags":
        return lambda answers: _tails(question, answers)
    return _RecordCache(question).of


class _RecordCache(dict[Answer | None, Sequence[RecordCells]]):
    """A question's lines by its answer."""

    def __init__(self, question: Question) -> None:
        self._question = question

    def of(self, answers: Answers) -> Sequence[RecordCells]:
        return self[answers.get(self._question.key)]

    def __missing__(self, answer: Answer | None) -> Sequence[RecordCells]:
        self[answer] = _tails(self._question, {} if answer is None else {self._question.key: answer})
        return self[answer]


def _tails(question: Question, answers: Answers) -> list[RecordCells]:
    """What stands for a question: its answer, else whether it was skipped or never shown."""
    answered = list(records_of(question, answers))
    if not answered:
        answered = [SKIPPED if is_shown(question, answers) else NOT_SHOWN]
    return [(question.key, *record) for record in answered]
