"""Times are typed by the event's own clocks."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from surveyapp.build.moments import NoSuchTimeError, local_at, moment_at

LONDON = ZoneInfo("Europe/London")
KOLKATA = ZoneInfo("Asia/Kolkata")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("typed", "zone", "stored"),
    [
        ("2026-10-07T09:30", LONDON, "2026-10-07T08:30"),
        ("2026-12-07T09:30", LONDON, "2026-12-07T09:30"),
        ("2026-10-07T09:30", KOLKATA, "2026-10-07T04:00"),
    ],
)
def test_typed_time_is_stored_in_utc(typed: str, zone: ZoneInfo, stored: str) -> None:
    assert moment_at(local(typed), zone) == local(stored).replace(tzinfo=UTC)


def test_time_that_comes_twice_is_the_first_one() -> None:
    assert moment_at(local("2026-10-25T01:30"), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_time_that_never_comes_is_refused() -> None:
    with pytest.raises(NoSuchTimeError):
        moment_at(local("2026-03-29T01:30"), LONDON)


def test_stored_time_is_shown_as_it_was_typed() -> None:
    typed = local("2026-07-01T18:00")
    assert local_at(moment_at(typed, KOLKATA), KOLKATA) == typed
