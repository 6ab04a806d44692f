"""What is too large, or no HTTP, is refused by the server before the app is asked, in plain words."""

import socket

import pytest
from flask import Flask

from tests.running import running

PATIENCE = 60


@pytest.mark.parametrize(
    ("head", "status", "words"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\n\r\n", b"413", b"That is too large to send"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", b"400", b"We could not read that"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nLong: " + b"x" * 70_000, b"431", b"We could not read that"),
    ],
)
def test_server_refuses_with_a_page_in_plain_words(head: bytes, status: bytes, words: bytes) -> None:
    with running(Flask("nothing")) as server, socket.create_connection(("127.0.0.1", server.port), PATIENCE) as visitor:
        visitor.sendall(head)
        answer = b"".join(iter(lambda: visitor.recv(4096), b""))

    assert answer.startswith(b"HTTP/1.1 " + status)
    assert words in answer
    assert b"Go back" in answer
    assert b"content-security-policy" in answer.lower()


def test_body_that_turns_out_too_large_is_refused_once_it_is_sent() -> None:
    with running(Flask("nothing")) as server, socket.create_connection(("127.0.0.1", server.port), PATIENCE) as visitor:
        visitor.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(17):
            visitor.sendall(b"100000\r\n" + b"x" * 0x100000 + b"\r\n")
        visitor.sendall(b"0\r\n\r\n")
        answer = b"".join(iter(lambda: visitor.recv(4096), b""))

    assert answer.startswith(b"HTTP/1.1 413")
