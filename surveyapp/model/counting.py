"""Counters of what people answered, so that a page of figures costs the same at a hundred and at a million responses.

A response is counted once, when it may be shown (`counted` marks it), and uncounted in the transaction that takes it
back. What is shown but not counted yet is counted by whoever looks: figures are exact at any moment.

Counters hold what was answered, by the edition that asked it, and nothing that a later edition could change: which
codes count, and who wasn't asked a question that came later, is worked out from them (`surveyapp.figures.counters`).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nsmallest
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    String,
    Table,
    Text,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.model.answers import codes_of
from surveyapp.model.base import Base
from surveyapp.model.blanking import blanked_always
from surveyapp.model.comments import comment_id, is_nothing_to_add
from surveyapp.model.document import read_questionnaire
from surveyapp.model.installation import comment_key
from surveyapp.model.kinds import Answer
from surveyapp.model.questionnaire import MISSING_CODES, Question, Questionnaire
from surveyapp.model.response import Response, few, id_of, that_counts
from surveyapp.model.saving import insert_into
from surveyapp.model.survey import REHEARSAL, Edition, Survey

SLICE = 10_000  # rows in memory at once
LISTED = 200  # comments of a question that a page of figures lists

WHOLE, GROUP, VIEW, LANGUAGE = "", "group", "view", "language"
"""What is broken down: nothing, or by one of these."""

# What stands in the place of an answer; no code has brackets or a capital.
RESPONSES, FOLLOW_UPS = "(responses)", "(follow-ups)"
NOT_SHOWN = "(not shown)"
PEOPLE = "(people)"  # chose something of several choices, and something that always counts
ONLY = "(only)"  # chose nothing but these, which may be left out of figures: "(only)dont_know+not_sure"
WROTE, NOTHING = "(wrote)", "(nothing to add)"
TOLD = "(told)"  # who somebody is: nothing is counted but that they answered
UP, SAME, DOWN = "(up)", "(same)", "(down)"  # now against before, under the key of `<stem>_now`

Fact = tuple[str, str]
"""A question's key (empty: of the response itself) and what was answered."""

CountKey = tuple[int, str, str, str, str]
"""Edition, dimension, cell, question and value."""

Counts = Counter[CountKey]
Facts = Callable[[Answer], Sequence[Fact]]


