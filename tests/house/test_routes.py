"""Every address stands in routes.json with who may use it, and each organiser's address keeps to it."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from surveyapp.figures.frozen import freeze
from surveyapp.model.contact import Contact
from surveyapp.model.public_report import PublicReport
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.storage.upload import store_recording
from tests.conftest import signed_in
from tests.factories import EVENT_DAY, card_of, make_account, make_entry, make_survey
from tests.media.samples import wav
from tests.visitor import Page, Visitor, filled_in

LISTED: dict[str, str] = json.loads(Path(__file__).with_name("routes.json").read_text(encoding="utf-8"))
WHO = frozenset({"anyone", "signed_in", "viewer", "analyst", "editor", "owner"})
ORGANISERS = sorted(route for route, who in LISTED.items() if who != "anyone")
OF_A_SURVEY = [route for route in ORGANISERS if "<uuid:survey_id>" in route]
NOT_FOR_VIEWERS = [route for route in ORGANISERS if LISTED[route] in ("analyst", "editor", "owner")]
FOR_EDITORS = [route for route in ORGANISERS if LISTED[route] in ("editor", "owner")]
READ = sorted(route for route in LISTED if route.startswith("GET ") and "<path:filename>" not in route)
TRY = "UPDATE card SET finished_count = finished_count WHERE 1 = 0"  # rolled back: could an answer be stored now?
TRIED = {
    ("GET /health/ready", "sqlite"): ["BEGIN IMMEDIATE", TRY],
    ("GET /health/ready", "postgresql"): [TRY],
}
REDIRECTS = {"GET /S/<code>/", "GET /s/<code>/"}
TAKES_ROWS = {  # who takes rows or contacts, and when, is written down
    "GET /surveys/<uuid:survey_id>/export/<name>",
    "GET /surveys/<uuid:survey_id>/export/contacts.csv",
}
BROWSER = {"Accept": "text/html,*/*"}
WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER")


@pytest.fixture
def survey(app: Flask, session: Session, team: Team) -> Survey:
    """A survey of Olu's team with news and a public report, in an app that keeps one recording."""
    store_recording(app.extensions["media_store"], wav())
    made = make_survey(session, team, contact_purposes="news", contact_fields="email")
    session.add(
        Contact(survey_id=made.id, key=b"k" * 16, purposes="news", name="", email="", telephone="", released=True)
    )
    session.add(make_entry(made, id=made.id))
    made.released_on = EVENT_DAY
    freeze(session.connection(), made, 10, EVENT_DAY)
    session.add(PublicReport(survey_id=made.id, key="overall", published_on=EVENT_DAY))
    session.commit()
    return made


def ask(visitor: Visitor, route: str, survey: Survey, status: int, **options: Any) -> Page:
    """Use an address of `survey`, with a good form token where it posts."""
    method, _, rule = route.partition(" ")
    path = (
        rule.replace("<uuid:survey_id>", str(survey.id))
        .replace("<code>", card_of(survey).code)
        .replace("<name>", "responses.csv")
        .replace("<view>", "easy")
        .replace("<key>", "overall")
        .replace("<kept>", f"{hashlib.sha256(wav()).hexdigest()}.wav")
        .replace("<uuid:token_id>", str(survey.id))
        .replace("<uuid:action_id>", str(survey.id))
        .replace("<comment_id>", "0123456789abcdef")
    )
    assert "<" not in path, f"say in this test what stands for the parts of {rule}"
    if method == "GET":
        return visitor.get(path, status, **options)
    token = filled_in(visitor.get("/sign-in").form("/sign-in"))["csrf_token"]
    return visitor.post(path, {"csrf_token": token}, status, **options)


def test_every_address_is_listed_with_who_may_use_it(app: Flask) -> None:
    served = {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert served == set(LISTED)
    assert set(LISTED.values()) <= WHO


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(
    app: Flask, survey: Survey, subtests: pytest.Subtests
) -> None:
    for route in ORGANISERS:
        with subtests.test(route):
            page = ask(Visitor(app.test_client()), route, survey, 303, headers=BROWSER)

            assert page.location.split("?")[0] == "/sign-in"
            assert survey.title not in page.text


def test_the_owner_of_another_team_finds_nothing(petra: Visitor, survey: Survey, subtests: pytest.Subtests) -> None:
    for route in OF_A_SURVEY:
        with subtests.test(route):
            assert survey.title not in ask(petra, route, survey, 404).text


def test_a_viewer_reads_no_row_and_changes_nothing(
    vic: Visitor, session: Session, survey: Survey, subtests: pytest.Subtests
) -> None:
    before = (survey.version, survey.state)

    for route in NOT_FOR_VIEWERS:
        with subtests.test(route):
            ask(vic, route, survey, 403)

            session.refresh(survey)
            assert (survey.version, survey.state) == before


def test_a_viewer_may_look(vic: Visitor, survey: Survey, subtests: pytest.Subtests) -> None:
    for route in ORGANISERS:
        if route in READ and route not in NOT_FOR_VIEWERS:
            with subtests.test(route):
                ask(vic, route, survey, 200)


@pytest.mark.parametrize(
    "route", [route for route in FOR_EDITORS if LISTED[route] == "editor" and "<comment_id>" not in route]
)
def test_an_editor_is_not_sent_away(app: Flask, session: Session, team: Team, survey: Survey, route: str) -> None:
    make_account(session, team, "eddy@example.org", "editor")
    eddy = signed_in(app, "eddy@example.org")
    method, _, rule = route.partition(" ")
    path = rule.replace("<uuid:survey_id>", str(survey.id)).replace("<key>", "overall")
    path = path.replace("<code>", card_of(survey).code).replace("<uuid:action_id>", str(survey.id))
    token = filled_in(eddy.get("/sign-in").form("/sign-in"))["csrf_token"]

    answer = eddy.client.open(path, method=method, data={"csrf_token": token[0]} if method == "POST" else None)

    assert answer.status_code not in (400, 401, 403, 404, 500)
    assert "/sign-in" not in answer.headers.get("Location", "")


def test_a_form_without_its_token_changes_nothing(
    olu: Visitor, session: Session, survey: Survey, subtests: pytest.Subtests
) -> None:
    before = (survey.version, survey.state)

    for route in ORGANISERS:
        if route.startswith("POST "):
            path = route.removeprefix("POST ").replace("<uuid:survey_id>", str(survey.id))
            with subtests.test(route):
                path = path.replace("<uuid:token_id>", str(survey.id)).replace("<uuid:action_id>", str(survey.id))
                olu.post(path, {}, 400)

                session.refresh(survey)
                assert (survey.version, survey.state) == before


def test_reading_a_page_writes_and_commits_nothing(
    app: Flask, olu: Visitor, survey: Survey, subtests: pytest.Subtests
) -> None:
    written: list[str] = []
    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", lambda *call: written.append(call[2]))
    event.listen(engine, "commit", lambda _connection: written.append("COMMIT"))

    for route in READ:
        with subtests.test(route):
            written.clear()
            ask(olu, route, survey, 308 if route in REDIRECTS else 200)

            seen = [one for one in written if one.upper().startswith((*WRITES, "COMMIT", "BEGIN IMMEDIATE"))]
            if route in TAKES_ROWS:
                seen.remove("COMMIT")
                assert seen.pop().startswith("INSERT INTO audit_entry")
                assert seen in ([], ["BEGIN IMMEDIATE"])
                continue
            assert seen == TRIED.get((route, engine.dialect.name), [])
