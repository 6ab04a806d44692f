"""Connections that are slow, silent or greedy: a phone that comes meanwhile gets its page at once."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection

import pytest
from flask import Flask, request

from surveyapp.server.listening import Server
from surveyapp.server.protocol import ProtocolLimits
from tests.running import running

AT_ONCE = 1.0
FEW = 150
SHORT = ProtocolLimits(idle=1, head=1, body=2, body_stall=1, unread=1)
HEAD = b"POST /s/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
BIG = 4_000_000


def page_and_file() -> Flask:
    """An app with a page, a form and a file."""
    app = Flask("page")
    app.add_url_rule("/s/x", "page", lambda: "page")
    app.add_url_rule("/s/x", "save", lambda: str(len(request.get_data())), methods=["POST"])
    app.add_url_rule("/surveys/x/export/big.csv", "file", lambda: (b"x" * 65_536 for _ in range(2_000)))
    app.add_url_rule("/s/big", "big", lambda: b"x" * BIG)
    return app


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server with the usual bounds."""
    with running(page_and_file()) as started:
        yield started


@pytest.fixture(scope="module")
def impatient() -> Iterator[Server]:
    """A server whose times are over in a second or two."""
    with running(page_and_file(), bounds=SHORT) as started:
        yield started


def many(server: Server, count: int, sent: bytes, until: ExitStack) -> list[socket.socket]:
    """Connections that have sent the same bytes and go on to do nothing."""
    opened = [until.enter_context(socket.create_connection(("127.0.0.1", server.port))) for _ in range(count)]
    for one in opened:
        one.sendall(sent)
    return opened


def seconds_for_a_page(server: Server) -> float:
    """How long a new phone waits for its page."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", "/s/x")
    assert connection.getresponse().read() == b"page"
    connection.close()
    return time.monotonic() - began


def is_ended(connection: socket.socket, within: float = 6) -> bool:
    """Whether the server lets go of a connection in time."""
    connection.settimeout(within)
    try:
        while connection.recv(65_536):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


def drip(connection: socket.socket, seconds: float) -> None:
    """Send on and on, a byte at a time. Raises ConnectionError."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        connection.sendall(b"x")
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("sent", "what"),
    [
        (b"", "idle"),
        (b"GET /s/x HTTP/1.1\r\nHost: x\r\nDrip: ", "heads that drip"),
        (HEAD + b"x" * 10, "bodies that stall"),
        (b"GET /s/big HTTP/1.1\r\nHost: x\r\n\r\n", "answers that nobody reads"),
        (b"GET /s/x HTTP/1.1\r\nHost: x\r\n\r\n" * 20, "requests sent ahead that nobody reads"),
        (b"GET /surveys/x/export/big.csv HTTP/1.1\r\nHost: x\r\n\r\n", "files that nobody reads"),
    ],
)
def test_phone_gets_its_page_at_once_beside_many_that_are_slow(server: Server, sent: bytes, what: str) -> None:
    few = 20 if "read" in what else FEW
    with ExitStack() as until:
        many(server, few, sent, until)
        time.sleep(0.3)
        assert min(seconds_for_a_page(server) for _ in range(3)) < AT_ONCE


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /s/x HTTP/1.1\r\nHost: x\r\nDrip: ",
        HEAD,
        HEAD + b"x" * 999,
        b"GET /s/x HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_connection_that_does_nothing_is_ended(impatient: Server, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", impatient.port)) as one:
        one.sendall(sent)

        assert is_ended(one)


def test_head_that_drips_is_ended_although_it_moves(impatient: Server) -> None:
    with socket.create_connection(("127.0.0.1", impatient.port)) as one, pytest.raises(ConnectionError):
        drip(one, 6)


def test_answer_that_nobody_reads_is_ended(impatient: Server) -> None:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.connect(("127.0.0.1", impatient.port))
        one.sendall(b"GET /surveys/x/export/big.csv HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(4)

        assert is_ended(one)


def test_who_sends_hundreds_ahead_is_ended(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as one:
        one.sendall(b"GET /s/x HTTP/1.1\r\nHost: x\r\n\r\n" * 1_000)

        assert is_ended(one)


def test_more_connections_than_there_may_be_are_told_so() -> None:
    bounds = ProtocolLimits(connections=20)
    with running(page_and_file(), bounds=bounds) as server, ExitStack() as until:
        many(server, 20, b"", until)
        time.sleep(0.2)
        (one,) = many(server, 1, b"GET /s/x HTTP/1.1\r\nHost: x\r\n\r\n", until)
        one.settimeout(5)
        answer = b"".join(iter(lambda: one.recv(65_536), b""))

    assert answer.startswith(b"HTTP/1.1 503")
    assert b"retry-after: 5" in answer
