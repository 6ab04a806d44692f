"""The tallies that are kept between two looks at a survey, so that a look folds in only what is new.

A finished response never changes, and its key is random: nothing stored says which came last. So the keys that a
tally holds are kept beside it, and a look fetches the answers of the others. Where a key is gone (withdrawn), or the
survey has another edition, the tally is counted anew.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from uuid import UUID

from sqlalchemy import Connection, Engine

from surveyapp.domain.figures import Answered, Audience, Figures, Tally, figures_of
from surveyapp.domain.questionnaire import Question
from surveyapp.results import queries
from surveyapp.results.queries import CardCount

SURVEYS = 50
_UNSOUND = -1


@dataclass(frozen=True, slots=True)
class Results:
    """A survey's results at one moment; `views` and `languages` count responses."""

    figures: Figures
    questions: tuple[Question, ...]
    cards: Sequence[CardCount]
    views: Mapping[str, int]
    languages: Mapping[str, int]


@dataclass(slots=True)
class Kept:
    """One survey's tally, what it holds, and the lock that whoever looks holds."""

    lock: Lock = field(default_factory=Lock)
    edition_count: int = _UNSOUND
    keys: frozenset[bytes] = frozenset()
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
        self.keys, self.edition_count = keys, edition_count

    def _start(self, connection: Connection, survey_id: UUID) -> None:
        self.tally = Tally(queries.editions(connection, survey_id))
        self.keys = frozenset()
        self.views.clear()
        self.languages.clear()

    def _noted(self, responses: Iterable[Answered]) -> Iterator[Answered]:
        for answered in responses:
            self.views[answered.view] += 1
            self.languages[answered.language] += 1
            yield answered


class Tallies:
    """The tallies of the surveys that were looked at last, at most `size` of them."""

    def __init__(self, size: int = SURVEYS) -> None:
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[UUID, Kept] = OrderedDict()

    def results(self, engine: Engine, survey_id: UUID, audience: Audience) -> Results:
        """The results as they are now. The snapshot is taken under the lock, so that a tally only ever goes forward."""
        kept = self._of(survey_id)
        with kept.lock, queries.snapshot(engine) as connection:
            kept.catch_up(connection, survey_id)
            return Results(
                figures=figures_of(kept.tally, queries.facts(connection, survey_id), audience),
                questions=kept.tally.questions,
                cards=queries.card_counts(connection, survey_id),
                views=dict(kept.views),
                languages=dict(kept.languages),
            )

    def _of(self, survey_id: UUID) -> Kept:
        with self._lock:
            kept = self._kept.setdefault(survey_id, Kept())
            self._kept.move_to_end(survey_id)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
            return kept
