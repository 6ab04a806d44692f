"""What is too large is refused by the server before it is read, in plain words."""

import socket
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask

from surveyapp.server.serve import listening
from tests.server.test_serve import settings

PATIENCE = 10


@pytest.mark.parametrize(
    ("head", "status", "words"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\n\r\n", b"413", b"That is too large to send"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", b"400", b"We could not read that"),
    ],
)
def test_server_refuses_with_a_page_in_plain_words(tmp_path: Path, head: bytes, status: bytes, words: bytes) -> None:
    server = listening(Flask("nothing"), settings(tmp_path, host="127.0.0.1", port="0"))
    running = Thread(target=server.run, daemon=True)
    running.start()

    with socket.create_connection(("127.0.0.1", server.effective_port), PATIENCE) as visitor:
        visitor.sendall(head)
        answer = b"".join(iter(lambda: visitor.recv(4096), b""))
    server.trigger.pull_trigger(lambda: [one.close() for one in list(server._map.values())])
    running.join(PATIENCE)

    assert answer.startswith(b"HTTP/1.1 " + status)
    assert words in answer
    assert b"Go back" in answer
