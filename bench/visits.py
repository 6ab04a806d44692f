"""Phones that come at their times, keep their connection, and pause between their steps, as people do.

Unlike `phones`, where as many as can be served are let in, here as many come as come, whatever the server bears.
"""

import heapq
import selectors
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from bench.phones import WELL, Came, Steps, status_of

PATIENCE = 120.0  # seconds after the last phone came until those that still wait are given up
TICK = 1.0


@dataclass(slots=True)
class _Visitor:
    connection: socket.socket
    steps: Steps
    step: int = 0
    read: bytes = b""
    asked: float = 0
    answer: bytes = b""


@dataclass(slots=True)
class Visits:
    """Everybody who comes to a port; `pause` draws the seconds before each step but the first.

    `stays` leaves the connections open when their phones are through, as browsers do; `watch` is called each second.
    """

    port: int
    steps: Callable[[], Steps]
    pause: Callable[[], float]
    stays: bool = False
    watch: Callable[[], object] = lambda: None
    came: Came = field(default_factory=Came)
    _chosen: selectors.DefaultSelector = field(default_factory=selectors.DefaultSelector)
    _due: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)
    _under_way: int = 0

    def let_come(self, arrivals: Iterable[float]) -> Came:
        """Let them come at these seconds from now, in order; back when all are through or given up."""
        began, times = time.perf_counter(), iter(arrivals)
        following, last = next(times, None), began
        while following is not None or (self._under_way and time.perf_counter() < last + PATIENCE):
            now = time.perf_counter()
            while following is not None and began + following <= now:
                self._arrive()
                following, last = next(times, None), now
            self._do_due(now)
            self._hear(began + following if following is not None else now + TICK)
        for key in list(self._chosen.get_map().values()):
            self._leave(key.data, "" if key.data.step == len(key.data.steps) else "given up")
        self._chosen.close()
        self.came.seconds = time.perf_counter() - began
        return self.came

    def _do_due(self, now: float) -> None:
        while self._due and self._due[0][0] <= now:
            heapq.heappop(self._due)[2]()

    def _at(self, moment: float, do: Callable[[], None]) -> None:
        heapq.heappush(self._due, (moment, next(self._numbers), do))

    def _hear(self, until: float) -> None:
        until = min(until, self._due[0][0]) if self._due else until
        for key, events in self._chosen.select(max(0.0, min(until - time.perf_counter(), TICK))):
            self._trying(key.data, self._connected if events == selectors.EVENT_WRITE else self._read)
        self.watch()

    def _arrive(self) -> None:
        visitor = _Visitor(socket.socket(), self.steps(), asked=time.perf_counter())
        visitor.connection.setblocking(False)
        visitor.connection.connect_ex(("127.0.0.1", self.port))
        self._chosen.register(visitor.connection, selectors.EVENT_WRITE, visitor)
        self._under_way += 1

    def _trying(self, visitor: _Visitor, do: Callable[[_Visitor], None]) -> None:
        try:
            do(visitor)
        except OSError as error:
            self._leave(visitor, type(error).__name__)

    def _connected(self, visitor: _Visitor) -> None:
        visitor.connection.sendall(visitor.steps[0](b""))
        self._chosen.modify(visitor.connection, selectors.EVENT_READ, visitor)

    def _ask(self, visitor: _Visitor) -> None:
        visitor.asked = time.perf_counter()
        visitor.connection.sendall(visitor.steps[visitor.step](visitor.answer))

    def _read(self, visitor: _Visitor) -> None:
        part = visitor.connection.recv(1 << 16)
        is_through = visitor.step == len(visitor.steps)
        if not part:
            self._leave(visitor, "" if is_through else "closed")
            return
        visitor.read += part
        status = status_of(visitor.read)
        if status is None:
            return
        if status not in WELL:
            self._leave(visitor, status.decode())
            return
        visitor.answer, visitor.read, visitor.step = visitor.read, b"", visitor.step + 1
        self.came.waits.append(time.perf_counter() - visitor.asked)
        if visitor.step < len(visitor.steps):
            self._at(time.perf_counter() + self.pause(), lambda: self._trying(visitor, self._ask))
            return
        self.came.flows += 1
        self._under_way -= 1
        if not self.stays:
            self._leave(visitor, "")

    def _leave(self, visitor: _Visitor, wrong: str) -> None:
        if visitor.connection.fileno() < 0:  # the server hung up while the phone's next step was due
            return
        self._chosen.unregister(visitor.connection)
        visitor.connection.close()
        if visitor.step < len(visitor.steps):
            self._under_way -= 1
            self.came.wrong[wrong] = self.came.wrong.get(wrong, 0) + 1
