"""Who may see and do what: every route of making a survey, asked by everybody."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.conftest import signed_in
from tests.factories import make_account, make_survey
from tests.visitor import Visitor

# method, address, and what each gets: another team's owner, a viewer, an editor, an owner
ROUTES = [
    ("GET", "/surveys", 200, 200, 200, 200),
    ("GET", "/surveys/new", 200, 403, 200, 200),
    ("POST", "/surveys/new", 303, 403, 303, 303),
    ("GET", "/surveys/{id}", 404, 200, 200, 200),
    ("GET", "/surveys/{id}/details", 404, 403, 200, 200),
    ("POST", "/surveys/{id}/details", 404, 403, 409, 409),
    ("GET", "/surveys/{id}/edit", 404, 403, 200, 200),
    ("POST", "/surveys/{id}/edit", 404, 403, 303, 303),
    ("GET", "/surveys/{id}/edit/overall", 404, 403, 200, 200),
    ("POST", "/surveys/{id}/edit/overall", 404, 403, 409, 409),
    ("GET", "/surveys/{id}/preview", 404, 200, 200, 200),
    ("GET", "/surveys/{id}/preview/standard", 404, 200, 200, 200),
    ("POST", "/surveys/{id}/open", 404, 403, 303, 303),
    ("POST", "/surveys/{id}/close", 404, 403, 303, 303),
]


@pytest.fixture(autouse=True)
def without_tokens(app: Flask) -> None:
    """Ask without forms: the tokens have tests of their own."""
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A draft of Olu's team."""
    return make_survey(session, team, state="draft")


@pytest.fixture
def edie(app: Flask, session: Session, team: Team) -> Visitor:
    """An editor in Olu's team, signed in."""
    make_account(session, team, "edie@example.org", "editor")
    return signed_in(app, "edie@example.org")


@pytest.fixture
def people(petra: Visitor, vic: Visitor, edie: Visitor, olu: Visitor) -> tuple[Visitor, ...]:
    """Another team's owner, a viewer, an editor, an owner."""
    return petra, vic, edie, olu


def ask(visitor: Visitor, method: str, path: str, survey: Survey, status: int) -> None:
    address = path.format(id=survey.id)
    visitor.get(address, status) if method == "GET" else visitor.post(address, status=status)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route[0]} {route[1]}")
def test_each_gets_what_their_role_allows(
    route: tuple[str, str, int, int, int, int], people: tuple[Visitor, ...], survey: Survey
) -> None:
    method, path, *statuses = route
    for visitor, status in zip(people, statuses, strict=True):
        ask(visitor, method, path, survey, status)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route[0]} {route[1]}")
def test_stranger_is_sent_to_sign_in(app: Flask, route: tuple[str, str, int, int, int, int], survey: Survey) -> None:
    method, path, *_statuses = route
    visitor, address = Visitor(app.test_client()), path.format(id=survey.id)
    page = visitor.get(address, 303) if method == "GET" else visitor.post(address)
    assert page.location.startswith("/sign-in")


def test_viewer_is_offered_nothing_that_is_refused(vic: Visitor, survey: Survey) -> None:
    page = vic.get(f"/surveys/{survey.id}")
    actions = [form.get("action") for form in page.tree.iter("form")]
    assert actions == ["/sign-out"]
    assert f"/surveys/{survey.id}/edit" not in page.links()
    assert "/surveys/new" not in vic.get("/surveys").links()


def test_survey_that_is_not_there_is_not_found(olu: Visitor) -> None:
    olu.get("/surveys/00000000-0000-4000-8000-000000000000", 404)
    olu.get("/surveys/not-an-id", 404)
