"""The one iterator over responses that feeds every file, so that no file can differ from another.

It reads columns, never ORM objects, by a server-side cursor, in the order of the random keys: the order of rows says
nothing about who came first, and memory stays flat however many there are.

The ordinary files keep their columns and blank what singles people out; the full ones blank nothing. Those of a survey
whose answers are shown openly blank only what tells who somebody is: answers to a question for a name, a phone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypedDict, Unpack
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import Connection, Engine, Select, Subquery, Text, and_, cast, literal, or_, select
from sqlalchemy.exc import NoResultFound

from surveyapp.db import sessions as db
from surveyapp.figures.suppression import ENOUGH
from surveyapp.figures.tally import questions_of
from surveyapp.model.answers import Answers, fitting
from surveyapp.model.asking_who import marked_as_it_seems
from surveyapp.model.blanking import GROUP, blanked_always
from surveyapp.model.document import read_questionnaire
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question, Questionnaire, other_text_key
from surveyapp.model.response import Response, id_of, that_counts, that_was_begun, that_was_tried
from surveyapp.model.stored_blanks import all_blanked, stored_columns
from surveyapp.model.survey import Edition, Survey, event_key_of, is_shown_openly, today_at

FETCH = 1000  # rows a round trip to the database
BATCH = 200  # responses at work: few enough to stay in the processor's cache
COLUMNS = (
    "edition", "key", "day", "group", "view", "language", "source", "finished", "late", "follows", "blanked",
    "answers",
)  # fmt: skip
RESPONSE = Response.__table__
DRAFT = 1  # the edition that a draft would be


EditionKey = tuple[str, int | None]
"""One edition of one event: the event's key and the edition's number; None where the edition is blanked."""
NOTHING: frozenset[str] = frozenset()


class Batch(NamedTuple):
    """Some responses of one edition, by column: what stands first in each is of the first response.

    By column, since each step is then one call for all of them; whatever writes rows zips the columns it needs.
    What is blanked is None, and among the answers it is not there: `blanked` says which keys that is.
    """

    asked: EditionKey
    ids: Sequence[str]
    days: Sequence[date | None]
    groups: Sequence[str | None]
    views: Sequence[str | None]
    languages: Sequence[str | None]
    sources: Sequence[str | None]
    finished: Sequence[bool]
    late: Sequence[bool | None]
    follows: Sequence[str | None]
    blanked: Sequence[frozenset[str]]
    answers: Sequence[Answers]


@dataclass(frozen=True, slots=True)
class ExportedSurvey:
    """A survey as it is exported: its key (empty if it never opened) and its editions by number, oldest first.

    `is_over` once its answers were released, or deleted: then there are figures that may be passed on.
    """

    survey_id: UUID
    title: str
    key: str
    editions: Mapping[int, Questionnaire]
    shows_openly: bool = False
    is_over: bool = False

    @property
    def telling(self) -> frozenset[str]:
        """Under which keys answers tell who somebody is, or hang on such answers: in the full files alone."""
        return blanked_always(list(self.editions.values()))

    @property
    def merged(self) -> Questionnaire | None:
        """All its editions as one, in the newest words: rows whose edition is blanked are read by it."""
        editions = [*self.editions.values()]
        return replace(editions[-1], questions=questions_of(editions)) if editions else None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One survey, or the events of a series (oldest first), at one moment.

    `made_on` is the latest event's own day; equality totals of fewer people than `equality_limit` are withheld, and
    none at all are wanted where that is None. In what may be passed on, groups of fewer than `small_group` are.
    `full` blanks nothing. `rehearsal` holds what the organisers tried out themselves, as answers to the draft, and
    nothing of anybody else. `labels` is the language of words beside codes, where they are in it.

    `questions` are the keys of those that are wanted, all where there are none; `edition` the only one that is wanted.
    What is blanked is blanked by all questions whatever is wanted of them.
    """

    title: str
    events: tuple[ExportedSurvey, ...]
    made_on: date
    connection: Connection
    unfinished: bool = False
    equality_limit: int | None = None
    small_group: int = ENOUGH
    full: bool = False
    rehearsal: bool = False
    labels: str = ""
    questions: frozenset[str] = frozenset()
    edition: int | None = None

    @property
    def is_ordinary(self) -> bool:
        """Whether what singles people out is blanked; where all answers are shown openly there is nothing to blank."""
        return not self.full and not self.rehearsal and not all(event.shows_openly for event in self.events)

    @property
    def unblanked(self) -> "Snapshot":
        """The same, with nothing blanked."""
        return replace(self, full=True)

    @property
    def is_series(self) -> bool:
        """Whether several events are in it."""
        return len(self.events) > 1

    @property
    def key(self) -> str:
        """The event's key; of a series, its title as one."""
        return event_key_of(self.title, None, set()) if self.is_series else self.events[0].key

    @property
    def editions(self) -> dict[EditionKey, Questionnaire]:
        """Every edition of every event, the newest last; one for all of an event where editions are blanked.

        Only what is wanted is in it.
        """
        return {asked: self._wanted_of(each) for asked, each in self.all_editions.items() if self._is_wanted(asked[1])}

    @property
    def all_editions(self) -> dict[EditionKey, Questionnaire]:
        """The same, whatever is wanted."""
        if self.is_ordinary:
            return {(event.key, None): event.merged for event in self.events if event.merged}
        return {(event.key, number): asked for event in self.events for number, asked in event.editions.items()}

    @property
    def is_part(self) -> bool:
        """Whether only some questions or one edition are wanted."""
        return bool(self.questions) or self.edition is not None

    def wants(self, key: str) -> bool:
        """Whether the answers under a key are wanted."""
        return not self.questions or key.partition("__")[0] in self.questions

    def _is_wanted(self, number: int | None) -> bool:
        return self.edition is None or number is None or number == self.edition

    def _wanted_of(self, asked: Questionnaire) -> Questionnaire:
        if not self.questions:
            return asked
        return replace(asked, questions=tuple(one for one in asked.questions if self.wants(one.key)))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that questions and answers were asked in, the one they were written in first."""
        newest_first = reversed(self.editions.values())
        return tuple(dict.fromkeys(tag for edition in newest_first for tag in edition.languages)) or ("en",)

    @property
    def label_language(self) -> str:
        """The language of the words beside codes: the one asked for, else the one that they were written in."""
        return self.labels or self.languages[0]

    def batches(self) -> Iterator[Batch]:
        """The responses event by event, ordered by their key; each call reads them anew, and all the same."""
        for event in self.events:
            batch = self._reading(event)
            with self.connection.execute(self.responses(event), execution_options={"yield_per": FETCH}) as result:
                for part in result.partitions(BATCH):
                    for edition, run in groupby(part, key=itemgetter(0)):
                        yield batch((event.key, edition), run)

    def hidden(self, event: ExportedSurvey) -> frozenset[str]:
        """Under which keys an event's answers are blanked in every row."""
        if self.full or self.rehearsal:
            return NOTHING
        return event.telling.union(word_keys(event)) if self.is_ordinary else event.telling

    def _reading(self, event: ExportedSurvey) -> Callable[[EditionKey, Iterable[Any]], Batch]:
        """How an event's rows become batches."""
        if self.rehearsal:
            return partial(_fitting_batch, event.editions[DRAFT])
        if self.is_ordinary:
            return _Blanking(event, self.hidden(event)).batch
        return partial(_batch, self.hidden(event))

    def responses(self, event: ExportedSurvey) -> Select[*tuple[Any, ...]]:
        """What reads an event's responses, by some hundreds at a time."""
        return _responses(self.stored(event))

    def stored(self, event: ExportedSurvey) -> Subquery:
        """An event's responses as one table: the released ones, and with `unfinished` what people began."""
        if self.rehearsal:
            return _tried(event.survey_id)
        return _stored(event.survey_id, unfinished=self.unfinished, edition=self.edition)


