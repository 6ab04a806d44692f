"""Threads by what they are for: each kind of work has its own few, so that what is slow never holds what is quick.

Flask runs in threads. With one pool for everybody, four people who fetch large files, or a save that waits for the
database, would hold up each phone that only asks for its page. Few threads a pool: more of them only fight for
Python's lock.
"""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, TypeVar

Result = TypeVar("Result")
Work = Callable[[], None]

_ATTENDEE = re.compile(r"/(s/|static/|look$|withdraw$|privacy$|accessibility$|$)", re.IGNORECASE)
_SLOW = re.compile(r"/surveys/[^/]+/(export/|media|questions\.)|/sign-in|/account|/team/people|/surveys/new/")
_SLOW_ENDINGS = (".pdf", ".xlsx", ".zip", ".png")
"""Files, drawings and uploads; and whatever may hash a password, which is made to take long."""


class BusyError(Exception):
    """As many requests of a kind as are let in are there already."""


class Pool:
    """Some threads, and how many requests may be with them at once: running, waiting, or being sent."""

    def __init__(self, name: str, threads: int, places: int) -> None:
        self._places = places
        self._taken = 0
        self._work: SimpleQueue[Work | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._run, name=f"{name}-{n}", daemon=True) for n in range(threads)]
        for thread in self._threads:
            thread.start()

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place for one request, from when it comes in until it is sent. Raises BusyError where none is free."""
        if self._taken >= self._places:
            raise BusyError
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1

    async def run(self, call: Callable[[], Result]) -> Result:
        """Call a function in a thread, in the order of asking. Raises what it raises."""
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[Result] = loop.create_future()

        def work() -> None:
            try:
                result = call()
            except BaseException as error:  # whatever it is, it belongs to the request
                _tell(loop, outcome, outcome.set_exception, error)
            else:
                _tell(loop, outcome, outcome.set_result, result)

        self._work.put(work)
        return await outcome

    def close(self) -> None:
        """Let each thread end after what waits already."""
        for _ in self._threads:
            self._work.put(None)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            work()


def _tell(
    loop: asyncio.AbstractEventLoop, outcome: "asyncio.Future[Any]", settle: Callable[[Any], None], what: object
) -> None:
    """Hand an outcome to whoever waits in the loop, if loop and waiter are still there."""

    def hand_over() -> None:
        if not outcome.cancelled():
            settle(what)

    with suppress(RuntimeError):  # the loop was closed
        loop.call_soon_threadsafe(hand_over)


@dataclass(frozen=True, slots=True)
class Pools:
    """Every pool of one server.

    `pages` reads and never waits for a writer, `saves` writes what attendees send (and gathers it, as `group_commit`
    says), `organisers` serves everything else that is quick, `slow` what isn't.
    """

    pages: Pool
    saves: Pool
    organisers: Pool
    slow: Pool

    def of(self, method: str, path: str) -> Pool:
        """The pool for a request."""
        if _ATTENDEE.match(path):
            return self.pages if method in ("GET", "HEAD") else self.saves
        return self.slow if _SLOW.match(path) or path.endswith(_SLOW_ENDINGS) else self.organisers

    def close(self) -> None:
        """Let every thread end."""
        for pool in (self.pages, self.saves, self.organisers, self.slow):
            pool.close()


def new_pools() -> Pools:
    """The pools of a server.

    A request in `slow` may hold a database connection while it is sent: its places, and every pool's threads, are
    fewer than the connections of an engine (`db.sessions.CONNECTIONS`).
    """
    return Pools(
        pages=Pool("pages", threads=2, places=2_000),
        saves=Pool("saves", threads=4, places=2_000),
        organisers=Pool("organisers", threads=3, places=200),
        slow=Pool("slow", threads=3, places=24),
    )
