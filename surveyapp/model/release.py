"""When answers are shown: sealed ones are moved out of the inbox, and everything is released once, after closing.

While a survey is open nobody reads its answers, so that nobody can tell what the person who has just pressed Send
said. Moving is for storage and for the one headline figure; the final release shows the rest at once. `docs/decisions`
says why the time at which something is shown protects people, and batches alone don't.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import SystemRandom
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from surveyapp.model.comment_note import CommentNote
from surveyapp.model.contact import CONTACT, release_contacts
from surveyapp.model.figure_counts import count_released, release_and_count, write_counters_anew
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.response import (
    COUNT,
    NEWER_THAN_ANY,
    SHOW,
    Response,
    UnlinkedCount,
    begun_key_of,
    that_is_unfinished,
    that_was_begun,
)
from surveyapp.model.saving import INBOX, RESPONSE, UNLINKED, insert_into
from surveyapp.model.stored_blanks import store_blanks
from surveyapp.model.survey import LATE_FOR, PAPER, REHEARSAL, Card, Phase, Survey, today_at

WAITING = 10  # so many sealed responses wait before any is moved
STAYING = 5  # and so many, drawn at random, stay
FEWEST = 5  # fewer are never released
FEWEST_AGAIN = 10  # what was answered after a release is a round of its own
FEWEST_UNLINKED = 10  # an equality question that fewer answered is deleted uncounted
FEWEST_LATE = 10  # late ones that chose nothing join only if so many wait
RELEASE_CLOCK = time(4)
PUT_OFF_AT_MOST = timedelta(days=30)
SLICE = 10_000  # rows written anew in one transaction
SURVEY: Table = Survey.metadata.tables["survey"]
NOTE: Table = CommentNote.metadata.tables["comment_note"]
_RANDOM = SystemRandom()


class TooFewToReleaseError(Exception):
    """Fewer people answered than may be shown; `answered` is how many."""

    def __init__(self, answered: int, needed: int) -> None:
        super().__init__(f"{answered} of {needed}")
        self.answered = answered
        self.needed = needed


class NotClosedError(Exception):
    """People can still answer: what they say is shown when the survey is over."""


@dataclass(frozen=True, slots=True)
class ReleaseState:
    """How many sealed responses of a survey nobody has been shown yet: of phones, and typed in from paper."""

    phones: int
    paper: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.phones + self.paper


def waiting(session: Session, survey: Survey) -> ReleaseState:
    """Count what waits for the release, moved or not."""
    in_inbox = select(INBOX.c.source, func.count()).where(*_sealed(survey.id)).group_by(INBOX.c.source)
    moved = select(RESPONSE.c.source, func.count()).where(*_unreleased(survey.id)).group_by(RESPONSE.c.source)
    by_source: Counter[str] = Counter()
    for counted in (in_inbox, moved):
        by_source.update({row[0]: row[1] for row in session.execute(counted)})
    return ReleaseState(phones=by_source.total() - by_source[PAPER], paper=by_source[PAPER])


def release_time(survey: Survey) -> datetime | None:
    """When the final release comes by itself: 4 in the morning after closing, or later where it was put off."""
    closed = survey.times.close
    if closed is None:
        return None
    return survey.release_at or next_release_clock(survey, closed)


def next_release_clock(survey: Survey, after: datetime) -> datetime:
    """The next 04:00 of the event's own time zone."""
    local = after.astimezone(survey.zone)
    day = local.date() if local.time() < RELEASE_CLOCK else local.date() + timedelta(days=1)
    return datetime.combine(day, RELEASE_CLOCK, survey.zone)


def put_off(survey: Survey, until: date, now: datetime) -> None:
    """Let the final release wait (for paper, or late phones). Raises NotClosedError, or ValueError beyond 30 days."""
    closed = survey.times.close
    if closed is None or survey.times.phase(now) is not Phase.CLOSED:
        raise NotClosedError
    at = datetime.combine(until, RELEASE_CLOCK, survey.zone)
    if not now < at <= next_release_clock(survey, closed) + PUT_OFF_AT_MOST:
        raise ValueError("a release is put off by 30 days at most")
    survey.release_at = at


def needed_to_release(survey: Survey) -> int:
    """How many must have answered: five, or ten in what is opened again after a release."""
    return FEWEST if survey.released_on is None else FEWEST_AGAIN


