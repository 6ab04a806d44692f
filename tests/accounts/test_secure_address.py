"""Where the printed address is HTTPS, cookies travel by HTTPS alone; by HTTP the sign-in page says what to do."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from config import Config
from surveyapp.app import create_app
from tests.visitor import Visitor

ADDRESS = "https://surveys.example.org/sign-in"
SENTENCE = f"Nobody can sign in at this address, because it is not secure. Sign in here: {ADDRESS}"


@pytest.fixture
def by_http(config: Config) -> Iterator[Visitor]:
    """A browser that came by plain HTTP to a server whose printed address is HTTPS: it keeps the cookie to itself."""
    app = create_app(replace(config, public_url="https://surveys.example.org"), testing=True)
    yield Visitor(app.test_client(use_cookies=False))
    app.extensions["engine"].dispose()


def test_whoever_comes_past_the_proxy_is_led_to_the_printed_address(by_http: Visitor) -> None:
    page = by_http.get("/sign-in")

    assert SENTENCE in page.text
    assert ADDRESS in page.links()


def test_whoever_sends_the_form_without_the_cookie_is_told_why(by_http: Visitor) -> None:
    page = by_http.submit(
        by_http.get("/sign-in"), {"email": "olu@example.org", "password": "x"}, "/sign-in", status=400
    )

    assert SENTENCE in page.text


def test_whoever_came_by_https_or_needs_none_is_told_nothing(by_http: Visitor, olu: Visitor) -> None:
    behind_the_proxy = by_http.get("/sign-in", base_url="https://surveys.example.org")

    assert "not secure" not in behind_the_proxy.text
    assert "not secure" not in olu.get("/sign-in").text
