"""Everything that is due without anybody pressing a button: moves, final releases, late ones, deletions.

A look never does any.

The server calls it each minute and `surveyapp purge` on demand. Each survey has a transaction of its own, and each
step finds nothing to do the second time, so that it may be cut off anywhere and be run by two processes at once.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Select, and_, or_, select, text, update
from sqlalchemy.orm import Session

from surveyapp.model.contact import Contact, contacts_waiting, release_contacts
from surveyapp.model.deletion import (
    delete_answers,
    is_over,
    is_to_be_removed,
    remove_draft,
    sweep,
    that_may_be_over,
)
from surveyapp.model.figure_counts import count_released, mend, recounted, that_waits_to_be_counted
from surveyapp.model.paper import IDLE_FOR, PaperSitting, end_idle_sittings
from surveyapp.model.release import (
    TooFewToReleaseError,
    join_late,
    join_paper,
    lock_survey,
    mix_what_is_apart,
    move_waiting,
    release,
    release_time,
    store_facts,
    write_anew,
)
from surveyapp.model.response import InboxResponse, Response, UnlinkedAnswer
from surveyapp.model.stored_blanks import store_blanks
from surveyapp.model.survey import Phase, Survey
from surveyapp.model.traces import remove_traces

log = logging.getLogger(__name__)

LOCK = 7_305_118  # the advisory lock of PostgreSQL that one process at a time holds
# One moment's view of the database that holds nobody up, on an engine that otherwise begins for writing.
_READING: dict[str, dict[str, Any]] = {
    "sqlite": {"sqlite_begin": "DEFERRED"},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


@dataclass(frozen=True, slots=True)
class DueReport:
    """What a run did: sheets of sittings that ended, responses moved, surveys released, late ones joined, and deleted.

    `deleted` counts surveys whose answers were deleted, `removed` drafts that were in the bin for a week.
    `is_changed` where old rows are left.
    """

    keyed: int = 0
    moved: int = 0
    released: int = 0
    joined: int = 0
    deleted: int = 0
    removed: int = 0
    is_changed: bool = False

    def __add__(self, other: "DueReport") -> "DueReport":
        return DueReport(
            self.keyed + other.keyed,
            self.moved + other.moved,
            self.released + other.released,
            self.joined + other.joined,
            self.deleted + other.deleted,
            self.removed + other.removed,
            self.is_changed or other.is_changed,
        )

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was due."""
        return self == DueReport(is_changed=self.is_changed)


def run_due(engine: Engine, now: datetime, *, rewrite: bool) -> DueReport:
    """Do all that is due at a moment, survey by survey; nothing while another process is at it.

    `engine` must begin its transactions for writing. `rewrite` also writes moved rows anew (hourly at the most). What
    goes wrong with one survey holds up no other; the first error is raised once all had their turn.
    """
    done = DueReport()
    failed: list[Exception] = []
    with _one_process(engine) as is_ours:
        if not is_ours:
            return done
        for survey_id in _listed(engine, _surveys_with_something_due(now)):
            with _gathered(failed), Session(engine) as session:
                did = _do_one(session, survey_id, now, rewrite=rewrite)
                session.commit()
                done += did
        for survey_id in _listed(engine, _surveys_to_recount(now)):
            with _gathered(failed):
                done += _recount(engine, survey_id, now)
    if done.is_changed or engine.dialect.name == "sqlite":
        remove_traces(engine)
    if failed:
        raise failed[0]
    return done


def _surveys_with_something_due(now: datetime) -> Select[UUID]:
    waiting = select(InboxResponse.survey_id).union(
        select(UnlinkedAnswer.survey_id),
        select(Contact.survey_id).where(Contact.released.is_(False)),
        select(Response.survey_id).where(*that_waits_to_be_counted()),
        select(PaperSitting.survey_id).where(PaperSitting.touched_at <= now - IDLE_FOR),
    )
    opened = and_(Survey.state != "draft", or_(Survey.id.in_(waiting), Survey.moved_since_rewrite.is_(True)))
    return select(Survey.id).where(or_(opened, that_may_be_over(now))).order_by(Survey.id)