def release(session: Session, survey: Survey, now: datetime) -> int:
    """Show everything that waits, once; the caller commits. Returns how many responses were released.

    Nothing the second time: who comes late after a release is shown with nine others, or not at all (`join_late`).
    Raises NotClosedError while people can answer, and TooFewToReleaseError where fewer have answered than may be shown.
    """
    lock_survey(session, survey.id)  # another process may be at it: then it has been done after the wait
    session.refresh(survey)
    if survey.is_released:
        return 0
    if survey.times.phase(now) is not Phase.CLOSED:
        raise NotClosedError
    with session.begin_nested():  # undone where too few are left of those that were counted
        released = 0 if survey.shows_openly else _release_waiting(session, survey)
    count_released(session.connection(), survey.id)
    if survey.released_on is None:
        _release_begun(session, survey)
    store_blanks(session, survey)
    count_unlinked(session, survey.id)
    release_contacts(session, survey.id)
    survey.released_on = today_at(survey.zone, now)
    survey.is_released = True
    survey.release_at = None
    survey.headline_hidden = False
    write_anew(session, survey)
    return released


def lock_survey(session: Session, survey_id: UUID) -> None:
    """Wait until nobody else moves, releases, counts or takes back answers of a survey, and keep them waiting.

    A statement of its own, since PostgreSQL locks no row of an outer join, by which editions may be loaded along. Who
    stores an answer goes on meanwhile: its foreign key asks for no more than a share of the survey's key.
    """
    session.execute(select(SURVEY.c.id).where(SURVEY.c.id == survey_id).with_for_update(key_share=True))


def _release_waiting(session: Session, survey: Survey) -> int:
    """Move what waits and mark it released; paper alone, where too few phones answered and enough sheets are there."""
    count, needed = waiting(session, survey), needed_to_release(survey)
    if count.phones < needed and count.paper < FEWEST:
        raise TooFewToReleaseError(count.total, needed)
    only_paper = count.phones < needed
    waits = [*_sealed(survey.id), *([INBOX.c.source == PAPER] if only_paper else [])]
    move_responses(session, survey, [*session.scalars(select(INBOX.c.key).where(*waits))])
    shown = [*_unreleased(survey.id), *([RESPONSE.c.source == PAPER] if only_paper else [])]
    released = release_and_count(session.connection(), survey.id, *shown)
    if released < (FEWEST if only_paper else needed):  # somebody took their answers back meanwhile
        raise TooFewToReleaseError(released, needed)
    return released


def _release_begun(session: Session, survey: Survey) -> None:
    """Release copies of what people began and didn't send, where five or more did; at the first release alone.

    Copies under other keys, made once: an unfinished response that changes, or goes since its person sends it late
    after all, would tell by difference whose it was.
    """
    connection = session.connection()
    begun = [dict(row._mapping) for row in connection.execute(select(INBOX).where(*that_is_unfinished(survey.id)))]
    if len(begun) < FEWEST:
        return
    _RANDOM.shuffle(begun)
    copies = [row | {"key": begun_key_of(row["key"]), "receipt": None, "released": True} for row in begun]
    connection.execute(insert(RESPONSE), copies)


def move_waiting(session: Session, survey: Survey) -> int:
    """Move sealed responses once ten wait: all but five, drawn at random; the caller commits. Returns how many."""
    keys = [*session.scalars(select(INBOX.c.key).where(*_sealed(survey.id), INBOX.c.source != PAPER))]
    if len(keys) < WAITING:
        return 0
    moving = _RANDOM.sample(keys, len(keys) - STAYING)
    move_responses(session, survey, moving)
    store_facts(session, survey, headline_hidden=False)
    return len(moving)


def move_responses(session: Session, survey: Survey, keys: Sequence[bytes]) -> None:
    """Move sealed responses in the caller's transaction; the database itself copies them.

    In the order of their keys, which are random: it tells no more of who came first than any other random order, and
    is the one in which a million are written to the end of the table and not all over it.
    """
    if not keys:
        return
    connection = session.connection()
    inserting = insert_into(RESPONSE, connection.dialect.name)
    ordered = sorted(keys)
    for start in range(0, len(ordered), SLICE):
        here = (INBOX.c.survey_id == survey.id, INBOX.c.key.in_(ordered[start : start + SLICE]))
        rows = select(*INBOX.columns, literal(survey.shows_openly)).where(*here).order_by(INBOX.c.key)
        names = [*(column.name for column in INBOX.columns), "released"]
        connection.execute(inserting.from_select(names, rows.with_for_update()).on_conflict_do_nothing())
        connection.execute(delete(INBOX).where(*here))
    mix_what_is_apart(session, survey.id)
    store_facts(session, survey, moved_since_rewrite=True)


def store_facts(session: Session, survey: Survey, **facts: bool) -> None:
    """Keep what storage needs to know of a survey, without a new version: no form that is open meanwhile is refused."""
    session.execute(update(SURVEY).where(SURVEY.c.id == survey.id).values(facts))
    session.refresh(survey, [*facts])


