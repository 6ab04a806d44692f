"""The demonstration's password is printed for everybody, so it opens nothing that others can reach."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from config import Config
from surveyapp.app import create_app
from surveyapp.demo import DEMO_PASSWORD, load_demo
from surveyapp.model.team import DEMO_EMAIL
from surveyapp.web.loopback import is_from_this_machine
from tests.visitor import Visitor

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- what an operator writes to listen everywhere
FIELDS = {"email": DEMO_EMAIL, "password": DEMO_PASSWORD}


@contextmanager
def browser(config: Config, **came: str) -> Iterator[Visitor]:
    """Somebody's browser at a server with these settings, with the demonstration in its database."""
    app = create_app(config, testing=True)
    with Session(app.extensions["engine"]) as session:
        load_demo(session)
        session.commit()
    client = app.test_client()
    client.environ_base |= came
    yield Visitor(client)
    app.extensions["engine"].dispose()


def test_demonstration_signs_in_on_this_machine(config: Config) -> None:
    with browser(config) as visitor:
        visitor.submit(visitor.get("/sign-in"), FIELDS, "/sign-in")


@pytest.mark.parametrize(
    "setting",
    [{"public_url": "https://surveys.example.org"}, {"host": EVERYWHERE}, {"host": "192.168.0.7"}, {"host": "::"}],
)
def test_demonstration_opens_nothing_where_others_can_come(config: Config, setting: dict[str, str]) -> None:
    """CM3: the demonstration is two events, in an empty database behind a loopback address alone."""
    with browser(replace(config, **setting)) as visitor:  # type: ignore[arg-type]  # both are words
        visitor.submit(visitor.get("/sign-in"), FIELDS, "/sign-in", status=422)


@pytest.mark.parametrize(
    "came",
    [{"REMOTE_ADDR": "192.168.0.20"}, {"HTTP_X_FORWARDED_FOR": "192.168.0.20"}, {"HTTP_FORWARDED": "for=192.168.0.20"}],
)
def test_demonstration_opens_nothing_for_whoever_comes_from_elsewhere_all_the_same(
    config: Config, came: dict[str, str]
) -> None:
    with browser(config, **came) as visitor:
        visitor.submit(visitor.get("/sign-in"), FIELDS, "/sign-in", status=422)


@pytest.mark.parametrize(
    ("host", "is_here"),
    [("localhost:8000", True), ("[::1]:8000", True), ("surveys.example.org", False), ("a b", False)],
)
def test_this_machine_is_asked_for_by_a_name_of_its_own(config: Config, host: str, is_here: bool) -> None:
    app = create_app(config, testing=True)

    with app.test_request_context(headers={"Host": host}, environ_base={"REMOTE_ADDR": "::1"}):
        assert is_from_this_machine() is is_here
    app.extensions["engine"].dispose()
