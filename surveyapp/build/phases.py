"""What state a survey is in, what it still needs, and what to do next, in words."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from surveyapp.build.queries import Listed
from surveyapp.domain.survey import Phase, Survey
from surveyapp.web.words import moment


@dataclass(frozen=True, slots=True)
class Row:
    """A survey as a line of the list."""

    survey: Survey
    state: str
    finished: int
    step: "Step"


@dataclass(frozen=True, slots=True)
class Group:
    """The surveys of a kind, under a heading."""

    heading: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Need:
    """Something that is missing before a survey can open, and the field that gives it."""

    sentence: str
    field: str


@dataclass(frozen=True, slots=True)
class Step:
    """What an organiser most likely does next: words, and the endpoint of a page of the survey."""

    words: str
    endpoint: str


def phase_words(survey: Survey, now: datetime) -> str:
    """The state as a sentence, with its date by the event's own clock."""
    times = survey.times
    match times.phase(now):
        case Phase.DRAFT:
            return gettext("Draft: nobody can answer yet")
        case Phase.SCHEDULED if times.opens_at:
            return gettext("Opens on %(when)s", when=moment(times.opens_at, survey.zone))
        case Phase.CLOSED if times.close:
            return gettext("Closed on %(when)s", when=moment(times.close, survey.zone))
        case Phase.OPEN if times.close:
            return gettext("Open until %(when)s", when=moment(times.close, survey.zone))
        case Phase.CLOSED:
            return gettext("Closed")
    return gettext("Open")


def opened_words(survey: Survey, now: datetime) -> str:
    """What opening a survey came to: people can answer, or will be able to."""
    if survey.times.phase(now) is Phase.OPEN:
        return gettext("The survey is open. People can answer now.")
    return gettext("The survey is ready. %(state)s.", state=phase_words(survey, now))


def needs(missing: list[str]) -> list[Need]:
    """What is missing, as sentences that say what to do."""
    sentences = {
        "title": gettext("Give the event a name."),
        "questions": gettext("This survey asks nothing yet. Make a new survey with questions."),
        "what_happens_next": gettext("Say what happens with the answers."),
        "closes_at": gettext("Choose a closing time after the opening time."),
    }
    return [Need(sentences[name], name) for name in missing]


def next_step(survey: Survey, now: datetime) -> Step:
    """The next sensible step."""
    match survey.times.phase(now):
        case Phase.DRAFT if survey.missing_to_open():
            return Step(gettext("Finish the details"), "build.edit")
        case Phase.DRAFT:
            return Step(gettext("Check and open"), "build.overview")
        case Phase.SCHEDULED:
            return Step(gettext("Print the cards"), "cards.cards")
    return Step(gettext("See the results"), "results.results")


def grouped(surveys: list[Listed], now: datetime) -> list[Group]:
    """The list under its headings: open, upcoming, closed; headings without surveys are left out."""
    headings = (
        (gettext("Open"), (Phase.OPEN,)),
        (gettext("Upcoming"), (Phase.DRAFT, Phase.SCHEDULED)),
        (gettext("Closed"), (Phase.CLOSED,)),
    )
    groups = [
        Group(heading, [_row(listed, now) for listed in surveys if listed.survey.times.phase(now) in phases])
        for heading, phases in headings
    ]
    return [group for group in groups if group.rows]


def _row(listed: Listed, now: datetime) -> Row:
    survey = listed.survey
    return Row(survey, phase_words(survey, now), listed.finished, next_step(survey, now))
