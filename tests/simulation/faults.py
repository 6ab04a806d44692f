"""Faults that could be made in the code that keeps answers, each planted to see whether simulated events find it."""

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, update
from sqlalchemy.event import listen
from sqlalchemy.orm import Session

from surveyapp.app import create_app
from surveyapp.db.group_commit import GroupCommit
from surveyapp.model import due, figure_counts, release, response, saving, withdrawal
from surveyapp.model.response import InboxResponse, Outcome, Response, Version
from surveyapp.model.stored_blanks import store_blanks
from surveyapp.model.survey import Survey
from tests.simulation import event

Plant = Callable[[pytest.MonkeyPatch], None]


def the_disk_is_not_waited_for(patch: pytest.MonkeyPatch) -> None:
    """Commits are acknowledged before they are on the disk; behind the check by which the app refuses to run so."""

    def create_hasty(config: Any, **how: Any) -> Any:
        app = create_app(config, **how)
        listen(app.extensions["engine"], "connect", lambda opened, _: opened.execute("PRAGMA synchronous=OFF"))
        return app

    patch.setattr(event, "create_app", create_hasty)


def the_log_is_thrown_away_at_a_start(patch: pytest.MonkeyPatch) -> None:
    """What wasn't moved from SQLite's log to the database yet is gone with it."""

    def create_without_log(config: Any, **how: Any) -> Any:
        Path(config.database_url.removeprefix("sqlite:///") + "-wal").unlink(missing_ok=True)
        return create_app(config, **how)

    patch.setattr(event, "create_app", create_without_log)


def a_commit_is_forgotten_now_and_then(patch: pytest.MonkeyPatch) -> None:
    """A save is acknowledged, and rolled back."""
    commit, numbers = GroupCommit.commit, count(1)

    def commit_or_not(self: GroupCommit, run: Callable[[Session], Any]) -> Any:
        if next(numbers) % 5:
            return commit(self, run)
        with Session(self._engine) as session:
            return run(session)

    patch.setattr(GroupCommit, "commit", commit_or_not)


def _deciding(decide: Callable[[Version, Version], Outcome | None]) -> Plant:
    """A fault in what becomes of a version that meets a stored one; None: as it is right."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        def decided(stored: Version | None, sent: Version) -> Outcome:
            wrong = decide(stored, sent) if stored is not None and not stored.withdrawn else None
            return wrong or response.outcome(stored, sent)

        patch.setattr(saving, "outcome", decided)

    return plant


def _older(stored: Version, sent: Version) -> bool:
    return (sent.revision or 0) < (stored.revision or 0)


def _swapped(stored: Version, sent: Version) -> Outcome | None:
    return Outcome.STORE if _older(stored, sent) and not stored.finished else None


def _unsealed(stored: Version, sent: Version) -> Outcome | None:
    return Outcome.STORE if stored.finished and not sent.finished and not _older(stored, sent) else None


def _refused_seal(stored: Version, sent: Version) -> Outcome | None:
    return Outcome.KEEP if sent.finished and not stored.finished and _older(stored, sent) else None


def a_second_finish_is_called_kept(patch: pytest.MonkeyPatch) -> None:
    """What somebody sends after they have sent is acknowledged and dropped."""
    _deciding(lambda stored, sent: Outcome.KEEP if stored.finished and sent.finished else None)(patch)
    patch.setattr(saving, "is_kept_safe", lambda *_: True)


def a_replay_is_a_new_response(patch: pytest.MonkeyPatch) -> None:
    """What follows a sealed response has another key each time that it is sent."""
    patch.setattr(saving, "follow_key_of", lambda *_: uuid4().bytes * 2)


def _counting(count_: Callable[..., None]) -> Plant:
    """A fault in what is counted in the transaction that seals; it is given the right way first."""
    right = saving._count
    return lambda patch: patch.setattr(saving, "_count", lambda *about: count_(right, *about))


def _twice(right: Callable[..., None], *about: Any) -> None:
    right(*about)
    right(*about)


def _only_the_card(_right: Callable[..., None], session: Session, place: Any, _sent: Any) -> None:
    session.connection().execute(saving._ONE_MORE, {"card": place.card})


def a_card_is_counted_in_a_transaction_of_its_own(patch: pytest.MonkeyPatch) -> None:
    """A power cut later the response is there, and nobody has counted it."""
    count_ = saving._count

    def counted(session: Session, place: Any, sent: Any) -> None:
        session.commit()
        count_(session, place, sent)

    patch.setattr(saving, "_count", counted)


def taking_back_leaves_nothing_to_stop_a_replay(patch: pytest.MonkeyPatch) -> None:
    """A late copy brings back what was taken back."""

    def deleted(session: Session, survey_id: Any, key: bytes) -> None:
        for table in (InboxResponse, Response):
            session.execute(delete(table).where(table.survey_id == survey_id, table.key == key))

    patch.setattr(withdrawal, "_empty", deleted)


def taking_back_forgets_what_followed(patch: pytest.MonkeyPatch) -> None:
    """What a second tab sent stays."""

    def emptied(session: Session, survey_id: Any, key: bytes) -> None:
        for table in (InboxResponse, Response):
            here = (table.survey_id == survey_id, table.key == key)
            session.execute(update(table).where(*here).values(withdrawal._EMPTY | withdrawal._ALSO.get(table, {})))

    patch.setattr(withdrawal, "_empty", emptied)


def taking_back_leaves_the_counters(patch: pytest.MonkeyPatch) -> None:
    """Figures go on to count what was taken back."""
    patch.setattr(withdrawal, "uncount", lambda *_: None)


def taking_back_looks_in_the_inbox_alone(patch: pytest.MonkeyPatch) -> None:
    """What was moved can't be taken back."""
    patch.setattr(withdrawal, "STORED", (InboxResponse,))


