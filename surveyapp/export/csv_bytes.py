"""Tables as bytes of RFC 4180: comma, CRLF, doubled quotes, UTF-8 without a byte order mark."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

CHUNK = 64 * 1024


def csv_bytes(header: Sequence[str], batches: Iterable[Iterable[Sequence[object]]]) -> Iterator[bytes]:
    """The header at once, then chunks of 64 KB or a batch, whichever is more; None is an empty cell."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(header)
    yield _taken(buffer)
    for rows in batches:
        writer.writerows(rows)
        if buffer.tell() >= CHUNK:
            yield _taken(buffer)
    if buffer.tell():
        yield _taken(buffer)


def _taken(buffer: StringIO) -> bytes:
    written = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return written