def mix_what_is_apart(session: Session, survey_id: UUID) -> None:
    """Write what waits beside the answers anew, as it would tell the order in which its people came.

    Where there is very much of it that is done hourly, by slices.
    """
    for table in (UNLINKED, CONTACT):
        waiting = select(func.count()).select_from(table).where(table.c.survey_id == survey_id)
        if session.scalars(waiting).one() <= SLICE:
            _write_table_anew(session, table, survey_id)


def count_unlinked(session: Session, survey_id: UUID) -> None:
    """Count the equality answers of each question that ten or more people answered, and delete the others.

    One person gives one answer to a question of one choice; of several choices nobody knows how many people stand
    behind them, so that the most frequent one must have been given ten times.
    """
    connection = session.connection()
    grouped = select(UNLINKED.c.question, UNLINKED.c.value, func.count()).where(UNLINKED.c.survey_id == survey_id)
    totals: dict[str, dict[str, int]] = {}
    for question, value, n in connection.execute(grouped.group_by(UNLINKED.c.question, UNLINKED.c.value)):
        totals.setdefault(question, {})[value] = n
    several = _several_choice_questions(session, survey_id)
    rows = [
        {"survey_id": survey_id, "question": question, "value": value, "n": n}
        for question, values in totals.items()
        if (max(values.values()) if question in several else sum(values.values())) >= FEWEST_UNLINKED
        for value, n in values.items()
    ]
    if rows:
        counted = insert_into(UnlinkedCount.metadata.tables["unlinked_count"], connection.dialect.name).values(rows)
        again = {"n": UnlinkedCount.n + counted.excluded.n}
        connection.execute(counted.on_conflict_do_update(index_elements=["survey_id", "question", "value"], set_=again))
    connection.execute(delete(UNLINKED).where(UNLINKED.c.survey_id == survey_id))


def _several_choice_questions(session: Session, survey_id: UUID) -> frozenset[str]:
    survey = session.get_one(Survey, survey_id)
    return frozenset(
        question.key
        for edition in survey.editions
        for question in edition.questionnaire.asking
        if kind_of(question).choosing == "several"
    )


def write_anew(session: Session, survey: Survey) -> None:
    """Write a survey's moved rows anew in random order, in the caller's transaction.

    PostgreSQL keeps which transaction wrote a row (`xmin`) and where it lies (`ctid`), and a page of SQLite is filled
    from its end: afterwards neither orders people, nor joins a row to its card, an equality answer or a contact. Above
    10,000 rows by slices of the random key.
    """
    connection = session.connection()
    for table in (RESPONSE, UNLINKED, CONTACT):
        _write_table_anew(session, table, survey.id)
    write_counters_anew(connection, survey.id, _RANDOM.shuffle)
    connection.execute(update(Card).where(Card.survey_id == survey.id).values(finished_count=Card.finished_count))
    store_facts(session, survey, moved_since_rewrite=False)


def _write_table_anew(session: Session, table: Any, survey_id: UUID) -> None:
    connection = session.connection()
    keys = [*connection.scalars(select(table.c.key).where(table.c.survey_id == survey_id).order_by(table.c.key))]
    for start in range(0, len(keys), SLICE):
        here = and_(table.c.survey_id == survey_id, table.c.key.in_(keys[start : start + SLICE]))
        noted = and_(NOTE.c.survey_id == survey_id, NOTE.c.response_key.in_(keys[start : start + SLICE]))
        beside = _taken(connection, NOTE, noted) if table is RESPONSE else []  # they point at the rows
        rows = _taken(connection, table, here)
        if rows:
            connection.execute(insert(table), rows)
        if beside:
            connection.execute(insert(NOTE), beside)


