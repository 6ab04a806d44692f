"""A zip that is sent while it is written: nothing is held but what the compressor holds."""

from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CHUNK = 64 * 1024
READABLE = 0o644 << 16

Entry = tuple[str, Iterable[bytes]]


class _ZipBuffer:
    """What ZipFile writes into: no `tell` and no `seek`, so that it puts sizes behind the data and never goes back."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: bytes) -> int:
        self._written += data
        return len(data)

    def flush(self) -> None:
        """Nothing to do: what is written is taken by `taken`."""

    def close(self) -> None:
        """Nothing to close."""

    def taken(self, at_least: int = 1) -> Iterator[bytes]:
        if len(self._written) >= at_least:
            whole = bytes(self._written)
            self._written.clear()
            yield whole


def zipped(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The zip in chunks; each entry goes out at its end at the latest.

    An error midway leaves it without its directory, so that it can't look whole. All entries bear the same old date:
    none tells a time. Each may be greater than 4 GB.
    """
    outlet = _ZipBuffer()
    with ZipFile(outlet, "w", ZIP_DEFLATED) as archive:
        for name, chunks in entries:
            with archive.open(_info(name), "w", force_zip64=True) as file:
                for chunk in chunks:
                    file.write(chunk)
                    yield from outlet.taken(CHUNK)
            yield from outlet.taken()
    yield from outlet.taken()


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = READABLE
    return info
