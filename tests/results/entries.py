"""What an organiser does with entries of “You said, we did”, as steps that tests are made of."""

from xml.etree.ElementTree import Element

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.action import Action
from surveyapp.model.comment_note import CommentNote
from surveyapp.model.response import Response
from surveyapp.model.survey import Survey
from surveyapp.model.team import AuditEntry, Team
from tests.export.samples import put
from tests.factories import make_question, make_questionnaire, make_survey
from tests.visitor import Page, Visitor, filled_in

ASKED = make_questionnaire(make_question("best", "comment", "What was good?"))
WRITTEN = {
    "you_said": "The food ran out.",
    "you_said_easy": "There was not enough food.",
    "what": "will_do",
    "we_did": "We will order lunch for everybody who comes.",
    "we_did_easy": "Next time there is food for all.",
    "owner": "Ana",
    "due": "2026-12-03",
}


def make_themed(session: Session, team: Team) -> Survey:
    """A survey with twelve comments; ten of them carry a theme, one another."""
    made = make_survey(session, team, ASKED)
    for number in range(1, 13):
        put(session, made, number, {"best": f"More food, please. {number}"})
    for key in session.scalars(select(Response.key).order_by(Response.key)).all()[:11]:
        theme = "Sound" if key[0] == 11 else "Food"
        session.add(CommentNote(survey_id=made.id, response_key=key, question="best", status="read", theme=theme))
    session.commit()
    return made


def page_of(survey: Survey, ending: str = "") -> str:
    """The address of the page of entries, or of a part of it."""
    return f"/surveys/{survey.id}/actions{ending}"


def add(olu: Visitor, survey: Survey, status: int = 303, **fields: str) -> Page:
    """Add an entry."""
    return olu.submit(olu.get(page_of(survey)), fields, "/actions", status)


def written(olu: Visitor, survey: Survey, **fields: str) -> str:
    """Add an entry that starts from the theme Food, write it, and give its address."""
    address = add(olu, survey, theme="Food").location
    olu.submit(olu.get(address), {**WRITTEN, **fields}, address)
    return address


def press(olu: Visitor, survey: Survey, button: str, action: Action) -> Page:
    """Press a button beside an entry."""
    page = olu.get(page_of(survey))
    token = filled_in(next(one for one in page.tree.iter("form") if one.get("action") == page_of(survey)))["csrf_token"]
    sent = olu.post(page_of(survey, "/arrange"), {"csrf_token": token, "do": f"{button}:{action.id}"})
    return olu.follow(sent)


def publish(olu: Visitor, survey: Survey) -> Page:
    """Press Publish."""
    return olu.follow(olu.submit(olu.get(page_of(survey)), {}, "/publish"))


def only(session: Session) -> Action:
    """The only entry there is, as it is now."""
    session.rollback()
    return session.scalars(select(Action)).one()


def field(page: Page, name: str) -> Element:
    """A control by its id."""
    found = page.tree.find(f".//*[@id='{name}']")
    assert found is not None
    return found


def did(session: Session) -> list[str]:
    """What the record of the team says was done."""
    session.rollback()
    return list(session.scalars(select(AuditEntry.what).order_by(AuditEntry.at)))
