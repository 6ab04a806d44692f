"""A small load generator: kept-alive connections, each asking as fast as it is answered."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

BUFFER = 1 << 16


@dataclass(frozen=True, slots=True)
class Load:
    """What a round of load came to."""

    requests: int
    seconds: float
    statuses: dict[int, int]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def load(port: int, request: Callable[[], bytes], seconds: float, connections: int) -> Load:
    """Ask for some seconds over some connections; `request` makes the bytes of each."""
    statuses: dict[int, int] = {}
    lock = threading.Lock()
    began = time.perf_counter()

    def ask() -> None:
        mine: dict[int, int] = {}
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() - began < seconds:
                connection.sendall(request())
                status = read_answer(connection)
                mine[status] = mine.get(status, 0) + 1
        with lock:
            for status, times in mine.items():
                statuses[status] = statuses.get(status, 0) + times

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(sum(statuses.values()), time.perf_counter() - began, statuses)


def read_answer(connection: socket.socket) -> int:
    """Read one whole answer and return its status. Raises ConnectionError."""
    read = b""
    while b"\r\n\r\n" not in read:
        part = connection.recv(BUFFER)
        if not part:
            raise ConnectionError("the server hung up")
        read += part
    head, _, body = read.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    missing = length - len(body)
    while missing > 0:
        missing -= len(connection.recv(min(missing, BUFFER)))
    return int(head.split(b" ", 2)[1])


def get(path: str) -> bytes:
    """A GET as a phone sends it, compression apart."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n".encode()


def post(path: str, body: bytes) -> bytes:
    """A form as the attendee's script sends it."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
