"""A question's page as an organiser uses it: its forms sent with files, and what is stored after that."""

from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from surveyapp.model.questionnaire import Question
from surveyapp.model.survey import Survey
from tests.visitor import Page, Visitor, filled_in


def page_of(visitor: Visitor, survey: Survey) -> Page:
    """The page of the first question."""
    return visitor.get(f"/surveys/{survey.id}/media/overall")


def send(visitor: Visitor, page: Page, action: str, fields: dict[str, Any], status: int = 303) -> Page:
    """Fill one of the page's forms in, files and all, and send it."""
    form = page.form(action)
    boundary, body = encode_multipart({**filled_in(form), **fields})
    kind = f"multipart/form-data; boundary={boundary}"
    return visitor._checked(visitor.client.post(form.get("action", ""), data=body, content_type=kind), status)


def a_file(content: bytes, name: str) -> FileStorage:
    """A file as a form sends it."""
    return FileStorage(BytesIO(content), filename=name)


def stored(session: Session, survey: Survey) -> Survey:
    """The survey as it is stored now."""
    session.rollback()
    session.expire_all()
    return session.get_one(Survey, survey.id)


def saved(session: Session, survey: Survey) -> Question:
    """The first question as it is stored."""
    return stored(session, survey).questionnaire.question("overall")


def played(page: Page) -> list[str]:
    """What the page's players play."""
    return [player.get("src", "") for player in page.tree.iter("audio")]


def hidden(page: Page, action: str, name: str) -> list[str]:
    """A hidden field of one of the page's forms."""
    return filled_in(page.form(action)).get(name, [])
