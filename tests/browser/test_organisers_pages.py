"""Every page of organisers through the whole gate, found among the app's own addresses, so that none is forgotten."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.demo import load_demo
from surveyapp.editing.library import ready_surveys
from surveyapp.model.codes import new_card_code
from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from surveyapp.model.team_cards import TeamCard
from tests.browser.conftest import MakePage
from tests.browser.test_organisers import sign_in
from tests.factories import make_account, make_entry, make_survey
from tests.gate.engines import axe_faults, gate_faults
from tests.house.project_files import ROOT

pytestmark = pytest.mark.browser

LISTED: dict[str, str] = json.loads((ROOT / "tests/house/routes.json").read_text(encoding="utf-8"))
FILES = re.compile(r"\.(pdf|svg|png|json|xlsx)$|/export/<name>$")
PAPER = re.compile(r"/cards/print")  # its lines are as close as its size asks for
PEOPLES = re.compile(r"/preview/<view>$|<key>/preview$")  # shown in a frame, as people see it
QUERIES = {
    "/surveys": ("?away=1", "?find=nothing"),
    "/surveys/new": ("?choose=1", "?ready=fft_2020", "?again={survey}"),
    "/surveys/<uuid:survey_id>/preview": ("?language=ur",),
    "/surveys/<uuid:survey_id>/cards/print": ("?sheet=a5", "?sheet=tent", "?sheet=stickers", "?sheet=poster"),
    "/surveys/<uuid:survey_id>/edit/<key>": ("?language=ar",),
    "/surveys/<uuid:survey_id>/edit/<key>/condition": ("?after={key}",),
    "/surveys/<uuid:survey_id>/edit/<key>/symbol": ("?search=foo",),
    "/team/cards": ("?change={team_card}",),
}
SCREENS: dict[str, dict[str, Any]] = {
    "a laptop, light": {"viewport": {"width": 1280, "height": 800}, "is_mobile": False, "has_touch": False},
    "a narrow phone, dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
}


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: how a page looks does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """The demonstration's last event, with a poster, a slide and a group, in the hands of Olu's team."""
    events = load_demo(session)
    events.this_time.title = "This time"
    demo = events.last_time
    demo.team_id = events.this_time.team_id = team.id
    demo.add_card("Poster", sheet="poster")
    demo.add_card("Screen", sheet="slide")
    demo.cards[1].group = "Morning"
    session.add(TeamCard(code=new_card_code(), team_id=team.id, label="Table 1", position=1))
    make_account(session, team, "olu@example.org")
    fft = ready_surveys()["fft_2020"]
    make_survey(session, team, fft, title="Next year", state="draft", what_happens_next="")
    make_survey(session, team, title="Last year", state="closed", event_date=None)
    session.add(make_entry(demo, id=demo.id, we_did_easy="We utilise 12,000 plates."))
    session.add(make_entry(demo, number=2, what="cannot", published_on=None, we_did_easy=""))
    session.commit()
    return demo


def pages_of(app: Flask, survey: Survey, team_card: str) -> Iterator[tuple[str, str]]:
    """Each page of organisers as its rule and an address, some of them more than once."""
    key = survey.questionnaire.asking[3].key
    parts = {
        "<uuid:survey_id>": str(survey.id),
        "<uuid:action_id>": str(survey.id),  # of the entry that the survey's fixture made
        "<code>": survey.cards[1].code,
        "<key>": key,
        "<view>": "easy",
    }
    rules = {one.rule for one in app.url_map.iter_rules()}
    for rule in sorted(rule for rule in rules if LISTED.get(f"GET {rule}", "anyone") != "anyone"):
        if FILES.search(rule):
            continue
        address = rule
        for gap, value in parts.items():
            address = address.replace(gap, value)
        assert "<" not in address, f"say in this test what stands for the parts of {rule}"
        yield rule, address
        for query in QUERIES.get(rule, ()):
            earlier = survey.questionnaire.asking[0].key
            yield rule, address + query.format(survey=survey.id, key=earlier, team_card=team_card)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_gate_finds_nothing_on_any_page_of_organisers(
    app: Flask, make_page: MakePage, survey: Survey, session: Session, screen: str
) -> None:
    page = make_page(**SCREENS[screen])
    sign_in(page)
    addresses = list(pages_of(app, survey, session.scalars(select(TeamCard.code)).one()))
    others = {one.title: one.id for one in session.scalars(select(Survey))}
    addresses += [("", f"/surveys/{others[name]}") for name in ("Next year", "Last year", "This time")]
    addresses += [("", f"/surveys/{others['This time']}/{page}") for page in ("results", "comments", "cards", "export")]
    addresses += [("", f"/surveys/{others['Next year']}/edit{place}") for place in ("", "/fft")]
    found = []
    for rule, address in addresses:
        page.goto(address)
        gate = axe_faults if PAPER.search(rule) else gate_faults
        found += [(address, fault) for fault in gate(page, is_attendees=bool(PEOPLES.search(rule)))]
    assert found == [], "\n".join(map(str, found))
    assert len(addresses) > 30
