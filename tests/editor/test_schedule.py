"""When a survey opens and closes, as an organiser reads it."""

from datetime import UTC, datetime, time

import pytest
from flask import Flask

from surveyapp.editor.schedule import clock_time, times_sentence
from surveyapp.model.survey import Survey

NOW = datetime(2028, 10, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


@pytest.mark.parametrize(
    ("state", "opens", "closes", "told"),
    [
        (
            "open",
            "2028-10-07T14:00",
            "2028-10-08T20:00",
            "Opens Saturday 7 October at 3 pm. Closes Sunday at 9 pm. British Summer Time.",
        ),
        (
            "open",
            "2028-10-07T14:30",
            "2028-10-07T20:00",
            "Opens Saturday 7 October at 3:30 pm. Closes at 9 pm. British Summer Time.",
        ),
        (
            "open",
            "2028-10-28T11:00",
            "2028-10-29T21:00",
            "Opens Saturday 28 October at 12 noon, British Summer Time. Closes Sunday at 9 pm, Greenwich Mean Time.",
        ),
        (
            "draft",
            None,
            "2029-01-08T00:00",
            "It is set to close Monday 8 January 2029 at midnight, as the day begins. Greenwich Mean Time.",
        ),
        (
            "draft",
            "2028-10-07T14:00",
            "2028-10-14T14:00",
            "It is set to open Saturday 7 October at 3 pm. "
            "It is set to close Saturday 14 October at 3 pm. British Summer Time.",
        ),
        ("open", "2028-09-01T08:00", "2028-10-02T08:00", "Closes Monday 2 October at 9 am. British Summer Time."),
        ("open", None, "2028-09-30T08:00", "Closed Saturday 30 September at 9 am. British Summer Time."),
        ("open", None, None, ""),
        ("draft", None, None, ""),
    ],
)
def test_times_are_told_in_words(app: Flask, state: str, opens: str | None, closes: str | None, told: str) -> None:
    survey = Survey(state=state, opens_at=at(opens), closes_at=at(closes), time_zone="Europe/London")
    with app.test_request_context():
        assert times_sentence(survey, NOW) == told


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Asia/Kolkata", "7:30 pm. India Time."),
        ("Europe/Paris", "4 pm. Central European Summer Time."),
        ("Europe/Dublin", "3 pm. Ireland Time."),
        ("UTC", "2 pm. Coordinated Universal Time."),
    ],
)
def test_zone_is_the_events_own(app: Flask, zone: str, told: str) -> None:
    survey = Survey(state="open", opens_at=at("2028-10-07T14:00"), time_zone=zone)
    with app.test_request_context():
        assert times_sentence(survey, NOW) == f"Opens Saturday 7 October at {told}"


@pytest.mark.parametrize(
    ("hour", "minute", "words"), [(0, 5, "12:05 am"), (9, 0, "9 am"), (12, 30, "12:30 pm"), (23, 59, "11:59 pm")]
)
def test_clock_is_read_as_people_say_it(app: Flask, hour: int, minute: int, words: str) -> None:
    with app.test_request_context():
        assert clock_time(time(hour, minute)) == words
