"""Group commit: saves that wait for SQLite at the same moment share one transaction, and one wait for the disk.

SQLite has one writer at a time, and a commit waits for the disk. Left to itself, a save that finds the database busy
sleeps, longer at each try. Here it queues instead; whoever's turn comes commits for all who wait by then, and no one
is told "stored" before that commit is on disk (DeWitt et al. 1984, "Implementation techniques for main memory
database systems", section 5.2).
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

Result = TypeVar("Result")


@dataclass(slots=True, eq=False)
class _Job(Generic[Result]):
    """What one thread wants stored, and what came of it."""

    run: Callable[[Session], Result]
    result: Result | None = None
    error: Exception | None = None
    is_done: bool = False

    def outcome(self) -> Result:
        if self.error is not None:
            raise self.error
        return cast(Result, self.result)


class GroupCommit:
    """One database's queue of writers in this process; `engine` must begin its transactions for writing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turn = threading.Lock()
        self._waiting: deque[_Job[Any]] = deque()

    def commit(self, run: Callable[[Session], Result]) -> Result:
        """Run a function in a transaction and return its result once that is on disk; raises what it raised.

        Where another function of the same transaction fails, it is run again in one of its own.
        """
        # A deque's append is atomic: nobody needs the lock to queue.
        job = _Job(run)
        self._waiting.append(job)
        with self._turn:
            # Whoever held the lock before may have committed this job along with its own.
            if not job.is_done:
                self._commit_all(self._taken_with(job))
        return job.outcome()

    def _taken_with(self, job: _Job[Any]) -> list[_Job[Any]]:
        """Everything that waits; and the job itself, should whoever took it before have been stopped."""
        taken = [self._waiting.popleft() for _ in range(len(self._waiting))]
        return taken if job in taken else [*taken, job]

    def _commit_all(self, jobs: list[_Job[Any]]) -> None:
        try:
            results = self._in_one_transaction(jobs)
        except Exception as error:  # whatever it is, it belongs to the thread that asked
            self._after_a_failure(jobs, error)
            return
        for job, result in zip(jobs, results, strict=True):
            job.result, job.is_done = result, True

    def _in_one_transaction(self, jobs: list[_Job[Any]]) -> list[Any]:
        # What a job returns is read after the commit, in another thread: expired objects would go back to the database.
        with Session(self._engine, expire_on_commit=False) as session:
            results = [job.run(session) for job in jobs]
            session.commit()
        return results

    def _after_a_failure(self, jobs: list[_Job[Any]], error: Exception) -> None:
        """Nothing was stored: each is tried alone, so that only the one at fault is told so.

        Where the database can't be written at all (its lock is held, the disk is full) nobody is at fault, and trying
        each would make the last wait for all the others' time together.
        """
        if len(jobs) == 1 or isinstance(error, OperationalError):
            for job in jobs:
                job.error, job.is_done = error, True
            return
        for job in jobs:
            self._commit_all([job])
