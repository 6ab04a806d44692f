"""Slow, silent and greedy connections by the hundred, and how long a phone that comes meanwhile waits for its page."""

import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import UUID

from bench import attendee, export
from bench.load import get
from bench.scale import add_organiser, signed_in
from surveyapp.db.sessions import make_engine
from surveyapp.server.listening import raised_descriptors

IDLE, DRIPPING, UNREAD, POSTS, EXPORTS, DRAWINGS = 5_000, 500, 64, 500, 8, 8
CROWDS = ("idle", "dripping", "unread", "slow posts", "exports and drawings")
AHEAD = 20  # requests sent ahead by whoever doesn't read
RESPONSES = 100_000
LOOKS = 15
SETTLED = 1.0  # seconds until the server has taken all of them


def run() -> dict[str, Any]:
    """Each kind for itself, then all of them at once: the longest and the middle wait for a page, in seconds."""
    raised_descriptors()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        open_survey, code = attendee.survey_in(folder, export.questionnaire())
        engine = make_engine(f"sqlite:///{folder / 'bench.sqlite3'}")
        exported = export.fill(engine, RESPONSES)
        add_organiser(engine)
        engine.dispose()
        with attendee.serving("ours", name) as server:
            cookie = signed_in(server.port)
            kinds = _kinds(server.port, code, (f"/surveys/{exported}/export", open_survey), cookie)
            alone = {kind: _waits(server.port, code, [crowd]) for kind, crowd in kinds.items()}
            return {"nobody": _waits(server.port, code, []), **alone, "all": _waits(server.port, code, kinds.values())}


Crowd = Callable[[], Any]


def _kinds(port: int, code: str, files: tuple[str, UUID], cookie: str) -> dict[str, Crowd]:
    page, head = get(f"/s/{code}"), f"POST /s/{code} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n".encode()
    exports, survey = files
    file, drawing = f"{exports}/answers.csv", f"/surveys/{survey}/cards.pdf"
    return {
        "idle": lambda: _connected(port, IDLE, b""),
        "dripping": lambda: _dripping(port, DRIPPING, f"GET /s/{code} HTTP/1.1\r\nHost: x\r\nDrip: ".encode()),
        "unread": lambda: _connected(port, UNREAD, page * AHEAD, receives=4096),
        "slow posts": lambda: _dripping(port, POSTS, head),
        "exports and drawings": lambda: _fetching(port, file, drawing, cookie),
    }


def _waits(port: int, code: str, crowds: Any) -> dict[str, float]:
    """How long new phones wait for their page while these are there, one phone after the other."""
    with ExitStack() as until:
        for crowd in crowds:
            until.enter_context(crowd())
        time.sleep(SETTLED)
        waits = sorted(_page(port, code) for _ in range(LOOKS))
    return {"longest": round(waits[-1], 4), "middle": round(waits[LOOKS // 2], 4)}


def _page(port: int, code: str) -> float:
    began = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/s/{code}")
    reply = connection.getresponse()
    assert (reply.status, b"<form" in reply.read()) == (200, True)
    connection.close()
    return time.perf_counter() - began


@contextmanager
def _connected(port: int, many: int, sent: bytes, receives: int = 0) -> Iterator[list[socket.socket]]:
    """Connections that have sent something, and go on to do nothing."""
    with ExitStack() as until:
        opened = []
        for _ in range(many):
            one = until.enter_context(socket.socket())
            if receives:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
            one.connect(("127.0.0.1", port))
            one.sendall(sent)
            opened.append(one)
        yield opened


@contextmanager
def _dripping(port: int, many: int, head: bytes) -> Iterator[None]:
    """Connections that send a byte about each second after a beginning."""
    is_over = threading.Event()

    def drip(opened: list[socket.socket]) -> None:
        while not is_over.wait(1):
            for one in opened:
                with suppress(OSError):  # the server has had enough of it
                    one.sendall(b"x")

    with _connected(port, many, head) as opened:
        dripping = threading.Thread(target=drip, args=[opened])
        dripping.start()
        yield
        is_over.set()
        dripping.join()


@contextmanager
def _fetching(port: int, file: str, drawing: str, cookie: str) -> Iterator[None]:
    """Files read at 1 KB a second, and drawings that are asked for again and again."""
    is_over = threading.Event()
    asked = f"GET {{}} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n"

    def read(opened: list[socket.socket]) -> None:
        while not is_over.wait(1):
            for one in opened:
                with suppress(BlockingIOError):
                    one.recv(1024, socket.MSG_DONTWAIT)

    def draw() -> None:
        while not is_over.is_set():
            connection = HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("GET", drawing, headers={"Cookie": cookie})
            reply = connection.getresponse()
            reply.read()
            assert reply.status in (200, 503), reply.status
            connection.close()

    with _connected(port, EXPORTS, asked.format(file).encode(), receives=4096) as opened:
        drawers = [threading.Thread(target=draw) for _ in range(DRAWINGS)]
        workers = [threading.Thread(target=read, args=[opened]), *drawers]
        for worker in workers:
            worker.start()
        yield
        is_over.set()
        for worker in workers:
            worker.join()
