"""The port, the descriptors and the loop: everything between the operating system and the application."""

import asyncio
import logging
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from surveyapp.refused import RefusedError
from surveyapp.server.adapter import Adapter
from surveyapp.server.pools import Pools, new_pools
from surveyapp.server.protocol import MOST_CONNECTIONS, BoundedProtocol, ProtocolLimits, bounded

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

BACKLOG = 4096
"""Connections that the system holds until they are taken; it may hold fewer (net.core.somaxconn)."""
STOP_SECONDS = 30
KEPT_FREE = 256
"""Descriptors for the database, files and what is written to the disk while it comes in."""
TICKS_A_SECOND = 10


class CannotListenError(RefusedError):
    """The server's address can't be had; the message says which and what to do."""


class Server(uvicorn.Server):
    """A server that holds its port already; `run` serves until a signal or `stop`."""

    def __init__(self, app: "WSGIApplication", listener: socket.socket, bounds: ProtocolLimits, pools: Pools) -> None:
        super().__init__(
            uvicorn.Config(
                Adapter(app, pools),
                http=bounded(bounds),
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                backlog=BACKLOG,
                timeout_keep_alive=bounds.idle,
                timeout_graceful_shutdown=STOP_SECONDS,
            )
        )
        self._listener = listener
        self._pools = pools
        self.port: int = listener.getsockname()[1]

    def serve_until_stopped(self) -> None:
        """Serve. After a signal nobody new is let in, who waits is told goodbye, and what runs has 30 seconds."""
        try:
            with suppress(KeyboardInterrupt):
                self.run(sockets=[self._listener])
        finally:
            self._listener.close()
            self._pools.close()

    def stop(self) -> None:
        """Stop as after a signal, from another thread."""
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let what runs end, at most for `STOP_SECONDS`, then let go of whoever is still there."""
        await super().shutdown(sockets)
        for connection in list(self.server_state.connections):
            if isinstance(connection, BoundedProtocol):
                connection.transport.abort()
        await asyncio.sleep(0)  # or the loop ends before it has closed them

    async def on_tick(self, counter: int) -> bool:
        """Each second, end the connections whose time is over."""
        if counter % TICKS_A_SECOND == 0:
            now = asyncio.get_running_loop().time()
            for connection in list(self.server_state.connections):
                if isinstance(connection, BoundedProtocol):
                    connection.end_if_overdue(now)
        return await super().on_tick(counter)


def listening(app: "WSGIApplication", host: str, port: int, bounds: ProtocolLimits | None = None) -> Server:
    """A server for the application. Raises CannotListenError."""
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    if bounds is None:
        bounds = ProtocolLimits(connections=raised_descriptors() - KEPT_FREE)
    return Server(app, _listener(host, port), bounds, new_pools())


def raised_descriptors() -> int:
    """How many files and connections this process may hold, after asking for as many as it may ask for."""
    if sys.platform == "win32":
        return MOST_CONNECTIONS + KEPT_FREE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + KEPT_FREE
    if soft == resource.RLIM_INFINITY:
        return wanted
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(soft, wanted)


def descriptors_wanting() -> str:
    """What to set so that as many can be connected at once as the server can bear; nothing where that is so."""
    have, wanted = raised_descriptors(), MOST_CONNECTIONS + KEPT_FREE
    if have == wanted:
        return ""
    return (
        f"At most {have - KEPT_FREE} can be connected at once here. For more, raise the limit of open files: "
        f"`ulimit -n {wanted}`, or LimitNOFILE= in the service's unit."
    )


def _listener(host: str, port: int) -> socket.socket:
    """A socket that listens, on the first address that the host's name has."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            if sys.platform != "win32":  # there it would let two servers have one port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(BACKLOG)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise CannotListenError(
            f"The server can't listen on {host}, port {port}: {why}. Set HOST or PORT to others."
        ) from error
    return listener
