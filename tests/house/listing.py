"""A plugin of pytest's that prints which test files it collects, without importing them."""

from collections.abc import Iterable
from pathlib import Path

import pytest


class Listed(pytest.File):
    """A test file that was found; it is not opened."""

    def collect(self) -> Iterable[pytest.Item]:
        """Return no test."""
        print(f"\ncollected {self.path}")
        return []


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | Listed:
    """Collect a file as one that was found."""
    return Listed.from_parent(parent, path=module_path)