def _taken(connection: Connection, table: Table, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Rows that are deleted, to be written anew, in random order."""
    rows = [dict(row._mapping) for row in connection.execute(select(table).where(which).with_for_update())]
    _RANDOM.shuffle(rows)
    connection.execute(delete(table).where(which))
    return rows


def may_show_unfinished(session: Session, survey: Survey) -> bool:
    """Whether what people began and didn't send may be shown: after the final release, and five or more of them."""
    begun = select(func.count()).select_from(Response).where(*that_was_begun(survey.id))
    return survey.is_released and session.scalars(begun).one() >= FEWEST


def join_late(session: Session, survey: Survey, now: datetime) -> int:
    """Thirty days after closing: show the late ones of a released survey if ten wait, and delete what is unfinished.

    What the team typed in from paper makes no ten: of those the team knows the answers. Five sheets join alone.
    """
    closed, at = survey.times.close, release_time(survey)
    if closed is None or at is None or survey.times.phase(now) is not Phase.CLOSED:
        return 0
    if now < closed + LATE_FOR or (now < at and not survey.is_released):
        return 0
    _delete_what_is_left_over(session, survey)
    if survey.released_on is None:
        return 0
    return _join(session, survey, _late_that_join(session, survey))


def join_paper(session: Session, survey: Survey, now: datetime) -> int:
    """Show the sheets that were keyed in after a release, once five wait: of those the team knows the answers."""
    if not survey.is_released or survey.shows_openly or survey.times.phase(now) is not Phase.CLOSED:
        return 0
    paper = [*session.scalars(select(INBOX.c.key).where(*_sealed(survey.id), INBOX.c.source == PAPER))]
    return _join(session, survey, paper) if len(paper) >= FEWEST else 0


def _join(session: Session, survey: Survey, keys: Sequence[bytes]) -> int:
    if not keys:
        return 0
    move_responses(session, survey, keys)
    release_and_count(session.connection(), survey.id, *_unreleased(survey.id), RESPONSE.c.key.in_(keys))
    store_blanks(session, survey)
    write_anew(session, survey)
    return len(keys)


def _delete_what_is_left_over(session: Session, survey: Survey) -> None:
    """What nobody finished, and equality answers that came after the release."""
    here = (INBOX.c.survey_id == survey.id, INBOX.c.finished.is_(False), INBOX.c.withdrawn.is_(False))
    for statement in (
        delete(INBOX).where(*here),
        delete(RESPONSE).where(*that_was_begun(survey.id)),
        delete(UNLINKED).where(UNLINKED.c.survey_id == survey.id),
    ):
        done = session.connection().execute(statement, execution_options={"preserve_rowcount": True})
        if done.rowcount:
            store_facts(session, survey, moved_since_rewrite=True)


def choose_late(session: Session, survey: Survey, mark: bytes, choice: str) -> bool:
    """Note what whoever holds a receipt chose for late answers that nobody has been shown; False where there are none.

    Of who is only to be counted, no answer is kept. The caller commits.
    """
    lock_survey(session, survey.id)
    chosen: dict[str, Any] = {"late_choice": choice}
    if choice == COUNT:
        chosen |= {"answers": {}, "revision": NEWER_THAN_ANY}  # a phone that sends it again has nothing to add
    changed = 0
    for table, which in ((INBOX, _sealed(survey.id)), (RESPONSE, _unreleased(survey.id))):
        theirs = select(table.c.key).where(table.c.receipt == mark)
        here = (*which, table.c.late.is_(True), or_(table.c.receipt == mark, table.c.follows.in_(theirs)))
        statement = update(table).where(*here).values(chosen)
        done = session.connection().execute(statement, execution_options={"preserve_rowcount": True})
        changed += done.rowcount
    if changed:
        store_facts(session, survey, moved_since_rewrite=True)
    return bool(changed)


def _late_that_join(session: Session, survey: Survey) -> list[bytes]:
    """Who chose it, whatever their number; with them who chose nothing, where ten of those wait; paper by five.

    Some of them were moved out of the inbox meanwhile, as ten waited there.
    """
    waiting = ((INBOX, _sealed(survey.id)), (RESPONSE, _unreleased(survey.id)))
    found = [
        row
        for table, which in waiting
        for row in session.execute(select(table.c.key, table.c.source, table.c.late_choice).where(*which))
    ]
    chose = [key for key, source, choice in found if source != PAPER and choice == SHOW]
    phones = [key for key, source, choice in found if source != PAPER and choice != SHOW]
    paper = [key for key, source, _choice in found if source == PAPER]
    if len(phones) >= FEWEST_LATE:
        return [*chose, *phones, *paper]
    return [*chose, *(paper if len(paper) >= FEWEST else [])]


def _sealed(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """The sealed responses that wait in the inbox; whoever is only to be counted waits for nothing."""
    return (
        INBOX.c.survey_id == survey_id,
        func.coalesce(INBOX.c.late_choice, "") != COUNT,
        INBOX.c.finished.is_(True),
        INBOX.c.withdrawn.is_(False),
        INBOX.c.source != REHEARSAL,
    )


def _unreleased(survey_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """The moved responses that nobody has been shown yet."""
    return (
        RESPONSE.c.survey_id == survey_id,
        func.coalesce(RESPONSE.c.late_choice, "") != COUNT,
        RESPONSE.c.released.is_(False),
        RESPONSE.c.counted.is_(False),
        RESPONSE.c.finished.is_(True),
        RESPONSE.c.withdrawn.is_(False),
        RESPONSE.c.source != REHEARSAL,
    )
