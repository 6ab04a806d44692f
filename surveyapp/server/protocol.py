"""A connection whose every size and time is bounded: uvicorn's, with the bounds that it leaves to a proxy.

An open connection costs memory and a file descriptor, never a thread. What may be slow without end is ended here: a
head that drips, a body that stalls, an answer that nobody reads, requests sent ahead without reading.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from surveyapp.server.refusing import BUSY, HEAD_TOO_LARGE, NOT_UNDERSTOOD, Refusal, refusal_response

MOST_CONNECTIONS = 10_000


@dataclass(frozen=True, slots=True)
class ProtocolLimits:
    """Seconds, bytes and counts of one connection, and how many connections there may be."""

    connections: int = MOST_CONNECTIONS
    idle: int = 75
    head: float = 20
    head_bytes: int = 64 * 1024
    body: float = 600
    body_stall: float = 30
    unread: float = 120
    refused: float = 2
    ahead: int = 32


def bounded(bounds: ProtocolLimits) -> type[HttpToolsProtocol]:
    """The kind of connection with these bounds, for uvicorn to make."""
    return type("Bounded", (BoundedProtocol,), {"bounds": bounds})


class BoundedProtocol(HttpToolsProtocol):
    """One connection. `since` is when its present state began, `last` when it last moved."""

    bounds = ProtocolLimits()

    def __init__(
        self, config: Config, server_state: ServerState, app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:  # fmt: skip
        super().__init__(config, server_state, app_state, _loop)
        self.since = self.last = self.loop.time()
        self.is_in_head = True
        self.is_refused = False
        self.head_bytes = self.unsent = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Take the connection, or tell it that there are too many."""
        super().connection_made(transport)
        over = len(self.connections) - self.bounds.connections
        if over > self.bounds.connections // 10:
            transport.abort()
        elif over > 0:
            self._refuse(BUSY)

    def data_received(self, data: bytes) -> None:
        """Read on; too long a head is refused, and so is whoever asks on and on without reading."""
        if self.is_refused:
            return
        self.last = self.loop.time()
        if not self.is_in_head and self._is_between():
            self.is_in_head, self.since, self.head_bytes = True, self.last, 0
        super().data_received(data)
        if self.is_in_head:
            self.head_bytes += len(data)
        if self.is_in_head and self.head_bytes > self.bounds.head_bytes:
            self._refuse(HEAD_TOO_LARGE)
        elif len(self.pipeline) > self.bounds.ahead:
            self.transport.abort()

    def on_headers_complete(self) -> None:
        """The head is whole; from now on the body's bounds hold."""
        self.is_in_head, self.since = False, self.last
        super().on_headers_complete()

    def on_message_begin(self) -> None:
        """A head begins, perhaps right behind the request before."""
        self.is_in_head, self.head_bytes = True, 0
        super().on_message_begin()

    def send_400_response(self, _msg: str) -> None:
        """Refuse what is no HTTP, in plain words."""
        self._refuse(NOT_UNDERSTOOD)

    def end_if_overdue(self, now: float) -> None:
        """End the connection where one of its times is over; asked each second."""
        if self._is_overdue(now):
            self.transport.abort()

    def _is_overdue(self, now: float) -> bool:
        bounds, lasted = self.bounds, now - self.since
        if self.is_refused:
            return lasted > bounds.refused
        if self.flow.write_paused:
            return self._is_unread(now)
        if self.is_in_head:
            return lasted > bounds.head
        if not self.pipeline and self.cycle.more_body and not self.cycle.response_complete:
            return lasted > bounds.body or now - self.last > bounds.body_stall
        return False

    def _is_unread(self, now: float) -> bool:
        """Whether nothing of what waits to be sent was taken for too long."""
        unsent = self.transport.get_write_buffer_size()
        if unsent != self.unsent:
            self.unsent, self.last = unsent, now
        return now - self.last > self.bounds.unread

    def _is_between(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or (cycle.response_complete and not self.pipeline)

    def _refuse(self, refusal: Refusal) -> None:
        """Say so, then drop what still comes until the other side has read it: closed at once, it would not be."""
        self.is_refused, self.since = True, self.loop.time()
        headers, said = refusal_response(refusal)
        head = "".join(f"{name.lower()}: {value}\r\n" for name, value in headers.items())
        self.transport.write(STATUS_LINE[refusal.status] + head.encode() + b"\r\n" + said)
        if self.transport.can_write_eof():
            self.transport.write_eof()
