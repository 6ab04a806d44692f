"""Counting answers in one pass, with small counters that take in further responses at any time and in any order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from surveyapp.model.answers import is_shown
from surveyapp.model.blanking import blanked_always
from surveyapp.model.comments import comment_id, is_nothing_to_add
from surveyapp.model.kinds.reading import Answer, codes_of
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question, Questionnaire

NOTHING_TO_ADD = "nothing_to_add"
WITHOUT = ""
"""The cell of a breakdown for those whom no group, or no answer, puts into another."""


@dataclass(frozen=True, slots=True)
class CountedResponse:
    """The plain facts of one finished response; `id` is its 16 hex digits, `edition` counts from 1."""

    id: str
    answers: Mapping[str, Answer]
    group: str | None = None
    view: str = "standard"
    language: str = "en"
    follows: bool = False
    edition: int = 1


class Contribution(NamedTuple):
    """What one response adds to one question's count."""

    values: tuple[str, ...] = ()
    counts: bool = True
    shown: bool = True
    comment: tuple[str, str] | None = None


NOT_SHOWN = Contribution(shown=False)
COUNTED = Contribution()


@dataclass(slots=True)
class Count:
    """One question's counters: people who answered, of them those who count, those not asked, and each value.

    `wrote` is how many comments say something; `comments` those of them that are kept.
    """

    answered: int = 0
    n: int = 0
    not_shown: int = 0
    values: Counter[str] = field(default_factory=Counter)
    wrote: int = 0
    comments: list[tuple[str, str]] = field(default_factory=list)

    def add(self, mark: Contribution) -> None:
        """Take in one response's answer."""
        if not mark.shown:
            self.not_shown += 1
            return
        self.answered += 1
        self.n += mark.counts
        for value in mark.values:
            self.values[value] += 1
        if mark.comment:
            self.wrote += 1
            self.comments.append(mark.comment)


@dataclass(slots=True)
class CellCounts:
    """The counters of some responses: of all, or of one cell of a breakdown. `changes` holds up, same, down by stem."""

    responses: int = 0
    follow_ups: int = 0
    counts: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    changes: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


class Tally:
    """All counters of one survey. `by` names its breakdowns: "group", "view", "language" or a question's key.

    `telling` are the keys of what tells who somebody is, of which nothing is counted but how many answered.

    Without `comments` they are counted and not kept: what shows none needs no memory for them. Kept ones are named by
    `comment_key`, the installation's; whatever shows no names needs none.
    """

    def __init__(
        self,
        editions: Questionnaire | Sequence[Questionnaire],
        by: Sequence[str] = ("group",),
        *,
        comments: bool = True,
        comment_key: bytes = b"",
    ) -> None:
        documents = (editions,) if isinstance(editions, Questionnaire) else tuple(editions)
        self._editions = dict(enumerate(documents, start=1))
        self.questions = questions_of(documents)
        self.telling = blanked_always(documents)
        self._linked = {question.key: question for question in self.questions if question.linked}
        self.pairs = tuple(pairs_of({key: one for key, one in self._linked.items() if key not in self.telling}))
        self._keeps_comments = comments
        self._comment_key = comment_key
        self.whole = CellCounts()
        self.parts: dict[str, dict[str, CellCounts]] = {name: {} for name in by}

    def fold(self, responses: Iterable[CountedResponse]) -> "Tally":
        """Take in all of these; each response must be given once."""
        for answered in responses:
            self.add(answered)
        return self

    def add(self, answered: CountedResponse) -> None:
        """Take in one finished response. Raises KeyError for an edition that the tally doesn't know."""
        marks = dict(self._marks(answered))
        changes = [(stem, _change(marks.get(before), marks.get(now))) for stem, before, now in self.pairs]
        for sheet in self._sheets(answered):
            sheet.responses += 1
            sheet.follow_ups += answered.follows
            for key, mark in marks.items():
                sheet.counts[key].add(mark)
            for stem, change in changes:
                sheet.changes[stem].update(change)

    def _sheets(self, answered: CountedResponse) -> Iterator[CellCounts]:
        yield self.whole
        for name, cells in self.parts.items():
            for cell in _cells(answered, name):
                yield cells.setdefault(cell, CellCounts())

    def _marks(self, answered: CountedResponse) -> Iterator[tuple[str, Contribution]]:
        """A mark for each question that was answered or not shown; by the edition that the person saw."""
        edition = self._editions[answered.edition]
        unasked = set(self._linked)
        shown: dict[str, Answer] = {}
        for question in edition.linked:
            answer = answered.answers.get(question.key)
            if not is_shown(question, shown):
                continue
            unasked.discard(question.key)
            if answer is not None:
                shown[question.key] = answer
        for key, answer in shown.items():
            mark = self._mark(self._linked[key], answer, answered.id) if key in self._linked else None
            if mark and mark.comment and not self._keeps_comments:
                mark = COUNTED
            if mark:
                yield key, mark
        yield from ((key, NOT_SHOWN) for key in unasked)

    def _mark(self, question: Question, answer: Answer, response_id: str) -> Contribution | None:
        if question.key in self.telling:
            return COUNTED
        if kind_of(question).figures == "comments":
            return self._comment_mark(question, str(answer), response_id)
        if not kind_of(question).has_choices:
            return Contribution((str(answer),))
        known = tuple(code for code in dict.fromkeys(codes_of(answer)) if code in question.codes)
        return Contribution(known, any(code in question.counting_codes for code in known)) if known else None

    def _comment_mark(self, question: Question, text: str, response_id: str) -> Contribution:
        if is_nothing_to_add(text):
            return Contribution((NOTHING_TO_ADD,))
        return Contribution(comment=(comment_id(self._comment_key, response_id, question.key), text))


def questions_of(editions: Sequence[Questionnaire]) -> tuple[Question, ...]:
    """Every question ever asked: in the latest wording and order, those taken out since at the end."""
    merged: dict[str, Question] = {}
    for questionnaire in reversed(editions):
        for question in questionnaire.asking:
            latest = merged.get(question.key, question)
            gone = tuple(choice for choice in question.choices if choice.code not in latest.codes)
            merged[question.key] = replace(latest, choices=latest.choices + gone)
    return tuple(merged.values())


def pairs_of(questions: Mapping[str, Question]) -> Iterator[tuple[str, str, str]]:
    """Ratings that ask for the time before and for now: their stem and both keys, `<stem>_before`, `<stem>_now`."""
    ratings = [key for key, question in questions.items() if kind_of(question).figures == "rating"]
    for key in ratings:
        stem = key.removesuffix("_before")
        if stem != key and f"{stem}_now" in ratings:
            yield stem, key, f"{stem}_now"


def _change(before: Contribution | None, now: Contribution | None) -> tuple[str, ...]:
    """Up, same or down, where both were rated in this response."""
    if not (before and now and before.shown and now.shown and before.counts and now.counts):
        return ()
    difference = int(now.values[0]) - int(before.values[0])
    return ("up" if difference > 0 else "down" if difference < 0 else "same",)


def _cells(answered: CountedResponse, name: str) -> tuple[str, ...]:
    """The cells of a breakdown that a response belongs to; several where a question takes several answers."""
    if name == "group":
        return (answered.group or WITHOUT,)
    if name in ("view", "language"):
        return (answered.view if name == "view" else answered.language,)
    return codes_of(answered.answers.get(name)) or (WITHOUT,)
