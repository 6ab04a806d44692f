"""The server's own clock: each minute it does what is due, beside the requests and in nobody's way."""

import logging
from datetime import UTC, datetime
from threading import Event, Thread

from sqlalchemy import Engine

from surveyapp.db import sessions as db
from surveyapp.figures.frozen import freeze_released
from surveyapp.figures.suppression import ENOUGH
from surveyapp.model.due import run_due
from surveyapp.model.traces import remove_traces

SECONDS = 60.0
REWRITE_EVERY = 60  # rounds: moved rows are written anew hourly at the most

log = logging.getLogger(__name__)


class Scheduler:
    """A thread that does what is due until it is stopped; what fails once is tried again at the next round."""

    def __init__(self, engine: Engine, seconds: float = SECONDS, small_group: int = ENOUGH) -> None:
        self._engine = engine
        self._small_group = small_group
        self._seconds = seconds
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="scheduler", daemon=True)

    def start(self) -> None:
        """Begin; the first round comes at once, for what became due while no server ran."""
        self._thread.start()

    def stop(self) -> None:
        """End after the round that is under way, and leave no order of saves in SQLite's log."""
        self._stopped.set()
        self._thread.join(timeout=self._seconds)
        remove_traces(self._engine)

    def _run(self) -> None:
        rounds = 0
        while True:
            try:
                engine, now = db.writing(self._engine), datetime.now(UTC)
                run_due(engine, now, rewrite=rounds % REWRITE_EVERY == 0)
                freeze_released(engine, self._small_group, now)
            except Exception as error:
                # Its class alone, as a traceback could hold what people wrote.
                log.error("what was due could not be done: %s", type(error).__name__)  # noqa: TRY400 -- as said above
            rounds += 1
            if self._stopped.wait(self._seconds):
                return
