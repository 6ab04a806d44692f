"""The program with a clock that goes wrong: a file says by how many seconds, and may be changed while it runs.

`python -m tests.server.shifted_clock FILE serve`: its clocks take the place of Python's before anything else is loaded.
"""

import datetime
import sys
import time
from datetime import datetime as real_datetime
from pathlib import Path

_real_time = time.time
_said = Path(sys.argv[1])


def _wrong_by() -> float:
    return float(_said.read_text() or 0)


class ShiftedDatetime(real_datetime):
    """A moment whose present is the wrong clock's."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "ShiftedDatetime":
        """The moment that the wrong clock shows."""
        return cls.fromtimestamp(_real_time() + _wrong_by(), tz)


if __name__ == "__main__":
    time.time = lambda: _real_time() + _wrong_by()
    datetime.datetime = ShiftedDatetime  # type: ignore[misc]  # whatever is loaded from now on takes this one
    from surveyapp.cli.main import main

    sys.exit(main(sys.argv[2:]))
