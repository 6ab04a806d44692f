"""People who have answered, put into a survey by the same recording as a phone's."""

from collections.abc import Iterable, Mapping
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.orm import Session

from surveyapp.model.kinds.reading import Answer
from surveyapp.model.response import Response, Sent, Version, key_of
from surveyapp.model.saving import StoredLocation, record
from surveyapp.model.survey import Survey
from tests.factories import EVENT_DAY, card_of

Answers = Mapping[str, Answer]


def answer(session: Session, survey: Survey, *people: Answers, finished: bool = True, group: str | None = None) -> str:
    """Each of these people answers from table 1; gives the last one's id."""
    card, sent_id = card_of(survey), ""
    for answers in people:
        sent_id = str(uuid4())
        version = Version(1, finished=finished, answers=dict(answers))
        sent = Sent(sent_id, version, edition=len(survey.editions), view="standard", language="en")
        record(
            session,
            StoredLocation(survey.id, card.code, card.source, group, openly=survey.shows_openly),
            sent,
            today=EVENT_DAY,
        )
    session.commit()
    return sent_id


def rate(session: Session, survey: Survey, ratings: Iterable[int], group: str | None = None) -> None:
    """One person for each rating of the question “overall”."""
    answer(session, survey, *({"overall": str(rating)} for rating in ratings), group=group)


def withdraw(session: Session, survey: Survey, sent_id: str) -> None:
    """A person takes their answers back: the key stays, empty."""
    here = (Response.survey_id == survey.id, Response.key == key_of(sent_id))
    session.execute(update(Response).where(*here).values(withdrawn=True, answers={}))
    session.commit()


def results_of(survey: Survey) -> str:
    """The address of a survey's results."""
    return f"/surveys/{survey.id}/results"
