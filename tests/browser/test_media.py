"""An organiser records in the browser itself, adds it to a question and hears it; with axe, on a laptop and a phone."""

import base64
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from surveyapp.model.survey import Survey
from surveyapp.model.team import Team
from tests.browser.conftest import PHONE, MakePage
from tests.browser.test_organisers import LAPTOP, sign_in
from tests.factories import card_of, make_account, make_survey
from tests.gate.engines import axe_faults
from tests.media import samples

pytestmark = pytest.mark.browser

RECORD = """kind => new Promise(done => {
  const sound = new AudioContext(), to = sound.createMediaStreamDestination(), tone = sound.createOscillator()
  tone.connect(to)
  tone.start()
  const tape = new MediaRecorder(to.stream, { mimeType: kind }), parts = []
  tape.ondataavailable = ({ data }) => parts.push(data)
  tape.onstop = async () => done(btoa(String.fromCharCode(...new Uint8Array(await new Blob(parts).arrayBuffer()))))
  tape.start()
  setTimeout(() => tape.stop(), 400)
})"""
PLAY = "() => document.querySelector('audio').play().then(() => document.querySelector('audio').duration > 0)"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """SQLite alone: what is recorded does not depend on the database."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'answers.sqlite3')}"


@pytest.fixture
def survey(session: Session, team: Team) -> Survey:
    """Olu's open survey."""
    make_account(session, team, "olu@example.org")
    return make_survey(session, team)


def assert_nothing_is_wrong(page: Page) -> None:
    """Axe finds nothing, and nothing scrolls sideways, as wide as a laptop and as a phone."""
    for size in (LAPTOP, PHONE):
        page.set_viewport_size(size["viewport"])
        assert axe_faults(page, is_attendees=False) == []
        assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("kind", ["audio/webm;codecs=opus", "audio/mp4;codecs=opus"])
def test_what_a_browser_records_is_kept_and_plays(make_page: MakePage, survey: Survey, kind: str) -> None:
    page = make_page(**LAPTOP)
    sign_in(page)
    recording = base64.b64decode(page.evaluate(RECORD, kind))
    page.goto(f"/surveys/{survey.id}/edit")
    page.get_by_role("link", name="Sound, signing and photos").click()
    page.get_by_role("link", name="How was overall?").click()
    page.locator("#recording").set_input_files({"name": "memo", "mimeType": "text/plain", "buffer": recording})
    page.get_by_role("button", name="Save the recording").click()

    expect(page.get_by_role("status")).to_contain_text("The recordings are saved.")
    assert page.evaluate(PLAY)


def test_pages_have_nothing_wrong_and_people_see_what_was_added(make_page: MakePage, survey: Survey) -> None:
    """K3: an uploaded picture needs a description."""
    page = make_page(**LAPTOP)
    sign_in(page)
    page.goto(f"/surveys/{survey.id}/media")
    assert_nothing_is_wrong(page)
    page.goto(f"/surveys/{survey.id}/media/overall")
    page.locator("#photo").set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": samples.photo_from_a_phone()}
    )
    page.get_by_role("button", name="Save the photo").click()
    expect(page.locator("#problem")).to_be_focused()
    assert_nothing_is_wrong(page)
    page.get_by_label("What can be seen on it").fill("A sunny room")
    page.get_by_role("button", name="Save the photo").click()
    expect(page.get_by_role("img", name="A sunny room")).to_be_visible()
    assert_nothing_is_wrong(page)

    page.goto(f"/surveys/{survey.id}/edit")
    page.get_by_role("button", name="Show the changes to people").click()
    page.goto(f"/s/{card_of(survey).code}/paper")
    expect(page.get_by_role("img", name="A sunny room")).to_be_visible()
