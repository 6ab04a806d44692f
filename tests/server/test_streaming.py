"""A file is made part by part, as it is taken, and what breaks on the way is seen to be broken."""

import http.client
import logging
import socket
from collections.abc import Iterator
from time import sleep

import pytest
from flask import Flask, Response, request, stream_with_context

from tests.running import running

PART = b"x" * 65_536
PARTS = 1_000


def app_with_files() -> tuple[Flask, list[int]]:
    """An app with files that are whole, break, or name their length; and how many parts were made."""
    app, made = Flask("file"), [0]

    @app.get("/whole")
    def _whole() -> Iterator[bytes]:
        while made[0] < PARTS:
            made[0] += 1
            yield PART

    @app.get("/broken")
    def _broken() -> Iterator[bytes]:
        yield PART * 2
        raise OSError("the disk is gone")

    @app.get("/asks")
    def _asks() -> Response:
        return Response(stream_with_context(request.path.encode() * 20_000 for _ in range(5)))

    return app, made


def test_file_is_made_no_faster_than_it_is_taken() -> None:
    app, made = app_with_files()
    with running(app) as server, socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(b"GET /whole HTTP/1.1\r\nHost: here\r\n\r\n")
        sleep(0.5)
        unread = made[0] * len(PART)
        client.settimeout(10)
        while made[0] < PARTS:
            client.recv(1_000_000)

    assert 0 < unread < 16_000_000


def test_file_that_nobody_takes_any_more_is_made_no_further() -> None:
    app, made = app_with_files()
    with running(app) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.sendall(b"GET /whole HTTP/1.1\r\nHost: here\r\n\r\n")
            client.recv(1_000)
        sleep(0.3)
        after_going = made[0]
        sleep(0.3)

    assert made[0] == after_going < PARTS


def test_file_that_breaks_midway_does_not_look_whole(caplog: pytest.LogCaptureFixture) -> None:
    app, _made = app_with_files()
    with caplog.at_level(logging.CRITICAL), running(app) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/broken")
        with connection.getresponse() as answer, pytest.raises(http.client.IncompleteRead):
            answer.read()
        connection.close()


def test_file_may_ask_about_the_request_while_it_is_made() -> None:
    app, _made = app_with_files()
    with running(app) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/asks")
        with connection.getresponse() as answer:
            read = answer.read()
        connection.close()

    assert read == b"/asks" * 100_000
