"""What the files' tests stand on: the app on a real server."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.running import running


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    """The app on a real server."""
    with running(app) as server:
        yield server.port
