"""The tallies that are kept between two looks at a survey, so that a look folds in only what is new.

A finished response never changes, and its key is random: nothing stored says which came last. So the keys that a
tally holds are kept beside it, and a look fetches the answers of the others. Where a key is gone (withdrawn), or the
survey has another edition, the tally is counted anew.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import reduce
from hashlib import sha256
from operator import xor
from threading import Lock
from uuid import UUID

from sqlalchemy import Connection, Engine

from surveyapp.db import sessions as db
from surveyapp.figures.survey_figures import Answered, Audience, Facts, Figures, Tally, figures_of
from surveyapp.model.installation import comment_key
from surveyapp.model.questionnaire import Question
from surveyapp.model.survey import Survey
from surveyapp.results import queries
from surveyapp.results.queries import CardCount

SURVEYS = 50
_UNSOUND = -1


@dataclass(frozen=True, slots=True)
class Results:
    """A survey's results at one moment; `views` and `languages` count responses, `stamp` changes with any figure.

    `telling` are the keys of the questions whose answers tell who somebody is.
    """

    figures: Figures
    questions: tuple[Question, ...]
    cards: Sequence[CardCount]
    views: Mapping[str, int]
    languages: Mapping[str, int]
    stamp: str
    telling: frozenset[str] = frozenset()


@dataclass(slots=True)
class Kept:
    """One survey's tally, what it holds, and the lock that whoever looks holds; `mark` tells one set of keys."""

    lock: Lock = field(default_factory=Lock)
    edition_count: int = _UNSOUND
    keys: frozenset[bytes] = frozenset()
    mark: int = 0
    tally: Tally = field(default_factory=lambda: Tally(()))
    views: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)

    def catch_up(self, connection: Connection, survey_id: UUID) -> None:
        """Take in every finished response that isn't in yet; an error midway leaves it to be counted anew."""
        keys = queries.finished_keys(connection, survey_id)
        edition_count = queries.edition_count(connection, survey_id)
        if edition_count != self.edition_count or not self.keys <= keys:
            self._start(connection, survey_id)
        self.edition_count = _UNSOUND
        if new := keys - self.keys:
            self.tally.fold(self._noted(queries.finished(connection, survey_id, new)))
            self.mark = reduce(xor, map(int.from_bytes, new), self.mark)
        self.keys, self.edition_count = keys, edition_count

    def _start(self, connection: Connection, survey_id: UUID) -> None:
        self.tally = Tally(queries.editions(connection, survey_id), comment_key=comment_key(connection))
        self.keys, self.mark = frozenset(), 0
        self.views.clear()
        self.languages.clear()

    def _noted(self, responses: Iterable[Answered]) -> Iterator[Answered]:
        for answered in responses:
            self.views[answered.view] += 1
            self.languages[answered.language] += 1
            yield answered


@dataclass(frozen=True, slots=True)
class Now:
    """A survey at one moment, its tally caught up and locked: ask for its stamp first, then for its results."""

    kept: Kept
    facts: Facts
    cards: Sequence[CardCount]

    @property
    def stamp(self) -> str:
        """How many responses count, and a mark of everything that the results are made of."""
        kept = self.kept
        made_of = (kept.mark, kept.edition_count, self.facts.attendance, self.facts.unfinished)
        apart = sorted(self.facts.unlinked.items())
        mark = sha256(repr((made_of, apart, self.cards)).encode()).hexdigest()
        return f"{kept.tally.whole.responses}-{mark[:16]}"

    def results(self, audience: Audience) -> Results:
        """Everything that an audience may see."""
        return Results(
            figures=figures_of(self.kept.tally, self.facts, audience),
            questions=self.kept.tally.questions,
            cards=self.cards,
            views=dict(self.kept.views),
            languages=dict(self.kept.languages),
            stamp=self.stamp,
            telling=self.kept.tally.telling,
        )


def tried_results(connection: Connection, survey: Survey, audience: Audience) -> Results | None:
    """What the organisers' own tries come to, counted by themselves and kept nowhere; None where there are none."""
    draft = survey.questionnaire
    tried = queries.tried(connection, survey.id, draft)
    if not tried:
        return None
    tally = Tally(draft, comment_key=comment_key(connection)).fold(tried)
    return Results(
        figures=figures_of(tally, Facts(), audience),
        questions=tally.questions,
        cards=(),
        views=Counter(one.view for one in tried),
        languages=Counter(one.language for one in tried),
        stamp="",
    )


class Tallies:
    """The tallies of the surveys that were looked at last, at most `size` of them."""

    def __init__(self, size: int = SURVEYS) -> None:
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[UUID, Kept] = OrderedDict()

    @contextmanager
    def now(self, engine: Engine, survey_id: UUID) -> Iterator[Now]:
        """A survey as it is now. The snapshot is taken under the lock, so that a tally only ever goes forward."""
        kept = self._of(survey_id)
        with kept.lock, db.snapshot(engine) as connection:
            kept.catch_up(connection, survey_id)
            facts, cards = queries.facts(connection, survey_id), queries.card_counts(connection, survey_id)
            yield Now(kept, facts, cards)

    def _of(self, survey_id: UUID) -> Kept:
        with self._lock:
            kept = self._kept.setdefault(survey_id, Kept())
            self._kept.move_to_end(survey_id)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
            return kept
