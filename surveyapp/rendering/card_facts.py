"""What an attendee's page needs to know of its card, survey and team, whoever read it from the database."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from surveyapp.model.contact_form import ContactForm
from surveyapp.model.saving import StoredLocation
from surveyapp.model.survey import ENOUGH_TO_HIDE, REHEARSAL, Card, Edition, Survey, Times

NO_SURVEY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class CardFacts:
    """Everything a card leads to that an attendee's page needs.

    `series_told` changes with what earlier events of its series have told of what was done; 0 where they told nothing.
    """

    place: StoredLocation
    card_view: str | None
    card_language: str | None
    title: str
    event_date: date | None
    venue: str
    help: str
    what_happens_next: str
    default_view: str
    time_zone: str
    times: Times
    version: int
    team: str
    edition: int | None
    is_small_group: bool
    series_told: int = 0
    keep_until: date | None = None
    contact_form: ContactForm | None = None
    is_released: bool = False

    @property
    def survey_id(self) -> UUID:
        """The survey's id."""
        return self.place.survey_id


def facts_of(card: Card, survey: Survey, team: str, edition: Edition | None, series_told: int = 0) -> CardFacts:
    """What a page needs of a card, its survey and the newest edition; a rehearsal's is the draft, which is open."""
    from_survey: dict[str, Any] = {
        name: getattr(survey, name)
        for name in (
            "title",
            "event_date",
            "help",
            "what_happens_next",
            "default_view",
            "time_zone",
            "times",
            "version",
            "keep_until",
            "contact_form",
            "is_released",
        )
    }
    is_tried = card.source == REHEARSAL
    if is_tried:
        from_survey["times"] = Times("open")
    return CardFacts(
        place=StoredLocation(survey.id, card.code, card.source, card.group, openly=survey.shows_openly),
        card_view=card.view,
        card_language=card.language,
        venue=survey.place,
        team=team,
        is_small_group=survey.expected is not None and survey.expected < ENOUGH_TO_HIDE,
        series_told=series_told,
        edition=-survey.version if is_tried else edition.number if edition else None,
        **from_survey,
    )


def idle_facts(code: str, team: str) -> CardFacts:
    """What a team's card leads to while no survey uses it: one that isn't open yet."""
    nowhere = Survey(id=NO_SURVEY, title=team, place="", help="", what_happens_next="", default_view="standard")
    nowhere.state, nowhere.time_zone, nowhere.version = "draft", "UTC", 0
    return facts_of(Card(code=code, source="qr"), nowhere, team, None)
