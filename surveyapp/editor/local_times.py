"""Between the clock on the event's wall and the moments that are stored."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class NoSuchTimeError(ValueError):
    """The clocks go forward over this time, so that it never comes."""


def moment_at(local: datetime, zone: ZoneInfo, *, second: bool = False) -> datetime:
    """The moment in UTC when the zone's clocks show a time; when they show it twice, the first, or the `second`.

    Raises NoSuchTimeError for a time that a clock change leaves out.
    """
    moment = local.replace(tzinfo=zone, fold=int(second)).astimezone(UTC)
    if local_at(moment, zone) != local:
        raise NoSuchTimeError(local.isoformat())
    return moment


def comes_twice(local: datetime, zone: ZoneInfo) -> bool:
    """Whether the zone's clocks show a time twice, since they go back over it."""
    try:
        return moment_at(local, zone) != moment_at(local, zone, second=True)
    except NoSuchTimeError:
        return False


def local_at(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the zone's clocks show at a moment, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None)
