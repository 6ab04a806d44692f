"""A pile of paper forms, and somebody who keys it in."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.model.questionnaire import Questionnaire
from surveyapp.model.response import InboxResponse, Response
from surveyapp.model.survey import Survey
from tests.factories import card_of, make_question, make_questionnaire
from tests.visitor import Page, Visitor

EIGHT = ("welcome", "place", "food", "talks", "time", "staff", "access", "overall")


def eight_questions() -> Questionnaire:
    """Eight ratings, as a form has them."""
    return make_questionnaire(*(make_question(key) for key in EIGHT))


def page_of(survey: Survey) -> str:
    """Where paper forms of a survey are keyed in."""
    return f"/surveys/{survey.id}/paper"


def begin(olu: Visitor, survey: Survey, pile: str = "20", label: str = "Table 1") -> Page:
    """Begin a sitting with a pile of a card's forms."""
    begun = olu.submit(olu.get(page_of(survey)), {"pile": pile, "card": card_of(survey, label).code}, "/paper/pile")
    return olu.follow(begun)


def key_in(olu: Visitor, page: Page, marks: dict[str, str], status: int = 303) -> Page:
    """Type a sheet's marks and press Enter: the next page, or the refusal."""
    typed = {f"q-{name}": mark for name, mark in marks.items()}
    answer = olu.submit(page, typed, "/paper", status)
    return olu.follow(answer) if status == 303 else answer


def end(olu: Visitor, survey: Survey) -> Page:
    """End the sitting."""
    return olu.follow(olu.submit(olu.get(page_of(survey)), {}, "/paper/end"))


def stored(session: Session) -> list[InboxResponse | Response]:
    """Every response that is stored, waiting or moved."""
    session.rollback()
    session.expire_all()
    return [*session.scalars(select(InboxResponse)), *session.scalars(select(Response))]


def status_of(page: Page) -> str:
    """What the page says of what was just done."""
    told = next(one for one in page.tree.iter("div") if one.get("id") == "status")
    return " ".join("".join(told.itertext()).split())
