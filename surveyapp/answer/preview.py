"""The attendee's page as the organiser sees it before anybody can answer: the real page, which sends nothing."""

from surveyapp.answer.page import PageValues, rendered_page
from surveyapp.model.survey import REHEARSAL, Card, Survey
from surveyapp.rendering.card_facts import CardFacts, facts_of
from surveyapp.rendering.look import chosen_look

NO_CARD = "preview"


def draft_page(survey: Survey, team: str, asked: dict[str, str]) -> str:
    """The draft's page in the view and language that are asked for, for no card and no response."""
    facts = _facts_without_card(survey, team)
    look = chosen_look(asked, facts, survey.rehearsed)
    return rendered_page(facts, survey.rehearsed, look, PageValues(NO_CARD, "", ""))


def _facts_without_card(survey: Survey, team: str) -> CardFacts:
    card = Card(code=NO_CARD, label="", position=0, source=REHEARSAL)
    return facts_of(card, survey, team, None)
