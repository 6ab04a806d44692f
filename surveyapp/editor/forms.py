"""The forms of a survey's details."""

from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, Form, HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from surveyapp.editor.local_times import NoSuchTimeError, local_at, moment_at
from surveyapp.model.contact_form import REACHED_BY
from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import OPENLY, TITLE_LENGTH, TOGETHER, Survey, today_at
from surveyapp.web.forms import (
    PeopleField,
    at_most,
    checkboxes_field,
    choices_of,
    day_field,
    later,
    local_moment_field,
    needed,
    one_line,
    radio_field,
    select_field,
    several_lines,
)
from surveyapp.web.i18n import english_name

TEXT_LENGTH = 2_000
REGIONS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
VIEWS = {
    "standard": later("Words"),
    "easy": later("Easy words and pictures"),
    "symbols": later("Mostly pictures"),
}
SHARING = {
    "": later("By how many are expected: together from 20 people on, else openly"),
    TOGETHER: later(
        "Together: nobody sees any answer until the survey is over. People read: “Nobody can see your answers until "
        "the survey is over.”"
    ),
    OPENLY: later(
        "Openly: your team sees answers as they come. People read: “We may guess which answers are yours. You can skip "
        "any question.”"
    ),
}
CONTACT_PURPOSES = {
    "news": later("To tell them what you changed"),
    "prize": later("For a prize draw"),
    "expenses": later("To pay them what it cost them to come"),
}
CONTACT_FIELDS = {
    "name": later("Name"),
    "email": later("Email address"),
    "telephone": later("Telephone number"),
}
NEXT_SUGGESTION = later("We read every answer. By the end of next month we tell you what we changed.")


@cache
def time_zones() -> dict[str, str]:
    """The world's time zones by region and city: name → words."""
    zones = sorted(name for name in available_timezones() if name.startswith(REGIONS))
    return {name: name.replace("_", " ") for name in ("UTC", *zones)}


def is_on_the_clock(form: Form, field: Field) -> None:
    """Refuse a time that the clock change leaves out."""
    zone = zone_of(form)
    try:
        _ = zone and moment_at(field.data, zone)
    except NoSuchTimeError as error:
        sentence = gettext("The clocks go forward then, so this time does not come. Choose a time one hour later.")
        raise ValidationError(sentence) from error


def is_after_opening(form: Form, field: Field) -> None:
    """Refuse to close before opening."""
    opens = form["opens_at"].data
    if isinstance(opens, datetime) and field.data <= opens:
        raise ValidationError(gettext("Choose a closing time after the opening time."))


def is_after_the_event(form: Form, field: Field) -> None:
    """Refuse a day on which answers would be deleted before they were given."""
    held_on = form["event_date"].data
    if isinstance(held_on, date) and field.data < held_on:
        raise ValidationError(gettext("Choose a day after the event, or the answers could be deleted before it."))


def is_still_to_come(form: Form, field: Field) -> None:
    """Refuse a day that is over: the answers would be gone within a minute. What stood there before may stay."""
    zone = zone_of(form)
    if zone is not None and field.data < today_at(zone) and field.data != field.object_data:
        raise ValidationError(gettext("This day is over: the answers would be deleted at once. Choose a day to come."))


def has_a_way_to_reach(form: Form, field: Field) -> None:
    """Refuse a contact form by which nobody can be reached, and one that is for nothing."""
    purposes, fields = form["contact_purposes"].data, {*(field.data or [])}
    if purposes and not REACHED_BY & fields:
        sentence = gettext("Ask for an email address or a telephone number, or you can reach nobody.")
        raise ValidationError(sentence)
    if fields and not purposes:
        raise ValidationError(gettext("Choose what people can be contacted for, or ask for nothing here."))


def zone_of(form: Form) -> ZoneInfo | None:
    """The time zone chosen in a form; None for one that isn't in the list."""
    name = form["time_zone"].data
    return ZoneInfo(name) if name in time_zones() else None


