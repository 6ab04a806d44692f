"""Between the server's event loop (ASGI) and Flask (WSGI): the body is read in the loop, Flask runs in a thread.

A thread is taken only while Flask computes: never while a body comes in, and between two parts of a file never while
somebody slow takes the one before. Part by part a file is made no faster than it is taken.
"""

import asyncio
import contextvars
import sys
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes
from wsgiref.util import FileWrapper

from surveyapp.db.sessions import WRITE_BY, WRITE_SECONDS
from surveyapp.server.body import BodyTooLargeError, GoneError, Receive, read_body
from surveyapp.server.pools import BusyError, Pool, Pools
from surveyapp.server.refusing import BUSY, TOO_LARGE, Refusal, refusal_response
from surveyapp.web import access_log

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

PART = 64 * 1024
"""Bytes of a file that are made at once."""
WHOLE = 1024 * 1024
"""Bytes that are made at once where the answer says beforehand that it has no more than these."""
UNNAMED = frozenset({"CONTENT_TYPE", "CONTENT_LENGTH"})
BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})

Scope = dict[str, Any]
Send = Callable[[Any], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


class Adapter:
    """An ASGI application that runs a WSGI one in pools of threads."""

    def __init__(self, app: "WSGIApplication", pools: Pools) -> None:
        self._app = app
        self._pools = pools

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        arrived = time.monotonic()
        environ = _environ(scope)
        pool = self._pools.of(scope["method"], scope["path"])
        try:
            with pool.place():
                await self._answer(_Call(self._app, environ, arrived), pool, receive, send)
        except BusyError:
            await _refuse(BUSY, environ, send)
        except BodyTooLargeError:
            await _refuse(TOO_LARGE, environ, send)
        except GoneError:
            return

    async def _answer(self, call: "_Call", pool: Pool, receive: Receive, send: Send) -> None:
        with await _body(call.environ, receive) as body:
            call.environ["wsgi.input"] = body
            try:
                answer = await pool.run(call.begin)
                await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
                await send({"type": "http.response.body", "body": answer.part, "more_body": not answer.is_whole})
                if not answer.is_whole:
                    await _send_rest(call, pool, receive, send)
            finally:
                if not call.is_closed:
                    await pool.run(call.close)


async def _body(environ: "WSGIEnvironment", receive: Receive) -> IO[bytes]:
    """The request's body; what the environment says of its length is put right."""
    declared = environ.get("CONTENT_LENGTH", "")
    chunked = environ.pop("HTTP_TRANSFER_ENCODING", "")
    if environ["REQUEST_METHOD"] in BODILESS and not declared and not chunked:
        return BytesIO()
    body, length = await read_body(receive, int(declared) if declared.isdecimal() else None)
    environ["CONTENT_LENGTH"] = str(length)
    return body


async def _send_rest(call: "_Call", pool: Pool, receive: Receive, send: Send) -> None:
    """Send what is left of a file, each part once the one before is taken; stop when nobody is there any more."""
    gone = asyncio.ensure_future(_disconnect(receive))
    try:
        while not gone.done() and (part := await pool.run(call.next_part)):
            await send({"type": "http.response.body", "body": part, "more_body": True})
        if not gone.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()


async def _disconnect(receive: Receive) -> None:
    """Come back when whoever asked is gone, or has everything."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(refusal: Refusal, environ: "WSGIEnvironment", send: Send) -> None:
    access_log.log_refusal(environ["REQUEST_METHOD"], refusal.status)
    headers, said = refusal_response(refusal, environ.get("HTTP_ACCEPT", ""))
    await send({"type": "http.response.start", "status": refusal.status, "headers": _encoded(headers.items())})
    await send({"type": "http.response.body", "body": said})


@dataclass(frozen=True, slots=True)
class _Answer:
    """What Flask has answered so far."""

    status: int
    headers: Headers
    part: bytes
    is_whole: bool


@dataclass(slots=True)
class _Call:
    """One request's way through Flask; each step runs in the same context, whichever thread takes it."""

    app: "WSGIApplication"
    environ: "WSGIEnvironment"
    arrived: float
    is_closed: bool = False
    _context: contextvars.Context = field(default_factory=contextvars.copy_context)
    _parts: Iterable[bytes] = ()
    _left: Iterator[bytes] = field(default_factory=lambda: iter(()))
    _started: tuple[str, list[tuple[str, str]]] = field(default=("", []))
    _written: list[bytes] = field(default_factory=list)

    def begin(self) -> _Answer:
        """Run Flask up to the first part of the body, or the whole of a small one."""
        return self._context.run(self._begin)

    def next_part(self) -> bytes:
        """The next part of the body; empty at its end."""
        return self._context.run(self._part, PART)

    def close(self) -> None:
        """Give back whatever the answer holds."""
        self._context.run(self._close)

    def _begin(self) -> _Answer:
        WRITE_BY.set(self.arrived + WRITE_SECONDS)
        self._parts = self.app(self.environ, self._start)
        self._left = iter(self._parts)
        part = self._part(self._at_once())
        status, headers = self._started
        is_whole = len(part) < self._at_once()
        if is_whole:
            self._close()
        return _Answer(int(status[:3]), _encoded(headers), part, is_whole)

    def _close(self) -> None:
        self.is_closed = True
        close = getattr(self._parts, "close", None)
        if close is not None:
            close()

    def _at_once(self) -> int:
        """How many bytes to make at once: more than there are where the answer says that it is small."""
        lengths = [int(value) for name, value in self._started[1] if name.lower() == "content-length"]
        return lengths[0] + 1 if lengths and lengths[0] <= WHOLE else PART

    def _part(self, size: int) -> bytes:
        parts, length = self._written, sum(map(len, self._written))
        self._written = []
        while length < size and (part := next(self._left, None)) is not None:
            parts.append(part)
            length += len(part)
        return b"".join(parts)

    def _start(self, status: str, headers: list[tuple[str, str]], *_error: Any) -> Callable[[bytes], None]:
        self._started = (status, headers)
        return self._written.append


def _environ(scope: Scope) -> "WSGIEnvironment":
    """The request's head as PEP 3333 says it; a name with an underscore is dropped, since it could pass for another."""
    host, port = scope["server"] or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,
        "wsgi.file_wrapper": _file_parts,
    }
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").upper()
        if "_" in name:
            continue
        name = name.replace("-", "_")
        key, text = name if name in UNNAMED else f"HTTP_{name}", value.decode("latin-1")
        between = ";" if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{text}" if key in environ else text
    return environ


def _file_parts(file: IO[bytes], _size: int = PART) -> FileWrapper:
    return FileWrapper(file, PART)


def _encoded(headers: Iterable[tuple[str, str]]) -> Headers:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
