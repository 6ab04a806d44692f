"""What a cell of a spreadsheet shows: days and per cents as the spreadsheet program writes them."""

import re
from datetime import date, datetime, time

from surveyapp.importing.plain import storable_text

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_ASIDE = re.compile(r"\[[^\]]{0,40}\]|\"|\\|_.|\*.")
_PART = re.compile(r"y+|m+|d+|h+|s+|am/pm|[^ymdhsa]", re.IGNORECASE)
_HOURS = re.compile(r"h", re.IGNORECASE)
_DECIMALS = re.compile(r"\.(0+)%")


def cell_text(value: object, number_format: str) -> str:
    """A cell's text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float) and "%" in number_format:
        decimals = _DECIMALS.search(number_format)
        return f"{value * 100:.{len(decimals[1]) if decimals else 0}f}%"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date | time):
        return _moment(value, number_format)
    return storable_text(str(value))


def is_band_made_a_day(value: object, number_format: str) -> bool:
    """Whether a day is one that a spreadsheet program makes of `5-10`: with day and month, and no year shown."""
    return isinstance(value, datetime | date) and "d" in number_format.lower() and "y" not in number_format.lower()


def _moment(value: datetime | date | time, number_format: str) -> str:
    """A day or a time as it is shown; with a format that says neither, as 2026-10-05."""
    bare = _ASIDE.sub("", number_format.partition(";")[0]).removesuffix("@")
    if not isinstance(value, date) or _HOURS.search(bare) or "d" not in bare.lower():
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return "".join(_said(part.lower(), value) for part in _PART.findall(bare)).strip()


def _said(part: str, day: date) -> str:
    if part[0] == "y":
        return f"{day.year % 100:02}" if len(part) < 3 else str(day.year)
    if part[0] == "m":
        return (str(day.month), f"{day.month:02}", MONTHS[day.month - 1][:3], MONTHS[day.month - 1])[
            min(len(part), 4) - 1
        ]
    if part[0] == "d":
        return (str(day.day), f"{day.day:02}", f"{day:%a}", f"{day:%A}")[min(len(part), 4) - 1]
    return part
