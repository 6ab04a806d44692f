"""The next sensible step of a survey, which every page about it shows its organiser."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from flask_babel import gettext

from surveyapp.model.survey import Phase, Survey


@dataclass(frozen=True, slots=True)
class Step:
    """What an organiser most likely does next: words, and the endpoint of a page of the survey."""

    words: str
    endpoint: str


def init_app(app: Flask) -> None:
    """Give the navigation of a survey's pages its next step."""
    app.jinja_env.globals["next_step"] = lambda survey: next_step(survey, datetime.now(UTC))


def next_step(survey: Survey, now: datetime) -> Step:
    """The next sensible step."""
    missing = survey.missing_to_open() if survey.state == "draft" else []
    match survey.times.phase(now):
        case Phase.DRAFT if missing and missing[0].startswith(("words:", "who:")):
            return Step(gettext("Finish the questions"), "edit.questions")
        case Phase.DRAFT if missing:
            return Step(gettext("Finish the details"), "editor.details")
        case Phase.DRAFT:
            return Step(gettext("Check and open"), "editor.overview")
        case Phase.SCHEDULED:
            return Step(gettext("Print the cards"), "cards.cards")
    return Step(gettext("See the results"), "results.results")