class ExportSelection(TypedDict, total=False):
    """What a snapshot can hold beside the finished responses, and what it withholds."""

    unfinished: bool
    equality_limit: int | None
    small_group: int
    full: bool
    rehearsal: bool
    labels: str
    questions: frozenset[str]
    edition: int | None


@contextmanager
def snapshot(
    engine: Engine, *survey_ids: UUID, title: str = "", **wanted: Unpack[ExportSelection]
) -> Iterator[Snapshot]:
    """One read transaction on a survey, or on those of a series with its title, closed at the end.

    Raises NoResultFound where a survey is gone.
    """
    with db.read_snapshot(engine) as connection:
        found = connection.execute(
            select(Survey.id, Survey.title, Survey.event_key, Survey.time_zone, Survey.sharing, Survey.expected)
            .add_columns(or_(Survey.released_on.is_not(None), Survey.deleted_on.is_not(None)).label("is_over"))
            .where(Survey.id.in_(survey_ids))
            .order_by(Survey.event_date.asc().nulls_first(), Survey.event_key)
        ).all()
        if len(found) != len(survey_ids):
            raise NoResultFound
        read = _draft if wanted.get("rehearsal") else _event
        events = tuple(read(connection, row) for row in found)
        yield Snapshot(
            title=title or events[-1].title,
            events=events,
            made_on=today_at(ZoneInfo(found[-1].time_zone)),
            connection=connection,
            **wanted,
        )


def _event(connection: Connection, row: Any) -> ExportedSurvey:
    openly = is_shown_openly(row.sharing, row.expected)
    return ExportedSurvey(row.id, row.title, row.event_key or "", _editions(connection, row.id), openly, row.is_over)


def _draft(connection: Connection, row: Any) -> ExportedSurvey:
    """A survey that isn't open yet, as its draft alone."""
    draft = connection.execute(select(Survey.draft).where(Survey.id == row.id)).scalar_one()
    openly = is_shown_openly(row.sharing, row.expected)
    return ExportedSurvey(
        row.id,
        f"Rehearsal: {row.title}",
        row.event_key or "",
        {DRAFT: marked_as_it_seems(read_questionnaire(draft))},
        openly,
    )


