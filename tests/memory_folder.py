"""Where tests may write in memory, since they wait for the disk at every commit otherwise."""

import os
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it
ROOM = 4 * 1024**3  # bytes


def memory_folder() -> str | None:
    """Return a folder in memory that has room and lets programs be started; none means the usual folder."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return None
    about = os.statvfs(MEMORY)
    has_room = about.f_bavail * about.f_frsize >= ROOM
    return str(MEMORY) if has_room and not about.f_flag & os.ST_NOEXEC else None
