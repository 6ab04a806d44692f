"""Times are typed by the event's own clocks, and right over every change of them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.editor.forms import time_zones
from surveyapp.editor.local_times import NoSuchTimeError, comes_twice, local_at, moment_at

LONDON = ZoneInfo("Europe/London")
KOLKATA = ZoneInfo("Asia/Kolkata")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # its clocks change by half an hour

ZONES = st.sampled_from(sorted(time_zones())).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2000, 1, 2), datetime(2100, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 -- given one
MINUTES = st.integers(-180, 180).map(lambda minutes: timedelta(minutes=minutes))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def change_near(moment: datetime, zone: ZoneInfo) -> datetime:
    """The next moment at which a zone's clocks change within 400 days, to the minute; the moment itself without one."""
    step, before = timedelta(days=1), moment
    for _ in range(400):
        if (before + step).astimezone(zone).utcoffset() != before.astimezone(zone).utcoffset():
            break
        before += step
    else:
        return moment
    while step > timedelta(minutes=1):
        step /= 2
        if (before + step).astimezone(zone).utcoffset() == before.astimezone(zone).utcoffset():
            before += step
    return before.replace(second=0, microsecond=0)


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


@pytest.mark.parametrize(
    ("typed", "zone", "first", "second"),
    [
        ("2026-10-25T01:30", LONDON, "2026-10-25T00:30", "2026-10-25T01:30"),
        ("2026-04-05T01:45", LORD_HOWE, "2026-04-04T14:45", "2026-04-04T15:15"),
    ],
)
def test_time_that_comes_twice_is_the_first_or_the_second(typed: str, zone: ZoneInfo, first: str, second: str) -> None:
    assert comes_twice(local(typed), zone)
    assert moment_at(local(typed), zone) == local(first).replace(tzinfo=UTC)
    assert moment_at(local(typed), zone, second=True) == local(second).replace(tzinfo=UTC)


@pytest.mark.parametrize(("typed", "zone"), [("2026-03-29T01:30", LONDON), ("2026-10-04T02:15", LORD_HOWE)])
def test_time_that_never_comes_is_refused(typed: str, zone: ZoneInfo) -> None:
    assert not comes_twice(local(typed), zone)
    for second in (False, True):
        with pytest.raises(NoSuchTimeError):
            moment_at(local(typed), zone, second=second)


@given(zone=ZONES, moment=MOMENTS, minutes=MINUTES)
def test_typed_time_is_stored_and_shown_again_or_never_comes(
    zone: ZoneInfo, moment: datetime, minutes: timedelta
) -> None:
    typed = local_at(change_near(moment, zone), zone) + minutes
    shows = [at for at in _around(typed) if local_at(at, zone) == typed]
    if not shows:
        with pytest.raises(NoSuchTimeError):
            moment_at(typed, zone)
        return
    assert moment_at(typed, zone) == min(shows)
    assert moment_at(typed, zone, second=True) == max(shows)
    assert comes_twice(typed, zone) == (len(set(shows)) == 2)


@given(zone=ZONES, moment=MOMENTS, minutes=MINUTES, longer=st.integers(1, 300))
def test_closing_typed_after_opening_is_after_it(
    zone: ZoneInfo, moment: datetime, minutes: timedelta, longer: int
) -> None:
    opens = local_at(change_near(moment, zone), zone) + minutes
    closes = opens + timedelta(minutes=longer)
    try:
        assert moment_at(opens, zone) < moment_at(closes, zone, second=True)
    except NoSuchTimeError:
        return


def _around(typed: datetime) -> list[datetime]:
    """Every quarter of an hour at which some zone's clocks might show a time; offsets are whole quarters since 2000."""
    utc = typed.replace(tzinfo=UTC)
    return [utc + timedelta(minutes=minutes) for minutes in range(-15 * 60, 15 * 60 + 1, 15)]
