"""The attendee's page as the organiser sees it before anybody can answer: the real page, which sends nothing."""

from surveyapp.answer.look import chosen_look
from surveyapp.answer.page import PageValues, rendered_page
from surveyapp.answer.queries import CardFacts, facts_of
from surveyapp.domain.survey import REHEARSAL, Card, Survey

NO_CARD = "preview"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)


def preview_page(survey: Survey, team: str, asked: dict[str, str]) -> str:
    """The draft's page in the view and language that are asked for, for no card and no response."""
    facts = _facts_without_card(survey, team)
    look = chosen_look(asked, facts, survey.questionnaire)
    return rendered_page(facts, survey.questionnaire, look, PageValues(NO_CARD, "", ""))


def _facts_without_card(survey: Survey, team: str) -> CardFacts:
    card = Card(code=NO_CARD, label="", position=0, source=REHEARSAL)
    return facts_of(card, survey, team, None)
