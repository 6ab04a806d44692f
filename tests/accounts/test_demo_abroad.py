"""The demonstration's password is printed for everybody, so it opens nothing on a public address."""

from flask import Flask
from sqlalchemy.orm import Session

from surveyapp.demo import DEMO_PASSWORD, load_demo
from surveyapp.domain.team import DEMO_EMAIL
from tests.visitor import Visitor


def test_demonstration_signs_in_on_this_machine_only(app: Flask, session: Session) -> None:
    load_demo(session)
    session.commit()
    visitor = Visitor(app.test_client())
    fields = {"email": DEMO_EMAIL, "password": DEMO_PASSWORD}

    app.config["PUBLIC_URL"] = "https://surveys.example.org"
    visitor.submit(visitor.get("/sign-in"), fields, "/sign-in", status=422)
    app.config["PUBLIC_URL"] = "http://127.0.0.1:8000"
    visitor.submit(visitor.get("/sign-in"), fields, "/sign-in")
