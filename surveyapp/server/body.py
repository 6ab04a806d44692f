"""A request's body, read whole before a thread is taken: what is large goes to the disk, what is too large nowhere."""

from collections.abc import Awaitable, Callable, MutableMapping
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

LIMIT = 16 * 1024 * 1024
IN_MEMORY = 64 * 1024
"""Bytes of a body that stay in memory; a thousand phones may send at the same moment."""
DRAINED = 64 * 1024 * 1024
"""Bytes that are read and dropped of a body that is too large, since no browser shows an answer while it sends."""


class BodyTooLargeError(Exception):
    """The body is longer than `LIMIT`; nothing of it is kept."""


class GoneError(Exception):
    """Whoever was sending is gone."""


async def read_body(receive: Receive, declared: int | None) -> tuple[IO[bytes], int]:
    """The body as a file at its beginning, and its length. `declared` is its Content-Length.

    Raises TooLargeError and GoneError.
    """
    if declared is not None and declared > DRAINED:
        raise BodyTooLargeError
    body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- whoever answers the request closes it
    length, is_more = 0, True
    while is_more:
        message = await receive()
        if message["type"] != "http.request":
            body.close()
            raise GoneError
        part, is_more = message.get("body", b""), message.get("more_body", False)
        length += len(part)
        if length <= LIMIT:
            body.write(part)
        elif length > DRAINED:
            break
    if length > LIMIT:
        body.close()
        raise BodyTooLargeError
    body.seek(0)
    return body, length
