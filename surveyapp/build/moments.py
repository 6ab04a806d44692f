"""Between the clock on the event's wall and the moments that are stored."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class NoSuchTimeError(ValueError):
    """The clocks go forward over this time, so that it never comes."""


def moment_at(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment in UTC when the zone's clocks show a time; when they show it twice, the first.

    Raises NoSuchTimeError for a time that a clock change leaves out.
    """
    moment = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if local_at(moment, zone) != local:
        raise NoSuchTimeError(local.isoformat())
    return moment


def local_at(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the zone's clocks show at a moment, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None)
