"""The server as shipped, in a thread of the tests' own process."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from surveyapp.server.listening import Server, listening
from surveyapp.server.protocol import ProtocolLimits

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PATIENCE = 60


@contextmanager
def running(app: "WSGIApplication", port: int = 0, bounds: ProtocolLimits | None = None) -> Iterator[Server]:
    """A server on this machine; at the end of the block it stops at once, whoever is still connected."""
    server = listening(app, "127.0.0.1", port, bounds)
    thread = Thread(target=server.serve_until_stopped, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.force_exit = True
        server.stop()
        thread.join(PATIENCE)
