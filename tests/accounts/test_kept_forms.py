"""Somebody's sign-in runs out in the middle of an edit: they sign in again, and the edit is still there."""

import pytest
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import SignIn, Team
from tests.factories import PASSWORD, make_survey
from tests.visitor import Visitor, filled_in

CREDENTIALS = {"email": "olu@example.org", "password": PASSWORD}
TYPED = {"words-easy": "How was it, really?"}


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """A draft."""
    return make_survey(session, team, state="draft")


def path(survey: Survey) -> str:
    return f"/surveys/{survey.id}/edit/overall"


def easy(session: Session, survey: Survey) -> str:
    session.rollback()
    session.refresh(survey)
    return survey.questionnaire.question("overall").words["en"].easy


def signed_out(session: Session) -> None:
    session.execute(delete(SignIn))
    session.commit()


def test_edit_is_still_there_after_signing_in_again(olu: Visitor, survey: Survey, session: Session) -> None:
    fields = filled_in(olu.get(path(survey)).form("/edit/overall")) | TYPED
    signed_out(session)
    away = olu.post(path(survey), fields, 307)
    page = olu.post(away.location, fields, 401)
    assert "what you typed is kept" in page.text
    page = olu.submit(page, CREDENTIALS, "/sign-in", 200)
    assert "It is not saved yet." in page.text
    assert "How was it, really?" in page.text
    assert easy(session, survey) != TYPED["words-easy"]

    page = olu.follow(olu.submit(page, {}, "/edit/overall"))
    assert "Question 1 is saved." in page.text
    assert easy(session, survey) == TYPED["words-easy"]


def test_wrong_password_in_between_loses_nothing(olu: Visitor, survey: Survey, session: Session) -> None:
    fields = filled_in(olu.get(path(survey)).form("/edit/overall")) | TYPED
    signed_out(session)
    page = olu.post(olu.post(path(survey), fields, 307).location, fields, 401)
    page = olu.submit(page, CREDENTIALS | {"password": "wrong"}, "/sign-in", 422)

    assert "How was it, really?" in olu.submit(page, CREDENTIALS, "/sign-in", 200).text


def test_browser_that_lost_its_cookie_keeps_the_form_too(
    app: Flask, olu: Visitor, survey: Survey, session: Session
) -> None:
    fields = filled_in(olu.get(path(survey)).form("/edit/overall")) | TYPED
    fresh = Visitor(app.test_client())
    page = fresh.post(fresh.post(path(survey), fields, 307).location, fields, 401)

    assert "How was it, really?" in fresh.submit(page, CREDENTIALS, "/sign-in", 200).text


def test_form_that_another_site_sends_is_not_kept(app: Flask, olu: Visitor, survey: Survey) -> None:
    stranger = Visitor(app.test_client())
    foreign = {"Sec-Fetch-Site": "cross-site"}
    stranger.post(path(survey), TYPED, 400, headers=foreign)
    page = stranger.post(f"/sign-in/keep?path={path(survey)}", TYPED, headers=foreign)

    assert page.location == "/sign-in"


@pytest.mark.parametrize("where", ["https://elsewhere.example", "//elsewhere.example/", ""])
def test_form_for_another_site_is_not_kept(app: Flask, where: str) -> None:
    assert Visitor(app.test_client()).post(f"/sign-in/keep?path={where}", TYPED).location == "/sign-in"


def test_seal_that_is_not_ours_is_passed_over(olu: Visitor, app: Flask) -> None:
    fresh = Visitor(app.test_client())
    page = fresh.submit(fresh.get("/sign-in"), CREDENTIALS | {"kept": "WyIvIixbXV0.forged"}, "/sign-in")

    assert page.location == "/surveys"


def test_htmx_is_refused_so_that_its_form_comes_as_a_whole_page(olu: Visitor, survey: Survey, session: Session) -> None:
    fields = filled_in(olu.get(path(survey)).form("/edit/overall")) | TYPED
    signed_out(session)

    assert olu.client.post(path(survey), data=fields, headers={"HX-Request": "true"}).status_code == 401
