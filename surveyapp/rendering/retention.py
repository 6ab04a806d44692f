"""Until when a survey's answers are kept, which every page about it says; loudly in the last week."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from flask_babel import gettext, ngettext

from surveyapp.model.deletion import WARNED_BEFORE, days_left, deleted_after
from surveyapp.model.survey import Survey
from surveyapp.web.formatting import day


@dataclass(frozen=True, slots=True)
class RetentionNotice:
    """The sentence, and whether the day is near."""

    words: str
    is_soon: bool


def init_app(app: Flask) -> None:
    """Give the pages of a survey what they say of its answers' end."""
    app.jinja_env.globals["kept_words"] = lambda survey: retention_sentence(survey, datetime.now(UTC))


def retention_sentence(survey: Survey, now: datetime) -> RetentionNotice | None:
    """What a page says; nothing where no day is set or nobody can have answered."""
    if survey.deleted_on is not None:
        return RetentionNotice(
            gettext("The answers were deleted on %(day)s. Figures stay.", day=day(survey.deleted_on)), is_soon=True
        )
    left = days_left(survey, now)
    if left is None or survey.keep_until is None:
        return None
    if left > WARNED_BEFORE.days:
        return RetentionNotice(
            gettext("Answers are kept until %(day)s. Then they are deleted.", day=day(survey.keep_until)), is_soon=False
        )
    gone_on = day(deleted_after(survey.keep_until))
    if left == 0:
        return RetentionNotice(
            gettext("Today is the last day: at midnight all answers are deleted for good. Take away what you need."),
            is_soon=True,
        )
    said = ngettext(
        "In %(num)s day, on %(day)s, all answers are deleted for good. Take away what you need.",
        "In %(num)s days, on %(day)s, all answers are deleted for good. Take away what you need.",
        left + 1,
        day=gone_on,
    )
    return RetentionNotice(said, is_soon=True)
