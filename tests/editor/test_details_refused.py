"""Details that can't be kept: a sentence at the field and in the summary, and nothing typed is lost."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from tests.visitor import Page, Visitor

GOOD = {"title": "Carers' day", "place": "Leeds"}
NUMBER = "Write a whole number in figures, 0 or more."
REFUSED = [
    ({"title": ""}, "title", "Give the event a name."),
    ({"title": "   "}, "title", "Give the event a name."),
    ({"title": "\0"}, "title", "Give the event a name."),
    ({"title": "x" * 201}, "title", "Use 200 characters or fewer. It is 1 too long."),
    ({"attendance": "-3"}, "attendance", NUMBER),
    ({"attendance": "−3"}, "attendance", NUMBER),
    ({"attendance": "about eighty"}, "attendance", NUMBER),
    ({"attendance": "8.5"}, "attendance", NUMBER),
    ({"attendance": "1e3"}, "attendance", NUMBER),
    ({"attendance": "99999999999999999999"}, "attendance", NUMBER),
    ({"event_date": "the 7th"}, "event_date", "Write the date with day, month and year."),
    ({"event_date": "2026-02-30"}, "event_date", "Write the date with day, month and year."),
    ({"event_date": "0001-01-01"}, "event_date", "Check the year."),
    ({"opens_at": "tomorrow"}, "opens_at", "Write a date and a time."),
    ({"opens_at": "9999-12-31T23:59"}, "opens_at", "Check the year."),
    ({"opens_at": "2027-03-28T01:30"}, "opens_at", "The clocks go forward then"),
    (
        {"opens_at": "2026-10-07T10:00", "closes_at": "2026-10-07T09:00"},
        "closes_at",
        "Choose a closing time after the opening time.",
    ),
    ({"time_zone": "Europe/Atlantis"}, "time_zone", "Choose one from the list."),
    ({"default_view": "upside down"}, "default_view", "Choose one of these."),
    ({"what_happens_next": "x" * 2001}, "what_happens_next", "Use 2000 characters or fewer."),
]


def send(olu: Visitor, fields: dict[str, str], status: int) -> Page:
    return olu.submit(olu.get("/surveys/new?ready=quick_card"), GOOD | fields, "/surveys/new", status)


@pytest.mark.parametrize(("fields", "name", "sentence"), REFUSED)
def test_refused_detail_says_what_to_do(
    olu: Visitor, session: Session, fields: dict[str, str], name: str, sentence: str
) -> None:
    page = send(olu, fields, 422)
    assert page.title.startswith("Error: ")
    assert page.text.count(sentence) == 2, "once in the summary, once at the field"
    link = next(one for one in page.tree.iter("a") if sentence in "".join(one.itertext()))
    assert link.get("href", "").startswith(f"#{name}")
    assert session.scalar(select(func.count()).select_from(Survey)) == 0


def test_field_that_is_refused_names_its_sentence(olu: Visitor) -> None:
    page = send(olu, {"attendance": "-3"}, 422)
    field = page.tree.find(".//input[@id='attendance']")
    assert field is not None
    assert field.get("aria-invalid") == "true"
    assert "attendance-error" in field.get("aria-describedby", "")


def test_everything_typed_is_still_there(olu: Visitor) -> None:
    typed = {
        "title": "",
        "place": "Leeds <b>",
        "attendance": "about eighty",
        "opens_at": "2026-10-07T10:00",
        "help": "Ask\nSam",
        "equality": "y",
        "default_view": "symbols",
    }
    page = send(olu, typed, 422)
    values = {field.get("name"): field.get("value") for field in page.tree.iter("input")}
    assert values["place"] == "Leeds <b>"
    assert values["attendance"] == "about eighty"
    assert values["opens_at"] == "2026-10-07T10:00"
    assert page.tree.findtext(".//textarea[@name='help']", "").strip() == "Ask\nSam"
    checked = [field.get("value") for field in page.tree.iter("input") if field.get("checked") is not None]
    assert checked == ["", "symbols", "y"]


@pytest.mark.parametrize(("typed", "kept"), [("1,200", 1200), (" 81 ", 81), ("0", 0), ("", None)])
def test_number_is_read_as_people_write_it(olu: Visitor, session: Session, typed: str, kept: int | None) -> None:
    send(olu, {"attendance": typed}, 303)
    assert session.scalars(select(Survey.attendance)).one() == kept


def test_details_in_any_script_come_back_as_typed(olu: Visitor, session: Session) -> None:
    title = "صحت کا دن · Diwrnod iechyd · 健康 👩‍⚕️"
    send(olu, {"title": title, "place": "'; DROP TABLE survey; --"}, 303)
    survey = session.scalars(select(Survey)).one()
    assert (survey.title, survey.place) == (title, "'; DROP TABLE survey; --")


def test_form_without_its_token_makes_nothing(app: Flask, olu: Visitor, session: Session) -> None:
    olu.post("/surveys/new", GOOD | {"ready": "quick_card"}, 400)
    assert session.scalar(select(func.count()).select_from(Survey)) == 0
