"""As people come: each phone a new connection, so many at once; page and finish, finishing alone, the page alone.

Both sides of a ratio run by turns against the same server and in the same run; the median of the rounds.
"""

import re
import selectors
import socket
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import attendee, export
from bench.load import get, post
from bench.server import ours

AT_ONCE = (1, 8, 32, 128, 512)
MANY, FEW = 128, 8
ROUNDS = 3
SECONDS = 2.0
LENGTH = re.compile(rb"(?i)content-length: *(\d+)")

Step = Callable[[bytes], bytes]
"""What a phone sends next, made of the whole answer before; of nothing at first."""
Steps = tuple[Step, ...]
WELL = frozenset({b"200"})


@dataclass(slots=True)
class Came:
    """What a round came to: flows that ended well, the last step's seconds, and what went wrong."""

    flows: int = 0
    seconds: float = 0
    waits: list[float] = field(default_factory=list)
    wrong: dict[str, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Flows a second."""
        return self.flows / self.seconds

    def wait(self, share: float) -> float:
        """The time in which this share of the last steps was answered."""
        return sorted(self.waits)[int(share * (len(self.waits) - 1))] if self.waits else 0.0


@dataclass(slots=True)
class _Phone:
    connection: socket.socket
    steps: Steps
    step: int = 0
    read: bytes = b""
    asked: float = 0


class _Hall:
    """The phones that are here, of which each is followed by the next until the time is over."""

    def __init__(self, port: int, steps: Callable[[], Steps], seconds: float, well: frozenset[bytes]) -> None:
        self.came = Came()
        self.chosen = selectors.DefaultSelector()
        self._port = port
        self._steps = steps
        self._end = time.perf_counter() + seconds
        self._well = well

    def arrive(self) -> None:
        phone = _Phone(socket.socket(), self._steps(), asked=time.perf_counter())
        phone.connection.setblocking(False)
        phone.connection.connect_ex(("127.0.0.1", self._port))
        self.chosen.register(phone.connection, selectors.EVENT_WRITE, phone)

    def leave(self, phone: _Phone, wrong: str) -> None:
        self.chosen.unregister(phone.connection)
        phone.connection.close()
        if wrong:
            self.came.wrong[wrong] = self.came.wrong.get(wrong, 0) + 1
        else:
            self.came.flows += 1
        if time.perf_counter() < self._end:
            self.arrive()

    def go_on(self, phone: _Phone) -> None:
        try:
            wrong = self._go_on(phone)
        except OSError as error:
            wrong = type(error).__name__
        if wrong is not None:
            self.leave(phone, wrong)

    def _go_on(self, phone: _Phone) -> str | None:
        """Send or read on; what went wrong, nothing where the phone is through, None while it isn't."""
        if self.chosen.get_key(phone.connection).events == selectors.EVENT_WRITE:
            phone.connection.sendall(phone.steps[0](b""))
            self.chosen.modify(phone.connection, selectors.EVENT_READ, phone)
            return None
        part = phone.connection.recv(1 << 16)
        phone.read += part
        status = status_of(phone.read)
        if not part or status is None:
            return None if part else "closed"
        if status not in self._well:
            return status.decode()
        answer, phone.read, phone.step = phone.read, b"", phone.step + 1
        now = time.perf_counter()
        if phone.step == len(phone.steps):
            self.came.waits.append(now - phone.asked)
            return ""
        phone.asked = now
        phone.connection.sendall(phone.steps[phone.step](answer))
        return None


def come(port: int, steps: Callable[[], Steps], at_once: int, seconds: float, well: frozenset[bytes] = WELL) -> Came:
    """Let phones come for some seconds, so many at once; those that are there then end what they began.

    `steps` makes what one phone sends, and `well` are the statuses that it takes for an answer.
    """
    hall, began = _Hall(port, steps, seconds, well), time.perf_counter()
    for _ in range(at_once):
        hall.arrive()
    while hall.chosen.get_map():
        for key, _events in hall.chosen.select(30):
            hall.go_on(key.data)
    hall.came.seconds = time.perf_counter() - began
    return hall.came


def status_of(answer: bytes) -> bytes | None:
    """The status of an answer once all of it is there."""
    head, found, body = answer.partition(b"\r\n\r\n")
    length = LENGTH.search(head) if found else None
    return answer[9:12] if length is not None and len(body) >= int(length[1]) else None


def run() -> dict[str, Any]:
    """Every figure of phones that come."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        survey_id, code = attendee.survey_in(folder, export.questionnaire())
        length = len(ours(folder).test_client().get(f"/s/{code}").get_data())
        page, finish = asks(code), finishes(code)
        with attendee.serving("ours", name) as server, attendee.serving("constant", str(length)) as plain:
            both: Callable[[], Steps] = lambda: (page, finish)  # noqa: E731 -- as short as what it stands for
            rounds = [{n: come(server.port, both, n, SECONDS) for n in AT_ONCE} for _ in range(ROUNDS)]
            alone = [
                _share(server.port, finish, lambda: attendee.bare_inserts(folder, survey_id)) for _ in range(ROUNDS)
            ]
            beside = [_share(server.port, page, lambda: _constant(plain.port)) for _ in range(ROUNDS)]
    return {
        "at_once": {str(n): _told([each[n] for each in rounds]) for n in AT_ONCE},
        "no_collapse": statistics.median(each[MANY].rate / each[FEW].rate for each in rounds),
        "finish_of_bare_inserts": statistics.median(alone),
        "page_of_constant": statistics.median(beside),
    }


def asks(code: str) -> Step:
    """Ask for the page of a card."""
    return lambda _answer: get(f"/s/{code}")


def finishes(code: str) -> Step:
    """Send a whole response at once."""
    return lambda _answer: post(f"/s/{code}", attendee.body())


def _constant(port: int) -> float:
    return come(port, lambda: (lambda _answer: get("/"),), MANY, SECONDS).rate


def _share(port: int, step: Step, limit: Callable[[], float]) -> float:
    """Ours over the limit, one right after the other."""
    return come(port, lambda: (step,), MANY, SECONDS).rate / limit()


def _told(each: list[Came]) -> dict[str, Any]:
    return {
        "flows_a_second": round(statistics.median(one.rate for one in each), 1),
        "p50": round(statistics.median(one.wait(0.5) for one in each), 4),
        "p99": round(statistics.median(one.wait(0.99) for one in each), 4),
        "wrong": sum(sum(one.wrong.values()) for one in each),
    }