class DetailsForm(FlaskForm):
    """What the organiser knows of the event, and how its survey looks and ends."""

    title = StringField(
        later("Name of the event"),
        filters=[one_line],
        validators=[needed(later("Give the event a name.")), at_most(TITLE_LENGTH)],
    )
    event_date = day_field(later("Date of the event"))
    place = StringField(later("Place"), filters=[one_line], validators=[at_most(TITLE_LENGTH)])
    attendance = PeopleField(later("People who came"), render_kw={"inputmode": "numeric"})
    expected = PeopleField(later("People you expect"), render_kw={"inputmode": "numeric"})
    sharing = radio_field(later("When your team sees the answers"), choices=choices_of(SHARING), default="")
    time_zone = select_field(later("Time zone"), choices=choices_of(time_zones()), default="Europe/London")
    opens_at = local_moment_field(later("Opens"), is_on_the_clock)
    closes_at = local_moment_field(later("Closes"), is_on_the_clock, is_after_opening)
    default_view = radio_field(later("How the questions look at first"), choices=choices_of(VIEWS), default="standard")
    what_happens_next = TextAreaField(
        later("What happens with the answers"), filters=[several_lines], validators=[at_most(TEXT_LENGTH)]
    )
    help = TextAreaField(later("Who can help"), filters=[several_lines], validators=[at_most(TEXT_LENGTH)])
    contact_purposes = checkboxes_field(
        later("What people can ask to be contacted for"), choices=choices_of(CONTACT_PURPOSES)
    )
    contact_fields = checkboxes_field(
        later("What they are asked for then"), choices=choices_of(CONTACT_FIELDS), validators=[has_a_way_to_reach]
    )
    keep_until = day_field(later("Keep the answers until"), is_after_the_event, is_still_to_come)


class NewSurveyForm(DetailsForm):
    """A new survey's details, what it starts from (a ready survey, last time's, or a document), and its team."""

    ready = HiddenField()
    again = HiddenField()
    document = HiddenField()
    team = select_field(later("Team"))
    equality = BooleanField(later("Ask equality questions"))
    languages = checkboxes_field(later("Other languages that people can choose"))


class EditForm(DetailsForm):
    """A survey's details, the series that it is part of, and the version that they were read at."""

    series = StringField(
        later("Series"),
        filters=[one_line],
        validators=[at_most(TITLE_LENGTH)],
        render_kw={"list": "series-names", "autocomplete": "off"},
    )
    version = HiddenField()


def other_languages(questionnaire: Questionnaire) -> dict[str, str]:
    """The languages that a ready survey has beside its own, tag → words that say whether a native reader checked it."""
    checked = {check.language for check in questionnaire.checked}
    names = {tag: english_name(tag) for tag in questionnaire.languages[1:]}
    return {
        tag: name if tag in checked else gettext("%(language)s (not checked by a person yet)", language=name)
        for tag, name in names.items()
    }


def details_of(form: DetailsForm) -> dict[str, Any]:
    """A checked form's details as a survey's fields."""
    zone = ZoneInfo(form.time_zone.data)
    return {
        "title": form.title.data,
        "event_date": form.event_date.data,
        "place": form.place.data,
        "attendance": form.attendance.data,
        "expected": form.expected.data,
        "sharing": form.sharing.data or None,
        "time_zone": form.time_zone.data,
        "opens_at": form.opens_at.data and moment_at(form.opens_at.data, zone),
        "closes_at": form.closes_at.data and moment_at(form.closes_at.data, zone, second=True),
        "default_view": form.default_view.data,
        "what_happens_next": form.what_happens_next.data,
        "help": form.help.data,
        "contact_purposes": " ".join(form.contact_purposes.data or []) or None,
        "contact_fields": " ".join(form.contact_fields.data or []) or None,
        "keep_until": form.keep_until.data,
    }


def typed_of(survey: Survey) -> dict[str, Any]:
    """A survey's details as its form shows them."""
    names = (
        "title", "event_date", "place", "attendance", "expected", "time_zone", "default_view", "what_happens_next",
        "help", "keep_until", "series",
    )  # fmt: skip
    times = {
        name: moment and local_at(moment, survey.zone)
        for name, moment in (("opens_at", survey.opens_at), ("closes_at", survey.closes_at))
    }
    typed = {name: getattr(survey, name) for name in names}
    typed |= {name: (getattr(survey, name) or "").split() for name in ("contact_purposes", "contact_fields")}
    return typed | times | {"sharing": survey.sharing or "", "version": survey.version}
