"""A new survey of questions from wherever they come."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.survey import Survey


def new_survey(questionnaire: Questionnaire, team_id: UUID, details: dict[str, Any], today: date) -> Survey:
    """A draft with the questions, the details, and one card for a link to send."""
    survey = Survey(
        id=uuid4(),
        team_id=team_id,
        draft=questionnaire.to_json(),
        created_on=today,
        state="draft",
        **details,
    )
    survey.add_card("Link", source="link")
    return survey


def put_in_series(survey: Survey, last: Survey) -> None:
    """Count a survey and last time's as events of one series, so that their answers compare."""
    last.series = last.series or last.title
    survey.series = last.series
