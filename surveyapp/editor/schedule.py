"""When a survey opens and closes, in words, by the event's own clocks."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location, get_timezone_name
from flask_babel import format_date, get_locale, gettext

from surveyapp.editor.local_times import comes_twice, local_at
from surveyapp.model.survey import Phase, Survey

SUMMER_IS_STANDARD = ("Europe/Dublin", "Africa/Casablanca", "Africa/El_Aaiun")  # Babel takes their winter for summer


def times_sentence(survey: Survey, now: datetime) -> str:
    """What happens when, and by which clocks: “Opens Saturday 7 October at 3 pm. Closes at 9 pm. British Summer Time.”

    Nothing for a survey that is opened and closed by hand, and is not closed.
    """
    said = _turns(survey, survey.times.phase(now))
    first = [None, *(moment for _verb, moment in said)]
    told = [f"{verb} {day_and_time(at, survey.zone, now, first[min(n, 1)])}" for n, (verb, at) in enumerate(said)]
    zones = [zone_name(at, survey.zone) for _verb, at in said]
    if len(set(zones)) > 1:
        return " ".join(f"{sentence}, {zone}." for sentence, zone in zip(told, zones, strict=True))
    return " ".join(f"{sentence}." for sentence in [*told, *zones[:1]])


def day_and_time(moment: datetime, zone: ZoneInfo, now: datetime, after: datetime | None = None) -> str:
    """A day and a time; only the weekday, or no day, soon after a moment that was just told."""
    local = local_at(moment, zone)
    days = (local.date() - local_at(after, zone).date()).days if after else -1
    clock = clock_time(local.time())
    if days == 0:
        return gettext("at %(clock)s", clock=clock)
    pattern = "EEEE" if 0 < days < 7 else "EEEE d MMMM"
    if pattern != "EEEE" and local.year != local_at(now, zone).year:
        pattern += " y"
    return gettext("%(day)s at %(clock)s", day=format_date(local.date(), pattern), clock=clock)


def clock_time(at: time) -> str:
    """3 pm, 3:30 pm, 12 noon; midnight says of which day."""
    if at == time(0):
        return gettext("midnight, as the day begins")
    if at == time(12):
        return gettext("12 noon")
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {'am' if at.hour < 12 else 'pm'}"


def zone_name(moment: datetime, zone: ZoneInfo) -> str:
    """The name of the time that the clocks show at a moment: British Summer Time; where it has none, India Time."""
    name = get_timezone_name(moment.astimezone(zone), locale=get_locale())
    is_sure = zone.key not in SUMMER_IS_STANDARD and not name.startswith("GMT")
    return name if is_sure else get_timezone_location(zone, locale=get_locale())


def repeated_hour_notes(survey: Survey) -> list[str]:
    """For each set time that the clocks show twice: which of the two is meant."""
    said = []
    if survey.opens_at and comes_twice(local_at(survey.opens_at, survey.zone), survey.zone):
        said.append(
            gettext("The clocks go back then, and the opening time comes twice. The first of the two is meant.")
        )
    if survey.closes_at and comes_twice(local_at(survey.closes_at, survey.zone), survey.zone):
        said.append(
            gettext("The clocks go back then, and the closing time comes twice. The second of the two is meant.")
        )
    return said


def _turns(survey: Survey, phase: Phase) -> list[tuple[str, datetime]]:
    """What still happens, or happened last, and when."""
    times = survey.times
    turns = {
        Phase.DRAFT: [
            (gettext("It is set to open"), times.opens_at),
            (gettext("It is set to close"), times.closes_at),
        ],
        Phase.SCHEDULED: [(gettext("Opens"), times.opens_at), (gettext("Closes"), times.close)],
        Phase.OPEN: [(gettext("Closes"), times.close)],
        Phase.CLOSED: [(gettext("Closed"), times.close)],
    }
    return [(verb, moment) for verb, moment in turns[phase] if moment]
