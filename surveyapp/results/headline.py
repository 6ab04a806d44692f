"""The one rating that is shown while a survey is open, from moved responses alone."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from surveyapp.figures.question_figures import CountedQuestion, QuestionFigures, figures_of_cell, size_of
from surveyapp.figures.suppression import Audience
from surveyapp.figures.tally import Count
from surveyapp.model.kinds.registry import kind_of
from surveyapp.model.questionnaire import Question
from surveyapp.model.release import FEWEST
from surveyapp.model.saving import RESPONSE
from surveyapp.model.survey import REHEARSAL, Survey


@dataclass(frozen=True, slots=True)
class HeadlineRating:
    """A rating of the whole event while it is open, and how many answers it is made of."""

    question: Question
    figures: QuestionFigures


def headline_question(survey: Survey) -> Question | None:
    """The rating that was chosen as the headline, else the first of what was opened first; None where there is none.

    Never of the draft: whoever could change which rating it is would read every one of them while people answer.
    """
    if not survey.editions:
        return None
    ratings = [
        question for question in survey.editions[0].questionnaire.linked if kind_of(question).figures == "rating"
    ]
    chosen = next((question for question in ratings if question.key == survey.headline), None)
    return chosen or next(iter(ratings), None)


def headline_of(connection: Connection, survey: Survey, audience: Audience) -> HeadlineRating | None:
    """The headline now; None where there is no rating, fewer than five were moved, or one of them was taken back."""
    question = headline_question(survey)
    if question is None or survey.headline_hidden:
        return None
    value = RESPONSE.c.answers[question.key].as_string()
    counted = (
        select(value, func.count())
        .where(
            RESPONSE.c.survey_id == survey.id,
            RESPONSE.c.withdrawn.is_(False),
            RESPONSE.c.finished.is_(True),
            RESPONSE.c.source != REHEARSAL,
            value.is_not(None),
        )
        .group_by(value)
    )
    values = Counter({str(code): n for code, n in connection.execute(counted) if str(code) in question.codes})
    answered = values.total()
    count = Count(answered, sum(values[code] for code in question.counting_codes), 0, values)
    if size_of(question, count) < FEWEST:
        return None
    cell = CountedQuestion(question, count, answered, audience.sees_of_event(size_of(question, count)))
    return HeadlineRating(question, figures_of_cell(cell))
