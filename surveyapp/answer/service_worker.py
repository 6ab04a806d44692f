"""The service worker's script: how what waits is sent, which pages do too, and after it the worker itself."""

from pathlib import Path

from surveyapp.web.assets import slimmed

PARTS = ("outbox.js", "worker.js")


def worker_script(folder: Path) -> bytes:
    """The parts in one file without comments: a worker is served from the folder that it works in, under one name."""
    return b"\n".join(slimmed(name, (folder / name).read_bytes()) for name in PARTS)
