"""What a page says of the event: the organiser's own words, and days and moments in the page's language.

Days and moments are written as Unicode's CLDR has them for the language, always in the digits 0 to 9, which are those
of the codes, the telephone numbers and the questions' numbers beside them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_datetime, format_time, gettext

from surveyapp.model.asking_who import tells_who
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.rendering.card_facts import CardFacts

DAY_FIRST = frozenset({"ckb", "so"})  # CLDR puts the month or the year first, which no invitation does


def init_app(app: Flask) -> None:
    """Give templates the filter `spoken_day`."""
    app.jinja_env.filters["spoken_day"] = spoken_day


@dataclass(frozen=True, slots=True)
class EventFacts:
    """The event's words; `lang` is the organiser's language, empty where it is the page's.

    `openly` where the team sees answers as they come; `is_small_group` where fewer than twenty people are expected.
    `asks_who` where a question asks who somebody is. `group` is the session, room or day that the card's answers keep.
    `has_contact_form` where people can say after their answers how to reach them.
    """

    title: str
    date: str
    place: str
    help: str
    what_happens_next: str
    team: str
    lang: str = ""
    opens: str = ""
    closed: str = ""
    kept_until: str = ""
    openly: bool = False
    is_small_group: bool = False
    group: str = ""
    asks_who: bool = False
    has_contact_form: bool = False


def event_of(facts: CardFacts, questionnaire: Questionnaire, language: str) -> EventFacts:
    """The event's words in the page's language, moments in the event's own time zone."""
    times = facts.times
    return EventFacts(
        title=facts.title,
        date=spoken_day(facts.event_date, language) if facts.event_date else "",
        place=facts.venue,
        help=facts.help,
        what_happens_next=facts.what_happens_next,
        team=facts.team,
        lang="" if questionnaire.language == language else questionnaire.language,
        opens=_moment(times.opens_at, facts.time_zone, language),
        openly=facts.place.openly,
        is_small_group=facts.is_small_group,
        group=facts.place.group or "",
        asks_who=tells_who(questionnaire),
        has_contact_form=facts.contact_form is not None,
        closed=_moment(times.close, facts.time_zone, language),
        kept_until=spoken_day(facts.keep_until, language) if facts.keep_until else "",
    )


def spoken_day(day: date, language: str) -> str:
    """A day as people of a language write it."""
    return str(format_date(day, "d MMMM y" if language in DAY_FIRST else "long"))


def _moment(at: datetime | None, zone: str, language: str) -> str:
    """Wednesday 7 October 2026, 9:30 am."""
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if language.partition("-")[0] == "en":
        return str(format_datetime(local, "EEEE d MMMM y, h:mm a", rebase=False))
    day = f"{format_date(local, 'EEEE', rebase=False)} {spoken_day(local.date(), language)}"
    return gettext("%(day)s, %(time)s", day=day, time=format_time(local, "short", rebase=False))