class FigureCount(Base):
    """How many gave one answer, in one cell of a breakdown: of responses that may be shown, and were counted."""

    __tablename__ = "figure_count"
    __table_args__ = ({"sqlite_with_rowid": False},)

    survey_id: Mapped[UUID] = mapped_column(ForeignKey(Survey.id), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    dimension: Mapped[str] = mapped_column(String(10), primary_key=True)
    cell: Mapped[str] = mapped_column(String(60), primary_key=True)
    question: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(String(64), primary_key=True)
    n: Mapped[int]


COUNT: Table = FigureCount.metadata.tables["figure_count"]
RESPONSE: Table = Response.metadata.tables["response"]
_KEY = ("edition", "dimension", "cell", "question", "value")
_ANSWERED = (
    RESPONSE.c.key, RESPONSE.c.edition, RESPONSE.c.group, RESPONSE.c.view, RESPONSE.c.language, RESPONSE.c.follows,
    cast(RESPONSE.c.answers, Text),
)  # fmt: skip


def that_is_uncounted(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Which of a survey's responses may be shown and aren't in the counters yet."""
    return (*that_counts(survey_id), Response.counted.is_(False))


def that_waits_to_be_counted() -> tuple[ColumnElement[bool], ...]:
    """Which responses of any survey aren't counted: not released yet, or released since the counters were written."""
    here = (Response.counted.is_(False), Response.finished.is_(True), Response.withdrawn.is_(False))
    return (*here, Response.source != REHEARSAL)


def that_is_counted(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Which of a survey's responses are in the counters."""
    return (*that_counts(survey_id), Response.counted.is_(True))


@dataclass(slots=True)
class Counting:
    """Counts responses given one by one, in memory that doesn't grow with them.

    `comments` holds, by question, names and keys of comments that say something: all that came in since `keep_least`.
    """

    editions: Sequence[Questionnaire]
    comment_key: bytes
    responses: int = 0
    comments: defaultdict[str, list[tuple[str, bytes]]] = field(default_factory=lambda: defaultdict(list))
    _plans: dict[int, "_Plan"] = field(init=False)
    _strata: defaultdict[tuple[int, str | None, str, str], Counter[Fact]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    def __post_init__(self) -> None:
        """Work out once how each edition's answers are counted."""
        telling = blanked_always(self.editions)
        self._plans = {number: _Plan(edition, telling) for number, edition in enumerate(self.editions, start=1)}

    def fold(self, rows: Iterable[Sequence[Any]]) -> "Counting":
        """Take in responses. Raises KeyError for an edition that the survey hasn't."""
        for key, edition, group, view, language, follows, written in rows:
            stratum = self._strata[edition, group, view, language]
            facts = self._plans[edition].facts(answers_in(written))
            stratum.update(facts)
            stratum[_RESPONSE] += 1
            stratum[_FOLLOW_UP] += follows is not None
            self.responses += 1
            for question, value in facts:
                if value == WROTE:
                    self.comments[question].append((comment_id(self.comment_key, id_of(key), question), key))
        return self

    def emptied(self) -> "Counting":
        """A count of the same survey that nothing was taken into."""
        return Counting(self.editions, self.comment_key)

    def keep_least(self) -> None:
        """Let go of the comments that won't be listed."""
        for question, found in self.comments.items():
            self.comments[question] = nsmallest(LISTED, found)

    def least_comments(self, rows: Iterable[Sequence[Any]]) -> Mapping[str, list[tuple[str, Sequence[Any], str]]]:
        """The comments of some responses that are listed, by question: their name, their response and their words."""
        found: defaultdict[str, list[tuple[str, Sequence[Any], str]]] = defaultdict(list)
        for row in rows:
            answers = answers_in(row[-1])
            for question in self._plans[row[1]].comments_in(answers):
                found[question].append(
                    (comment_id(self.comment_key, id_of(row[0]), question), row, str(answers[question]))
                )
        return {question: nsmallest(LISTED, every, key=itemgetter(0)) for question, every in found.items()}

    @property
    def listed(self) -> frozenset[bytes]:
        """The keys of the responses of which a comment is listed."""
        self.keep_least()
        return frozenset(key for found in self.comments.values() for _name, key in found)

    @property
    def counts(self) -> Counts:
        """All counters: of the whole event, and by group, view and language."""
        counts: Counts = Counter()
        for (edition, group, view, language), facts in self._strata.items():
            for dimension, cell in ((WHOLE, ""), (GROUP, group or ""), (VIEW, view), (LANGUAGE, language)):
                for (question, value), n in facts.items():
                    counts[edition, dimension, cell, question, value] += n
        return +counts


_RESPONSE, _FOLLOW_UP = ("", RESPONSES), ("", FOLLOW_UPS)


class _Plan:
    """How the answers of one edition are counted; of those that are `telling` who somebody is, only that they are."""

    def __init__(self, edition: Questionnaire, telling: frozenset[str]) -> None:
        self._questions = [
            (
                question.key,
                question.show_if and (question.show_if.key, frozenset(question.show_if.codes)),
                _reads(question, is_telling=question.key in telling),
            )
            for question in edition.linked
        ]
        keys = {one.key for one in edition.linked if one.kind == "rating5" and one.key not in telling}
        stems = sorted(key.removesuffix("_before") for key in keys if key.endswith("_before"))
        self._pairs = [(f"{stem}_before", f"{stem}_now") for stem in stems if f"{stem}_now" in keys]

        self._comments = [one.key for one in edition.linked if one.kind == "comment" and one.key not in telling]
        self._has_conditions = any(condition for _key, condition, _read in self._questions)

    def comments_in(self, answers: Mapping[str, Answer]) -> list[str]:
        """Which comments of one response say something."""
        if self._has_conditions:
            return [key for key, value in self.facts(answers) if value == WROTE]
        return [key for key in self._comments if key in answers and not is_nothing_to_add(str(answers[key]))]

    def facts(self, answers: Mapping[str, Answer]) -> list[Fact]:
        """What one response adds; a question that was asked and skipped adds nothing."""
        found: list[Fact] = []
        shown: dict[str, Answer] = {}
        for key, condition, reads in self._questions:
            if condition and condition[1].isdisjoint(codes_of(shown.get(condition[0]))):
                found.append((key, NOT_SHOWN))
            elif (answer := answers.get(key)) is not None:
                shown[key] = answer
                found += reads(answer)
        for before, now in self._pairs:
            found += _change(now, shown.get(before), shown.get(now))
        return found


def _reads(question: Question, *, is_telling: bool) -> Facts:
    """What an answer to a question adds, by its kind."""
    key = question.key
    if is_telling:
        told = ((key, TOLD),)
        return lambda _answer: told
    if question.kind == "comment":
        wrote, nothing = ((key, WROTE),), ((key, NOTHING),)
        return lambda answer: nothing if is_nothing_to_add(str(answer)) else wrote
    if question.kind in ("number", "nps"):
        return lambda answer: ((key, str(answer)),)
    if question.kind == "multiple":
        codes = frozenset(question.codes)
        return lambda answer: _several(key, codes.intersection(codes_of(answer)))
    known = {code: ((key, code),) for code in question.codes}
    return lambda answer: known.get(str(answer), ())


def _several(key: str, codes: frozenset[str]) -> Sequence[Fact]:
    """Each code, and once the person: by what they chose alone where that may be left out of figures."""
    if not codes:
        return ()
    person = PEOPLE if codes - MISSING_CODES else ONLY + "+".join(sorted(codes))
    return [(key, person), *((key, code) for code in codes)]


def _change(key: str, before: Answer | None, now: Answer | None) -> Sequence[Fact]:
    """Up, same or down, where both were rated."""
    if before is None or now is None or before in MISSING_CODES or now in MISSING_CODES:
        return ()
    difference = int(str(now)) - int(str(before))
    return ((key, UP if difference > 0 else DOWN if difference < 0 else SAME),)


def editions_of(connection: Connection, survey_id: UUID) -> list[Questionnaire]:
    """Every edition of a survey, in order."""
    documents = select(cast(Edition.document, Text)).where(Edition.survey_id == survey_id).order_by(Edition.number)
    return [_read(document) for document in connection.scalars(documents)]


@lru_cache(maxsize=100)
def _read(document: str) -> Questionnaire:
    """A document, parsed once for many looks at the figures of its answers."""
    return read_questionnaire(orjson.loads(document))


def counting_of(connection: Connection, survey_id: UUID) -> Counting:
    """A new count of a survey."""
    return Counting(editions_of(connection, survey_id), comment_key(connection))


def count_released(connection: Connection, survey_id: UUID) -> int:
    """Count what may be shown and isn't counted yet; see `release_and_count`."""
    return release_and_count(connection, survey_id, *that_is_uncounted(survey_id))


def release_and_count(connection: Connection, survey_id: UUID, *which: ColumnElement[bool]) -> int:
    """Mark responses as released and counted, and count exactly those that were marked; returns how many.

    The caller commits, and holds the survey's row, so that nobody counts or takes back meanwhile.
    """
    counting = counting_of(connection, survey_id)
    some = few(*which, RESPONSE.c.counted.is_(False), limit=SLICE)
    marked = update(RESPONSE).where(*some).values(released=True, counted=True).returning(*_ANSWERED)
    while rows := connection.execute(marked).all():
        counting.fold(rows)
        counting.keep_least()
    if counting.responses:
        _add(connection, survey_id, counting.counts)
        _list(connection, survey_id, counting)
    return counting.responses


def uncount(connection: Connection, survey_id: UUID, *which: ColumnElement[bool]) -> None:
    """Take responses out of the counters, in the transaction that empties them; the caller holds the survey's row."""
    counted = select(*_ANSWERED).where(*that_is_counted(survey_id), *which)
    counting = counting_of(connection, survey_id).fold(connection.execute(counted))
    _add(connection, survey_id, {key: -n for key, n in counting.counts.items()})


def stored_counts(connection: Connection, survey_id: UUID, *dimensions: str) -> Counts:
    """The counters as they are stored: all, or those of some dimensions, and of the others how many responses."""
    wanted = select(*(COUNT.c[name] for name in _KEY), COUNT.c.n).where(COUNT.c.survey_id == survey_id)
    if dimensions:
        wanted = wanted.where(or_(COUNT.c.dimension.in_(dimensions), COUNT.c.question == ""))
    return Counter({(edition, *key): n for edition, *key, n in connection.execute(wanted)})


def responses_counted(connection: Connection, survey_id: UUID) -> int:
    """How many responses are in the counters."""
    here = (COUNT.c.survey_id == survey_id, COUNT.c.dimension == WHOLE, COUNT.c.value == RESPONSES)
    return connection.scalar(select(func.coalesce(func.sum(COUNT.c.n), 0)).where(*here)) or 0


def counted_anew(connection: Connection, survey_id: UUID) -> Counting:
    """What the counters should hold, counted from the rows."""
    return _folded(connection, survey_id, *that_is_counted(survey_id))


def not_counted_yet(connection: Connection, survey_id: UUID) -> Counting:
    """What whoever looks counts themselves: responses that may be shown and aren't in the counters."""
    return _folded(connection, survey_id, *few(*that_is_uncounted(survey_id)))


def _folded(connection: Connection, survey_id: UUID, *which: ColumnElement[bool]) -> Counting:
    counting = counting_of(connection, survey_id)
    with connection.execute(select(*_ANSWERED).where(*which), execution_options={"yield_per": SLICE}) as result:
        for part in result.partitions():
            counting.fold(part)
            counting.keep_least()
    return counting


@dataclass(frozen=True, slots=True)
class Recounted:
    """Whether the counters, and the marks of listed comments, are as the rows have it."""

    counts_are_right: bool
    lists_are_right: bool

    @property
    def is_right(self) -> bool:
        """Whether there is nothing to mend."""
        return self.counts_are_right and self.lists_are_right


def recounted(connection: Connection, survey_id: UUID) -> Recounted:
    """Compare the counters with a recount from the rows, in one snapshot.

    Lists are as they were counted in: where a listed comment was taken back, they are filled up by `mend`.
    """
    counting = counted_anew(connection, survey_id)
    listed = {row[0] for row in listed_rows(connection, survey_id)}
    return Recounted(stored_counts(connection, survey_id) == counting.counts, listed == counting.listed)


def mend(connection: Connection, survey_id: UUID) -> None:
    """Write the counters and the marks of listed comments as the rows have it; the caller holds the survey's row."""
    counting = counted_anew(connection, survey_id)
    connection.execute(delete(COUNT).where(COUNT.c.survey_id == survey_id))
    _add(connection, survey_id, counting.counts)
    _mark_listed(connection, survey_id, counting.listed)


def _add(connection: Connection, survey_id: UUID, counts: Mapping[CountKey, int]) -> None:
    """Add to the counters; one that falls to nothing goes, as it would tell what was taken back."""
    rows = [{"survey_id": survey_id, **dict(zip(_KEY, key, strict=True)), "n": n} for key, n in counts.items()]
    if not rows:
        return
    adding = insert_into(COUNT, connection.dialect.name)
    again = {"n": COUNT.c.n + adding.excluded.n}
    connection.execute(adding.on_conflict_do_update(index_elements=["survey_id", *_KEY], set_=again), rows)
    connection.execute(delete(COUNT).where(COUNT.c.survey_id == survey_id, COUNT.c.n == 0))


def _list(connection: Connection, survey_id: UUID, counting: Counting) -> None:
    """Mark the responses of which a comment is listed now: the least names of those listed before and the new ones."""
    before = counting_of(connection, survey_id).fold(listed_rows(connection, survey_id))
    for question, found in before.comments.items():
        counting.comments[question] += found
    _mark_listed(connection, survey_id, counting.listed)


def listed_rows(connection: Connection, survey_id: UUID) -> Sequence[Sequence[Any]]:
    """The counted responses of which a comment is listed."""
    marked = few(Response.survey_id == survey_id, Response.listed.is_(True))
    return connection.execute(select(*_ANSWERED).where(*marked, *that_is_counted(survey_id))).all()


def rows_to_list(connection: Connection, survey_id: UUID, new: Counting) -> Sequence[Sequence[Any]]:
    """The responses of which a comment is listed: of those that are counted, and of `new` ones."""
    listed = listed_rows(connection, survey_id)
    if not new.listed:
        return listed
    here = (RESPONSE.c.survey_id == survey_id, RESPONSE.c.key.in_(new.listed))
    return [*listed, *connection.execute(select(*_ANSWERED).where(*here))]


def answers_in(written: str) -> dict[str, Answer]:
    """The answers of a response as they are read here: the text of their JSON."""
    answers: dict[str, Answer] = orjson.loads(written)
    return answers


def _mark_listed(connection: Connection, survey_id: UUID, keys: frozenset[bytes]) -> None:
    before = {row[0] for row in listed_rows(connection, survey_id)}
    for is_listed, changed in ((False, before - keys), (True, keys - before)):
        if changed:
            here = (RESPONSE.c.survey_id == survey_id, RESPONSE.c.key.in_(changed))
            connection.execute(update(RESPONSE).where(*here).values(listed=is_listed))


def write_counters_anew(connection: Connection, survey_id: UUID, shuffle: Callable[[list[Any]], None]) -> None:
    """Write a survey's counters anew in random order: none shows then with which response it last changed."""
    here = COUNT.c.survey_id == survey_id
    rows = [dict(row._mapping) for row in connection.execute(select(COUNT).where(here))]
    shuffle(rows)
    connection.execute(delete(COUNT).where(here))
    if rows:
        connection.execute(insert(COUNT), rows)
