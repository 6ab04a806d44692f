"""Whatever dies on the way, everybody is heard exactly once; and a step needs no network, and nothing jumps."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from bench import mishaps
from bench.first_question import WATCH
from surveyapp.editing.library import ready_surveys
from surveyapp.model.team import Team
from tests.browser.journeys import tap
from tests.factories import card_of, make_survey

pytestmark = pytest.mark.browser
RUNS = 20


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: the phone's side does not depend on the database, and saving is tested on both."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


def test_everybody_is_heard_once_whatever_dies_on_the_way() -> None:
    command = [sys.executable, "-m", "bench.mishaps", str(RUNS), "1", "0.2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)  # noqa: S603 -- its words stand above

    told = [line for line in done.stderr.splitlines() if not line.startswith(("GET ", "POST "))]
    assert done.returncode == 0, f"{done.stdout}\n{told}"
    figures = json.loads(done.stdout)
    assert (figures["lost"], figures["doubled"]) == (0, 0)
    assert figures["rows"] == figures["finished rows"] == RUNS


@pytest.mark.parametrize(("lived", "forgotten"), [(0.5, 0), (2.5, 1)])
def test_words_are_forgotten_only_when_they_stood_long_enough_before_the_browser_died(
    lived: float, forgotten: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it takes to open it again: on a busy machine that is more than two seconds by itself."""
    monkeypatch.setattr(mishaps, "_is_known", lambda *_: False)
    person = mishaps.Person("Lunch", written_at=100.0)
    page = SimpleNamespace(goto=lambda *_, **_options: None, url="")
    phone: Any = SimpleNamespace(page=page, open_again=lambda: True, gone_at=100.0 + lived)
    line: Any = SimpleNamespace(is_cut=False)
    no_server: Any = None
    mishaps._come_back(mishaps.World(no_server, line, phone, "/s/abc", Path()), person)

    assert person.notes["forgotten"] == forgotten


def test_step_is_instant_without_network_and_nothing_jumps(phone: Page, session: Session, team: Team) -> None:
    survey = make_survey(session, team, ready_surveys()["carers_event"])
    phone.add_init_script(WATCH)
    phone.goto(f"/s/{card_of(survey).code}?view=easy", wait_until="networkidle")
    phone.context.set_offline(True)
    tap(phone, "#go")
    for _ in range(5):
        phone.locator(".step.now label").first.click()
        tap(phone, "#next")

    steps = phone.evaluate("window.steps")
    assert len(steps) == 6
    assert sorted(steps)[len(steps) // 2] <= 50
    assert phone.evaluate("window.shift") == 0
