"""What organisers' pages all say alike: the product's name, and days and moments as people write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_datetime

from surveyapp.model.codes import shown_card_code

PRODUCT_NAME = "Event Answers"


def init_app(app: Flask) -> None:
    """Give templates `product_name`, and the filters `day`, `moment` and `shown_code`."""
    app.jinja_env.globals["product_name"] = PRODUCT_NAME
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["moment"] = moment
    app.jinja_env.filters["shown_code"] = shown_card_code


def day(value: date) -> str:
    """7 October 2026."""
    words: str = format_date(value, "d MMMM yyyy")
    return words


def moment(value: datetime, zone: ZoneInfo) -> str:
    """7 October 2026, 09:30, by the clock of a time zone."""
    words: str = format_datetime(value.astimezone(zone), "d MMMM yyyy, HH:mm", rebase=False)
    return words
