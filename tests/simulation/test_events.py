"""Whole events by chance: what was acknowledged is there once, nothing shows too early, and all counts agree."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.simulation.event import WrongError, simulate
from tests.simulation.faults import FAULTS

EVENTS = 50
AT_ONCE = 5
TRIES = 40  # events until a planted fault must have been found


@pytest.mark.parametrize("first", range(1, EVENTS + 1, AT_ONCE))
def test_events_end_with_everything_that_was_acknowledged(first: int, migrated_sqlite: Path, tmp_path: Path) -> None:
    simulate_all(range(first, first + AT_ONCE), migrated_sqlite, tmp_path)


@pytest.mark.simulation
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(
    fault: str, migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    FAULTS[fault](monkeypatch)

    with pytest.raises(WrongError):
        simulate_all(range(1, TRIES), migrated_sqlite, tmp_path)


def simulate_all(seeds: Iterable[int], migrated: Path, folder: Path) -> None:
    """Let an event happen for each seed. Raises WrongError at the first that goes wrong."""
    for seed in seeds:
        simulate(seed, migrated, folder / str(seed))
