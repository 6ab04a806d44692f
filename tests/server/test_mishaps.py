"""What goes wrong around a server that runs: each time it says so in words, loses nothing, and goes on by itself."""

import http.client
import json
import resource
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from surveyapp.model.response import key_of
from tests.server.phones import ANSWERS, Event, finish, free_port, serving

DAY = 24 * 3600
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    return free_port()


@contextmanager
def nothing_written(process: int) -> Iterator[None]:
    """No file of a process takes another byte: the kernel refuses each, as on a disk that is full or read-only."""
    soft, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (soft, hard))


def sent(port: int, method: str, path: str, body: str = "") -> tuple[int, dict[str, str], str]:
    """Status, headers and body of an answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request(method, path, body or None, FORM if body else {})
        with connection.getresponse() as answer:
            return answer.status, dict(answer.headers), answer.read().decode()


def whole(response: str) -> str:
    """One finished response as a phone sends it."""
    return urlencode({"response": response, "revision": "1", "finish": "1", **ANSWERS})


def test_disk_that_takes_nothing_more_is_told_and_forgotten(event: Event, port: int) -> None:
    before, refused = str(uuid4()), str(uuid4())
    with serving(event.url, port) as server:
        assert finish(port, event.code, before) == 200
        with nothing_written(server.pid):
            status, headers, said = sent(port, "POST", f"/s/{event.code}", whole(refused))
            page, ready = sent(port, "GET", f"/s/{event.code}"), sent(port, "GET", "/health/ready")
        after = finish(port, event.code, refused)
        ready_again = sent(port, "GET", "/health/ready")

    assert (status, headers["retry-after"]) == (503, "5")
    assert json.loads(said)["error"] == "We can't save right now. Please wait a moment and try again."
    assert "x-saved" not in headers
    assert page[0] == 200
    assert (ready[0], ready_again[0]) == (503, 200)
    assert "the database's disk takes no writes: File too large" in ready[2]
    assert after == 200
    assert event.stored() == {key_of(before), key_of(refused)}


@pytest.mark.parametrize("days", [1, -1])
def test_clock_that_jumps_by_a_day_costs_nobody_an_answer(event: Event, port: int, tmp_path: Path, days: int) -> None:
    wrong_by = tmp_path / "clock"
    wrong_by.write_text("0")
    program = ("tests.server.shifted_clock", str(wrong_by))
    people = [str(uuid4()) for _ in range(3)]
    with serving(event.url, port, program):
        statuses = [finish(port, event.code, people[0])]
        wrong_by.write_text(str(days * DAY))
        statuses.append(finish(port, event.code, people[1]))
        page = sent(port, "GET", f"/s/{event.code}")[0]
        wrong_by.write_text("0")
        statuses += [finish(port, event.code, person) for person in people]

    assert (page, statuses) == (200, [200] * 5)
    assert event.stored() == set(map(key_of, people))