def _editions(connection: Connection, survey_id: UUID) -> dict[int, Questionnaire]:
    documents = select(Edition.number, Edition.document).where(Edition.survey_id == survey_id).order_by(Edition.number)
    return {number: read_questionnaire(document) for number, document in connection.execute(documents).all()}


def _stored(survey_id: UUID, *, unfinished: bool, edition: int | None) -> Subquery:
    released = and_(*that_counts(survey_id))
    wanted = or_(released, and_(*that_was_begun(survey_id))) if unfinished else released
    if edition is not None:
        wanted = and_(wanted, RESPONSE.c.edition == edition)
    return select(*(RESPONSE.c[name] for name in COLUMNS)).where(wanted).subquery("stored")


def _tried(survey_id: UUID) -> Subquery:
    """What was tried out with any version of the draft, as if it were of the edition that the draft would be."""
    rest = (RESPONSE.c[name] for name in COLUMNS if name != "edition")
    return select(literal(DRAFT).label("edition"), *rest).where(*that_was_tried(survey_id)).subquery("stored")


def _responses(stored: Subquery) -> Select[*tuple[Any, ...]]:
    """The columns that are exported, the answers as the text of their JSON: orjson reads it faster than the driver."""
    plain = (stored.c[name] for name in COLUMNS[:-1])
    return select(*plain, cast(stored.c.answers, Text)).order_by(stored.c.key)


def _batch(hidden: frozenset[str], asked: EditionKey, run: Iterable[Any]) -> Batch:
    """Responses as they are, but for what tells who somebody is."""
    batch, texts = _read(asked, run)
    answers = [_without(each, hidden) for each in batch.answers] if hidden else batch.answers
    return batch._replace(blanked=[hidden] * len(texts), answers=answers)


def _fitting_batch(draft: Questionnaire, asked: EditionKey, run: Iterable[Any]) -> Batch:
    """What was tried out, as far as it answers the draft as it is now."""
    batch, texts = _read(asked, run)
    return batch._replace(blanked=[NOTHING] * len(texts), answers=[fitting(draft, each) for each in batch.answers])


class _Blanking:
    """Blanks one event's responses for the ordinary files: what was worked out, and always words and what is rare."""

    def __init__(self, event: ExportedSurvey, always: frozenset[str]) -> None:
        self._editions = list(event.editions.values())
        self._everything = all_blanked(self._editions)
        self._always = always
        asked = [{question.key for question in edition.linked} for edition in self._editions]
        self._sometimes_asked = {key for keys in asked for key in keys if not all(key in each for each in asked)}

    def batch(self, asked: EditionKey, run: Iterable[Any]) -> Batch:
        """Responses with what is blanked taken out, as if they were of one edition."""
        batch, texts = _read(asked, run)
        blanked = [self._everything if text is None else stored_columns(text) for text in texts]
        keys = [self._keys(each, answers) for each, answers in zip(blanked, batch.answers, strict=True)]
        empty = [None] * len(texts)
        return batch._replace(
            asked=(asked[0], None),
            days=empty,
            groups=_unless(GROUP, blanked, batch.groups),
            views=_unless("view", blanked, batch.views),
            languages=_unless("language", blanked, batch.languages),
            sources=_unless("source", blanked, batch.sources),
            late=empty,
            follows=empty,
            blanked=keys,
            answers=[_without(answers, hidden) for answers, hidden in zip(batch.answers, keys, strict=True)],
        )

    def _keys(self, blanked: frozenset[str], answers: Answers) -> frozenset[str]:
        """The answers' keys that are blanked; whether a question wasn't asked or was skipped would tell the edition."""
        return blanked | self._always | (self._sometimes_asked - answers.keys())


def word_keys(event: ExportedSurvey) -> Iterator[str]:
    """Under which keys an event's people wrote in their own words: comments, and words beside a choice.

    Words that tell who somebody is aren't among them.
    """
    telling = event.telling
    for question in event.merged.linked if event.merged else ():
        yield from (key for key in _word_keys(question) if key not in telling)


def _without(answers: Answers, hidden: frozenset[str]) -> Answers:
    return {key: answer for key, answer in answers.items() if key not in hidden}


def _word_keys(question: Question) -> Iterator[str]:
    if kind_of(question).cells == "text":
        yield question.key
    if question.other_choice:
        yield other_text_key(question.key)


def _unless(name: str, blanked: Iterable[frozenset[str]], values: Iterable[Any]) -> list[Any]:
    return [None if name in each else value for each, value in zip(blanked, values, strict=True)]


def _read(asked: EditionKey, run: Iterable[Any]) -> tuple[Batch, Sequence[str | None]]:
    """Responses as they are stored, and what is stored of their blanks."""
    _editions, keys, *plain, follows, blanked, answers = zip(*run, strict=True)
    made = Batch._make((asked, _ids(keys), *plain, _ids(follows), (), [orjson.loads(text) for text in answers]))
    return made, blanked


def _ids(keys: Iterable[bytes | None]) -> list[Any]:
    """The names of keys; None stays None."""
    return [key and id_of(key) for key in keys]
