"""An organiser signs in and out."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from surveyapp.model.team import SIGNED_IN_FOR, SignIn, Team
from tests.conftest import signed_in
from tests.factories import PASSWORD, make_account
from tests.visitor import Page, Visitor

NOT_RIGHT = "The email address or the password is not right."


@pytest.fixture
def visitor(app: Flask, session: Session, team: Team) -> Visitor:
    """Olu's browser before signing in."""
    make_account(session, team, "olu@example.org")
    return Visitor(app.test_client())


def try_to_sign_in(visitor: Visitor, email: str, password: str, status: int = 422) -> Page:
    return visitor.submit(visitor.get("/sign-in"), {"email": email, "password": password}, "/sign-in", status)


def test_organiser_signs_in(visitor: Visitor) -> None:
    page = try_to_sign_in(visitor, "olu@example.org", PASSWORD, 303)
    assert page.location == "/surveys"
    assert visitor.follow(page).h1 == "Surveys"


def test_organiser_types_the_address_in_capitals_and_with_a_space(visitor: Visitor) -> None:
    try_to_sign_in(visitor, " Olu@Example.org ", PASSWORD, 303)


@pytest.mark.parametrize(
    ("email", "password"), [("olu@example.org", "something else"), ("nobody@example.org", PASSWORD)]
)
def test_wrong_password_and_unknown_account_read_the_same(visitor: Visitor, email: str, password: str) -> None:
    page = try_to_sign_in(visitor, email, password)
    assert NOT_RIGHT in page.text
    assert page.title.startswith("Error: ")
    typed = page.tree.find(".//input[@name='email']")
    assert typed is not None
    assert typed.get("value") == email
    visitor.get("/surveys", 303)


def test_nothing_typed_gets_a_sentence_at_each_field(visitor: Visitor) -> None:
    page = try_to_sign_in(visitor, "", "")
    assert "Type your email address." in page.text
    assert "Type your password." in page.text


def test_password_is_never_sent_back(visitor: Visitor) -> None:
    page = try_to_sign_in(visitor, "olu@example.org", "a wrong password")
    assert "a wrong password" not in page.response.get_data(as_text=True)


def test_signing_in_leads_back_to_the_page_that_was_wanted(visitor: Visitor) -> None:
    wanted = visitor.get("/surveys/new?ready=quick_card", 303)
    page = visitor.submit(visitor.follow(wanted), {"email": "olu@example.org", "password": PASSWORD}, "/sign-in")
    assert page.location == "/surveys/new?ready=quick_card"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(visitor: Visitor, elsewhere: str) -> None:
    page = visitor.get("/sign-in", query_string={"next": elsewhere})
    assert visitor.submit(page, {"email": "olu@example.org", "password": PASSWORD}, "/sign-in").location == "/surveys"


def test_form_without_its_token_is_refused(visitor: Visitor) -> None:
    visitor.post("/sign-in", {"email": "olu@example.org", "password": PASSWORD}, 400)


def test_only_a_hash_of_the_token_is_stored(app: Flask, visitor: Visitor, session: Session) -> None:
    try_to_sign_in(visitor, "olu@example.org", PASSWORD, 303)
    with visitor.client.session_transaction() as kept:
        token = kept["sign_in"]
    assert session.scalars(select(SignIn.token_hash)).one() == SignIn.hash_of(token)


def test_each_sign_in_gets_a_new_token(visitor: Visitor) -> None:
    tokens = set()
    for _ in range(2):
        try_to_sign_in(visitor, "olu@example.org", PASSWORD, 303)
        with visitor.client.session_transaction() as kept:
            tokens.add(kept["sign_in"])
    assert len(tokens) == 2


def test_cookie_is_out_of_reach_of_script_and_of_other_sites(visitor: Visitor) -> None:
    cookie = try_to_sign_in(visitor, "olu@example.org", PASSWORD, 303).response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_signing_out_ends_it_on_the_server_too(app: Flask, olu: Visitor, session: Session) -> None:
    stolen = olu.client.get_cookie("organiser")
    assert stolen is not None
    page = olu.submit(olu.get("/surveys"), {}, "/sign-out")
    assert "You are signed out." in olu.follow(page).text
    assert session.scalar(select(func.count()).select_from(SignIn)) == 0
    thief = Visitor(app.test_client())
    thief.client.set_cookie("organiser", stolen.value)
    thief.get("/surveys", 303)


def test_sign_in_ends_after_twelve_hours(olu: Visitor, session: Session) -> None:
    expires_at = session.scalars(select(SignIn.expires_at)).one()
    assert timedelta(0) < expires_at - datetime.now(UTC) <= SIGNED_IN_FOR
    session.execute(update(SignIn).values(expires_at=datetime.now(UTC)))
    session.commit()
    olu.get("/surveys", 303)


def test_expired_sign_ins_go_when_somebody_signs_in(app: Flask, olu: Visitor, session: Session) -> None:
    session.execute(update(SignIn).values(expires_at=datetime.now(UTC) - timedelta(days=1)))
    session.commit()
    signed_in(app, "olu@example.org")
    assert session.scalar(select(func.count()).select_from(SignIn)) == 1


def test_cookie_that_was_made_up_signs_nobody_in(app: Flask, visitor: Visitor) -> None:
    with visitor.client.session_transaction() as kept:
        kept["sign_in"] = "a token that nobody was given"
    visitor.get("/surveys", 303)