def _moving(change: Callable[[Sequence[bytes]], Sequence[bytes]], *, deletes: bool) -> Plant:
    """A fault in moving: only some are copied, or none is deleted."""

    def moved(session: Session, survey: Survey, keys: Sequence[bytes]) -> None:
        if not keys:
            return
        inbox, moved_to = saving.INBOX, saving.RESPONSE
        mine = (inbox.c.survey_id == survey.id, inbox.c.key.in_(change(keys)))
        rows = [dict(row._mapping) for row in session.execute(inbox.select().where(*mine))]
        if rows:
            session.execute(saving.insert_into(moved_to, "sqlite").on_conflict_do_nothing(), rows)
        if deletes:
            session.execute(inbox.delete().where(inbox.c.survey_id == survey.id, inbox.c.key.in_(keys)))
        release.store_facts(session, survey, moved_since_rewrite=True)

    return lambda patch: patch.setattr(release, "move_responses", moved)


def a_move_is_two_transactions(patch: pytest.MonkeyPatch) -> None:
    """What is copied is committed before what was copied is deleted."""
    move = release.move_responses

    def in_two(session: Session, survey: Survey, keys: Sequence[bytes]) -> None:
        inbox = saving.INBOX
        rows = [dict(row._mapping) for row in session.execute(inbox.select().where(inbox.c.key.in_(keys)))]
        if rows:
            session.execute(saving.insert_into(saving.RESPONSE, "sqlite").on_conflict_do_nothing(), rows)
            session.commit()
        move(session, survey, keys)

    patch.setattr(release, "move_responses", in_two)


def what_is_moved_is_shown(patch: pytest.MonkeyPatch) -> None:
    """Answers are shown while the survey is open."""

    def shown(session: Session, survey: Survey) -> int:
        moved = release.move_waiting(session, survey)
        session.execute(update(Response).where(Response.survey_id == survey.id).values(released=True))
        return moved

    patch.setattr(due, "move_waiting", shown)


def a_release_is_two_transactions(patch: pytest.MonkeyPatch) -> None:
    """Answers are shown, and a power cut later nobody knows that they are."""

    def stored(session: Session, survey: Survey) -> None:
        session.commit()
        store_blanks(session, survey)

    patch.setattr(release, "store_blanks", stored)


def a_release_counts_twice(patch: pytest.MonkeyPatch) -> None:
    """Counters get what is released two times."""
    add = figure_counts._add
    patch.setattr(figure_counts, "_add", lambda *about: _twice(add, *about))


def what_was_begun_is_shown_as_sent(patch: pytest.MonkeyPatch) -> None:
    """Copies of what people began count as if they had sent it."""
    release_begun = release._release_begun

    def sealed(session: Session, survey: Survey) -> None:
        release_begun(session, survey)
        session.execute(update(Response).where(Response.finished.is_(False)).values(finished=True, counted=True))

    patch.setattr(release, "_release_begun", sealed)


def what_is_left_over_is_all_deleted(patch: pytest.MonkeyPatch) -> None:
    """A month after the close late answers go with what nobody finished."""

    def all_deleted(session: Session, survey: Survey) -> None:
        session.execute(delete(InboxResponse).where(InboxResponse.survey_id == survey.id))

    patch.setattr(release, "_delete_what_is_left_over", all_deleted)


FAULTS: dict[str, Plant] = {
    "the disk is not waited for": the_disk_is_not_waited_for,
    "the log is thrown away at a start": the_log_is_thrown_away_at_a_start,
    "a commit is forgotten now and then": a_commit_is_forgotten_now_and_then,
    "two revisions are swapped": _deciding(_swapped),
    "a seal is broken by a later save": _deciding(_unsealed),
    "a finish that is overtaken is dropped": _deciding(_refused_seal),
    "a second finish is called kept": a_second_finish_is_called_kept,
    "a replay is a new response": a_replay_is_a_new_response,
    "a finish is counted twice": _counting(_twice),
    "a finish is not counted": _counting(lambda *_: None),
    "an equality answer is lost": _counting(_only_the_card),
    "a card is counted in a transaction of its own": a_card_is_counted_in_a_transaction_of_its_own,
    "taking back leaves nothing to stop a replay": taking_back_leaves_nothing_to_stop_a_replay,
    "taking back forgets what followed": taking_back_forgets_what_followed,
    "taking back leaves the counters": taking_back_leaves_the_counters,
    "taking back looks in the inbox alone": taking_back_looks_in_the_inbox_alone,
    "a move loses one": _moving(lambda keys: keys[1:], deletes=True),
    "a move leaves what it copied": _moving(lambda keys: keys, deletes=False),
    "a move is two transactions": a_move_is_two_transactions,
    "what is moved is shown": what_is_moved_is_shown,
    "a release is two transactions": a_release_is_two_transactions,
    "a release counts twice": a_release_counts_twice,
    "what was begun is shown as sent": what_was_begun_is_shown_as_sent,
    "what is left over is all deleted": what_is_left_over_is_all_deleted,
}
