"""The headers that keep a page to itself, word for word, on one page of each kind."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from config import Config
from surveyapp.app import create_app
from surveyapp.model.team import Team
from tests.factories import card_of, make_survey
from tests.visitor import Page, Visitor

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ON_EVERY_PAGE = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


def headers_of(page: Page) -> dict[str, str | None]:
    """What a page says of each of the headers."""
    return {name: page.response.headers.get(name) for name in ON_EVERY_PAGE}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/privacy", 200), ("/s/bcdfgh", 404), ("/nowhere", 404), ("/surveys", 303)],
)
def test_a_public_page_keeps_to_itself(ana: Visitor, path: str, status: int) -> None:
    assert headers_of(ana.get(path, status)) == ON_EVERY_PAGE


def test_an_attendees_pages_keep_to_themselves(ana: Visitor, session: Session, team: Team) -> None:
    code = card_of(make_survey(session, team)).code

    page = ana.get(f"/s/{code}")
    refused = ana.post(f"/s/{code}", {"overall": "9"}, 422)
    sent_on = ana.post(f"/s/{code}", {"overall": "5", "finish": "1"}, 303)

    assert [headers_of(one) for one in (page, refused, sent_on)] == [ON_EVERY_PAGE] * 3


def test_an_organisers_pages_keep_to_themselves(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)

    sign_in = olu.get("/sign-in")
    overview = olu.get(f"/surveys/{survey.id}")
    export = olu.get(f"/surveys/{survey.id}/export/responses.csv")

    assert [headers_of(one) for one in (sign_in, overview, export)] == [ON_EVERY_PAGE] * 3


def test_the_preview_alone_may_frame_and_only_our_own(olu: Visitor, session: Session, team: Team) -> None:
    survey = make_survey(session, team)

    page = olu.get(f"/surveys/{survey.id}/preview")

    assert headers_of(page) == {**ON_EVERY_PAGE, "Content-Security-Policy": f"{POLICY}; frame-src 'self'"}


def test_an_organisers_cookie_is_kept_from_scripts_and_other_sites(app: Flask) -> None:
    cookie = app.test_client().get("/sign-in").headers["Set-Cookie"]

    assert cookie.startswith("organiser=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_behind_https_nothing_goes_without_it(config: Config, database_url: str) -> None:
    app = create_app(
        Config(
            database_url=database_url,
            secret_key="k" * 40,
            public_url="https://surveys.example.org",
            instance=config.instance,
        )
    )

    answer = app.test_client().get("/sign-in")

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Secure" in answer.headers["Set-Cookie"].split("; ")
    app.extensions["engine"].dispose()


def test_over_plain_http_nobody_is_told_to_come_by_https(ana: Visitor) -> None:
    assert "Strict-Transport-Security" not in ana.get("/").response.headers


def test_the_server_does_not_say_what_it_is(ana: Visitor) -> None:
    assert not {"Server", "X-Powered-By"} & set(ana.get("/").response.headers.keys())