def _do_one(session: Session, survey_id: UUID, now: datetime, *, rewrite: bool) -> DueReport:
    lock_survey(session, survey_id)
    survey = session.get(Survey, survey_id)
    if survey is None:
        return DueReport()
    if is_to_be_removed(survey, now):
        remove_draft(session, survey)
        return DueReport(removed=1, is_changed=True)
    if is_over(survey, now):
        delete_answers(session, survey, now)
        return DueReport(deleted=1, is_changed=True)
    if survey.deleted_on is not None:
        sweep(session, survey_id)
        write_anew(session, survey)
        return DueReport(is_changed=True)
    keyed = end_idle_sittings(session, survey_id, now)
    moved = move_waiting(session, survey)
    released = _release_if_due(session, survey, now)
    joined = join_paper(session, survey, now) + join_late(session, survey, now)
    if count_released(session.connection(), survey_id):
        store_facts(session, survey, moved_since_rewrite=True)
    is_changed = bool(survey.moved_since_rewrite or keyed or released or joined)
    is_mixed = _mix(session, survey, rewrite=rewrite, is_closed=survey.times.phase(now) is Phase.CLOSED)
    return DueReport(keyed, moved, released, joined, is_changed=is_changed or is_mixed)


def _mix(session: Session, survey: Survey, *, rewrite: bool, is_closed: bool) -> bool:
    """Write anew what was moved, and contacts, of which each comes by itself; whether contacts alone were."""
    if survey.moved_since_rewrite:
        store_blanks(session, survey)  # of what was released before blanks were stored
        if rewrite or is_closed:
            write_anew(session, survey)
        return False
    if not rewrite or not contacts_waiting(session, survey.id):
        return False
    mix_what_is_apart(session, survey.id)
    return True


def _surveys_to_recount(now: datetime) -> Select[UUID]:
    """Once a day, by UTC, every survey that has been opened."""
    is_due = or_(Survey.recounted_on.is_(None), Survey.recounted_on < now.date())
    has_rows = Survey.deleted_on.is_(None)  # of what was deleted the counters are all there is
    return select(Survey.id).where(Survey.state != "draft", has_rows, is_due).order_by(Survey.id)


def _recount(engine: Engine, survey_id: UUID, now: datetime) -> DueReport:
    """Compare the counters with the rows while nobody waits for it, and mend them where they differ.

    A new edition may make them differ, so that this is no error.
    """
    with engine.connect().execution_options(**_READING[engine.dialect.name]) as connection:
        found = recounted(connection, survey_id)
    with Session(engine) as session:
        lock_survey(session, survey_id)
        is_expected = session.scalar(select(Survey.recounted_on).where(Survey.id == survey_id)) is None
        if not found.is_right:
            mend(session.connection(), survey_id)
            session.execute(update(Survey).where(Survey.id == survey_id).values(moved_since_rewrite=True))
        session.execute(update(Survey).where(Survey.id == survey_id).values(recounted_on=now.date()))
        session.commit()
    if not found.counts_are_right and not is_expected:
        log.error("the counters of survey %s were not as its answers are; they were counted anew", survey_id)
    return DueReport(is_changed=not found.is_right)


def _release_if_due(session: Session, survey: Survey, now: datetime) -> int:
    at = release_time(survey)
    if at is None or now < at or survey.times.phase(now) is not Phase.CLOSED or survey.is_released:
        return 0
    try:
        release(session, survey, now)
    except TooFewToReleaseError:  # whoever is to be paid their expenses is, however few answered
        if release_contacts(session, survey.id):
            store_facts(session, survey, moved_since_rewrite=True)
        return 0
    return 1


def _listed(engine: Engine, wanted: Select[UUID]) -> list[UUID]:
    with Session(engine) as session:
        return [*session.scalars(wanted)]


@contextmanager
def _gathered(failed: list[Exception]) -> Iterator[None]:
    """What goes wrong here is kept for the end."""
    try:
        yield
    except Exception as error:
        failed.append(error)


@contextmanager
def _one_process(engine: Engine) -> Iterator[bool]:
    """Hold PostgreSQL's advisory lock for the run; on SQLite each transaction is alone in writing as it is."""
    if engine.dialect.name != "postgresql":
        yield True
        return
    with engine.connect() as connection:
        is_ours = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK}))
        try:
            yield is_ours
        finally:
            if is_ours:
                connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
            connection.rollback()
