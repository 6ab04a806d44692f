"""What the files' tests stand on: the app on a real server."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from waitress.server import create_server

WORKERS = 4


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    """The app on a real server."""
    server = create_server(app, host="127.0.0.1", port=0, threads=WORKERS, ident=None)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.trigger.pull_trigger(lambda: [one.close() for one in list(server._map.values())])
    thread.join(timeout=5)
    server.task_dispatcher.shutdown()
