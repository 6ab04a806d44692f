"""An organiser who looks at everything after each request, and what the difference of two looks tells."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from surveyapp.db import sessions as db
from surveyapp.export.rows import snapshot
from surveyapp.figures.suppression import Audience
from surveyapp.model.due import run_due
from surveyapp.model.release import NotClosedError, TooFewToReleaseError, may_show_unfinished, release
from surveyapp.model.survey import Phase, Survey
from surveyapp.model.withdrawal import withdraw
from surveyapp.results.queries import facts
from surveyapp.results.waiting import answered, before_release
from tests.attacks.crowd import NOON, Crowd, Person, answer, places_of

ORGANISER = Audience(public=False)
TEN, FIVE, MOST_INVENTED = 10, 5, 4  # the promise, written here anew: a rule that is broken moves these not


class Told(AssertionError):
    """The onlooker knows something of a single person."""


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that can be read at one moment; `headline_n` is None where there is no headline."""

    is_open: bool
    answered: int
    headline: tuple[object, ...] | None = None
    headline_n: int = 0
    rows: Mapping[str, object] = field(default_factory=dict)
    unfinished: frozenset[str] = frozenset()
    equality: Mapping[tuple[str, str], int] = field(default_factory=dict)


def look(engine: Engine, survey_id: UUID, now: datetime) -> Look:
    """Read what the pages and files are made of; a file that is refused holds nothing."""
    with Session(engine) as session:
        survey = session.get_one(Survey, survey_id)
        is_open, count = survey.times.phase(now) is Phase.OPEN, answered(session, survey)
        if not survey.may_be_read:
            shown = before_release(session, survey, ORGANISER, now).headline
            figures = shown.figures if shown else None
            return Look(is_open, count, (repr(figures),) if figures else None, (figures.n or 0) if figures else 0)
        unfinished = may_show_unfinished(session, survey)
        equality = dict(facts(session.connection(), survey_id).unlinked)
    with snapshot(engine, survey_id, unfinished=unfinished) as taken:
        lines = [
            (id_, finished, repr(said))
            for batch in taken.batches()
            for id_, finished, said in zip(batch.ids, batch.finished, batch.answers, strict=True)
        ]
    rows = {id_: said for id_, finished, said in lines if finished}
    begun = frozenset(f"{id_} {said}" for id_, finished, said in lines if not finished)
    return Look(is_open, count, rows=rows, unfinished=begun, equality=equality)


def compare(before: Look, after: Look, taken_back: int) -> None:
    """Raise Told where the difference of two looks is the doing of too few; `taken_back` is how many since."""
    if after.is_open and after.rows.keys() - before.rows.keys():
        raise Told("rows are shown while people answer")
    _compare_headlines(before, after, taken_back)
    new = after.rows.keys() - before.rows.keys()
    if new and len(new) < (TEN if before.rows else FIVE):
        raise Told(f"{len(new)} rows are new at once")
    if len(before.rows.keys() - after.rows.keys()) > taken_back:
        raise Told("rows are gone that nobody took back")
    if 0 < len(before.unfinished ^ after.unfinished) < FIVE:
        raise Told("unfinished answers of too few changed")
    questions: Counter[str] = Counter()
    for (question, value), n in after.equality.items():
        questions[question] += n - before.equality.get((question, value), 0)
    if any(0 < n < TEN for n in questions.values()):
        raise Told("equality answers of too few are counted")


def _compare_headlines(before: Look, after: Look, taken_back: int) -> None:
    """Everybody rates in these events: whoever answered and isn't in the headline waits."""
    if after.headline is None or after.headline == before.headline:
        return
    moved_before = before.headline_n if before.headline else 0
    if after.answered - moved_before < TEN:
        raise Told("the headline draws on fewer than ten")
    if after.answered - after.headline_n < FIVE - taken_back:
        raise Told("the headline leaves nobody in doubt")


@dataclass
class Onlooker:
    """Looks after every request, and does all that an organiser may do to make people's answers show apart."""

    engine: Engine
    survey_id: UUID
    now: datetime = NOON
    looks: list[Look] = field(default_factory=list)
    invented: list[Person] = field(default_factory=list)
    taken_back: int = 0

    def sees(self, taken_back: int = 0) -> None:
        """Look, and compare with all that was seen before: the last look, and the last that had a headline."""
        self.now += timedelta(seconds=20)
        seen = look(self.engine, self.survey_id, self.now)
        self.taken_back += taken_back
        if self.looks:
            last = self.looks[-1]
            headlined = next((one for one in reversed(self.looks) if one.headline), last)
            compare(last, seen, self.taken_back)
            _compare_headlines(headlined, seen, self.taken_back)
        self.looks.append(seen)

    def minute(self) -> None:
        """What is due is done."""
        run_due(db.writing(self.engine), self.now, rewrite=False)
        self.sees()

    def shows_now(self) -> None:
        """Close, Show now, and open again."""
        with Session(db.writing(self.engine)) as session:
            survey = session.get_one(Survey, self.survey_id)
            survey.close(self.now)
            session.commit()
        self.sees()
        with Session(db.writing(self.engine)) as session:
            survey = session.get_one(Survey, self.survey_id)
            try:
                release(session, survey, self.now)
            except (NotClosedError, TooFewToReleaseError):
                session.rollback()
            else:
                session.commit()
        self.sees()

    def reopens(self) -> None:
        """Open it again."""
        with Session(db.writing(self.engine)) as session:
            session.get_one(Survey, self.survey_id).open(self.now, "a-key")
            session.commit()
        self.sees()

    def takes_back(self, person: Person) -> None:
        """Somebody's answers, with their receipt."""
        with Session(db.writing(self.engine)) as session:
            withdraw(session, person.receipt, self.now)
            session.commit()
        self.sees(taken_back=1)


def haunt(engine: Engine, survey: Survey, crowd: Crowd, seed: int, *, shows_every: int = 0) -> Onlooker:
    """An event under these eyes. Each `shows_every` people the organiser tries to show what there is. Raises Told."""
    draw = Random(seed)  # noqa: S311 -- an event that can be had again
    places = places_of(survey)
    onlooker = Onlooker(engine, survey.id)
    onlooker.sees()
    strangers: Sequence[Person] = Crowd(MOST_INVENTED, seed + 1_000_000).everybody
    for person in crowd.everybody:
        answer(engine, places[person.table], person)
        onlooker.sees()
        if draw.random() < 0.2:
            onlooker.minute()
        if len(onlooker.invented) < MOST_INVENTED and draw.random() < 0.1:
            stranger = strangers[len(onlooker.invented)]
            answer(engine, places[stranger.table], stranger)
            onlooker.invented.append(stranger)
            onlooker.sees()
        if onlooker.invented and draw.random() < 0.05:
            onlooker.takes_back(draw.choice(onlooker.invented))
        if (shows_every and person.order % shows_every == 0) or draw.random() < 0.03:
            onlooker.shows_now()
            onlooker.reopens()
    onlooker.minute()
    onlooker.shows_now()
    return onlooker
