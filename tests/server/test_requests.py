"""What Flask gets of a request is what was sent: body, bytes of the path, headers."""

import http.client
import socket
from collections.abc import Iterator

import pytest
from flask import Flask, Response, request

from tests.running import running

PATIENCE = 60


@pytest.fixture
def port() -> Iterator[int]:
    """A server that says what it got."""
    app = Flask("echo")

    @app.route("/<path:_path>", methods=["GET", "POST"])
    def _echo(_path: str) -> Response:
        headers = {"X-Path": request.environ["PATH_INFO"].encode("latin-1").hex()}
        headers["X-Forwarded"] = request.headers.get("X-Forwarded-For", "none")
        return Response(request.get_data(), headers=headers)

    with running(app) as server:
        yield server.port


def asked(port: int, *requests: bytes) -> bytes:
    """Everything that comes back to bytes sent at once, on a connection that the last of them ends."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.sendall(b"".join(requests))
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.mark.parametrize("length", [0, 1, 64 * 1024, 64 * 1024 + 1, 5_000_000])
def test_body_arrives_byte_by_byte(port: int, length: int) -> None:
    sent = bytes(range(256)) * (length // 256 + 1)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("POST", "/x", sent[:length])
    got = connection.getresponse().read()
    connection.close()

    assert got == sent[:length]


def test_body_in_chunks_arrives_whole(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("POST", "/x", iter([b"one ", b"two ", b"three"]), encode_chunked=True)
    got = connection.getresponse().read()
    connection.close()

    assert got == b"one two three"


def test_path_arrives_as_the_bytes_that_were_sent(port: int) -> None:
    answer = asked(port, b"GET /%c3%a9%ff%2f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert b"x-path: " + b"/\xc3\xa9\xff/".hex().encode() in answer


def test_header_with_an_underscore_does_not_pass_for_one_with_a_dash(port: int) -> None:
    answer = asked(port, b"GET /x HTTP/1.1\r\nHost: x\r\nX_Forwarded_For: 203.0.113.7\r\nConnection: close\r\n\r\n")

    assert b"x-forwarded: none" in answer


def test_requests_sent_ahead_are_answered_in_order(port: int) -> None:
    first = b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nfirst"
    last = b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\nlast"

    answer = asked(port, first, last)

    assert answer.count(b"HTTP/1.1 200") == 2
    assert answer.index(b"first") < answer.index(b"last")


def test_body_with_two_lengths_is_refused(port: int) -> None:
    two = b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"

    assert asked(port, two).startswith(b"HTTP/1.1 400")
